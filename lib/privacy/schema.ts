import { z } from "zod";

const address = z
  .string()
  .trim()
  .toLowerCase()
  .min(3, "Write the guest's e-mail address.")
  .max(254, "Use 254 characters or fewer.")
  .regex(/^[^\s<>]+@[^\s<>@]+$/, "Write one e-mail address.");

/** Whose details are asked for. In a body, never in an address: those are kept in logs and histories. */
export const guestQuestion = z.strictObject({ email: address });

export const guestExportQuestion = z.strictObject({
  email: address,
  format: z.enum(["json", "html"]).default("json"),
});

/** On what ground details are erased: a choice, so that the log, which keeps it for ever, holds nobody's words. */
export const ERASURE_GROUNDS = ["guest-asked", "on-their-behalf", "no-longer-needed"] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

export const erasureForm = z.strictObject({
  email: address,
  ground: z.enum(ERASURE_GROUNDS, "Choose why."),
  /** Ticked: what is still to come is cancelled first. */
  cancel: z
    .literal("on")
    .optional()
    .transform((ticked) => ticked === "on"),
});
