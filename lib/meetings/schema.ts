import { z } from "zod";
import { parseInstant } from "@/lib/time/instant";

const reason = z
  .string()
  .transform((text) => text.normalize("NFC").trim())
  .refine((text) => text.length <= 500, "Keep the reason under 500 characters.")
  .refine(
    (text) => !/[\p{Cc}--[\n\r\t]]/v.test(text),
    "The reason holds characters that cannot be sent.",
  );

const version = z.coerce.number().int().min(1).optional();

export const confirmInput = z.object({ meetingId: z.uuid(), version });

export const declineInput = z.object({
  meetingId: z.uuid(),
  version,
  reason: reason.refine((text) => text !== "", "Say why: the guest reads it."),
});

export const cancelMeetingInput = z.object({
  meetingId: z.uuid(),
  version,
  reason: reason.refine((text) => text !== "", "Say why: everybody invited reads it."),
});

export const resendInput = z.object({ meetingId: z.uuid(), mailId: z.uuid() });

export const completeTaskInput = z.object({ id: z.uuid() });

/** "2026-12-01T09:00:00.000Z/<id>": the last meeting of the call before. */
const handOverCursor = z
  .string()
  .max(80)
  .transform((text, context) => {
    const [iso = "", id = ""] = text.split("/");
    const start = parseInstant(iso);
    if (start !== undefined && z.uuid().safeParse(id).success) return { start, id };
    context.addIssue({ code: "custom", message: "is not where a call stopped" });
    return z.NEVER;
  });

export const handOverInput = z.strictObject({
  from: z.uuid(),
  to: z.uuid(),
  after: handOverCursor.optional(),
});
