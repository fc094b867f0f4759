import { z } from "zod";

/** The prefix of the events of report mails. */
export const REPORT_MAIL = "report";

/** What one weekly mail says, as it was counted. */
export const reportFacts = z.strictObject({
  occurredAt: z.string(),
  workspaceName: z.string(),
  locale: z.string(),
  from: z.string(),
  to: z.string(),
  meetings: z.int(),
  lines: z.array(z.strictObject({ name: z.string(), value: z.string(), before: z.string() })),
});

export type ReportFacts = z.infer<typeof reportFacts>;
