import { z } from "zod";

/** The prefix of the events of mails that come from sales. */
export const CRM_MAIL = "crm";

/** Notices that also come by mail, by the names people switch them off under. */
export const DEAL_NOTICE_MAILS = [
  "crm/assigned",
  "crm/activity-due",
  "crm/answer-overdue",
] as const;

export type DealNoticeMail = (typeof DEAL_NOTICE_MAILS)[number];

/** A letter somebody wrote to a contact from a deal. */
export const DEAL_LETTER = "crm/letter";

/** What a notice's mail says, in words already; `reader` is who may have switched it off. */
export const dealNoticeFacts = z.strictObject({
  occurredAt: z.string(),
  workspaceName: z.string(),
  reader: z.strictObject({ userId: z.uuid() }),
  subject: z.string(),
  words: z.array(z.string()),
  action: z.string(),
  /** Below the address of the house. */
  path: z.string(),
});

export type DealNoticeFacts = z.infer<typeof dealNoticeFacts>;

export const dealLetterFacts = z.strictObject({
  occurredAt: z.string(),
  workspaceName: z.string(),
  leadId: z.uuid(),
  subject: z.string(),
  body: z.string(),
  seller: z.strictObject({ name: z.string(), email: z.string() }),
});

export type DealLetterFacts = z.infer<typeof dealLetterFacts>;

/** A typed letter as paragraphs of lines: empty lines part paragraphs. */
export const paragraphsOf = (body: string): readonly (readonly string[])[] =>
  body
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split("\n").map((line) => line.trimEnd()))
    .filter((lines) => lines.some((line) => line !== ""));
