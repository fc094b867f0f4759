import { z } from "zod";

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
