import { z } from "zod";
import { EXTENSION_MINUTES, WALK_IN_MINUTES } from "./core/board";
import { readCode } from "./core/pairing-code";

/** What a tablet at a door asks for. */
export const doorRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("take"), minutes: z.literal(WALK_IN_MINUTES) }),
  z.strictObject({ do: z.literal("check-in"), meetingId: z.uuid() }),
  z.strictObject({ do: z.literal("end"), meetingId: z.uuid() }),
  z.strictObject({
    do: z.literal("extend"),
    meetingId: z.uuid(),
    minutes: z.literal(EXTENSION_MINUTES),
  }),
]);

export type DoorRequest = z.output<typeof doorRequest>;

/** A code as somebody reads it off a tablet, with or without its hyphen. */
export const pairingForm = z.strictObject({
  roomId: z.uuid(),
  code: z.string().transform((typed, context) => {
    const code = readCode(typed);
    if (code !== undefined) return code;
    context.addIssue({ code: "custom", message: "Type the eight signs the tablet shows." });
    return z.NEVER;
  }),
  name: z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= 80, "Use 80 characters or fewer.")
    .transform((text) => text || null),
});

export const displayRemoval = z.strictObject({ roomId: z.uuid(), id: z.uuid() });

export const roomAnswerForm = z.strictObject({
  meetingId: z.uuid(),
  roomId: z.uuid(),
  answer: z.enum(["yes", "no"]),
  reason: z
    .string()
    .optional()
    .transform((text = "") => text.normalize("NFC").trim())
    .refine((text) => text.length <= 500, "Keep the reason under 500 characters.")
    .refine(
      (text) => !/[\p{Cc}--[\n\r\t]]/v.test(text),
      "The reason holds characters that cannot be sent.",
    ),
});

export const checkInForm = z.strictObject({ meetingId: z.uuid(), roomId: z.uuid() });
