import { z } from "zod";
import { FILTER_FIELDS } from "@/lib/metrics/core/question";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { RISKS } from "./risk";

const line = (most: number, missing: string) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text !== "", missing)
    .refine((text) => text.length <= most, `Use ${most} characters or fewer.`)
    .refine((text) => /^[^\p{Cc}]*$/u.test(text), "Contains a character that cannot be written.");

const uuid = z.uuid().toLowerCase();
const values = z.array(z.union([uuid, z.literal("none")])).max(50);

/** Which deals the dashboard was showing: its own filter. */
const filter = z.strictObject(
  Object.fromEntries(FILTER_FIELDS.map((field) => [field, values])) as Record<
    (typeof FILTER_FIELDS)[number],
    typeof values
  >,
);

/** The largest deal of a risk is to be followed up. The deal that was on the screen is named, so that no other is meant. */
export const riskTaskInput = z.strictObject({ risk: z.enum(RISKS), leadId: uuid, filter });

/** The task is taken back: it and its version as they were answered. */
export const riskTaskUndo = z.strictObject({ id: uuid, version: z.int().min(1) });

/** A risk rests until a day of the workspace, and why; or is woken. */
export const snoozeInput = z.strictObject({
  risk: z.enum(RISKS),
  until: z
    .string()
    .transform((text) => parseCalendarDate(text))
    .refine((day) => day !== undefined, "Choose a day."),
  reason: line(300, "Say why it may rest."),
});
export const wakeInput = z.strictObject({ id: uuid });

const whole = (from: number, to: number, words: string) =>
  z.int(words).min(from, words).max(to, words).nullable();
/** Whole minor units, exact as a number. */
const minor = z.int("Write an amount above zero.").min(1, "Write an amount above zero.");

/** Everything that is said of all teams (`teamId` null) or of one; null and an absent currency are "as the next one says". */
export const thresholdsInput = z
  .strictObject({
    teamId: uuid.nullable(),
    /** 0: nothing was said so far. */
    version: z.int().min(0),
    overdueDays: whole(0, 365, "Write 0 to 365 days."),
    quietDays: whole(1, 365, "Write 1 to 365 days."),
    slips: whole(1, 50, "Write 1 to 50 times."),
    coveragePercent: whole(50, 2_000, "Write 0.5 to 20 times."),
    concentrationPercent: whole(1, 100, "Write 1 to 100 percent."),
    mediumFromMinor: minor.nullable(),
    largeFromMinor: minor.nullable(),
    highValues: z
      .array(
        z.strictObject({
          currency: z.string().regex(/^[A-Z]{3}$/, "Choose a currency."),
          fromMinor: minor,
        }),
      )
      .max(20)
      .refine(
        (all) => new Set(all.map(({ currency }) => currency)).size === all.length,
        "Each currency stands once.",
      ),
  })
  .refine(
    ({ mediumFromMinor: medium, largeFromMinor: large }) =>
      (medium === null) === (large === null) && (medium === null || medium < (large ?? 0)),
    { path: ["largeFromMinor"], message: "Large begins above medium; say both, or neither." },
  )
  .refine(({ teamId, mediumFromMinor }) => teamId === null || mediumFromMinor === null, {
    path: ["mediumFromMinor"],
    message: "Sizes are said of all teams.",
  });
export type ThresholdsInput = z.output<typeof thresholdsInput>;

export type RiskRefusal =
  | "changed-meanwhile"
  | "no-such-team"
  | "not-here"
  | "past-day"
  | "too-far"
  | "already-rests"
  | "not-at-risk"
  | "cannot-see";

/** What the actions of risks answer. */
export type RiskAnswer =
  | { readonly status: "done"; readonly id: string; readonly version: number }
  | {
      readonly status: "task";
      readonly id: string;
      readonly version: number;
      /** Whose it is, and the day it is due. */
      readonly owner: string;
      readonly due: string;
    }
  | {
      readonly status: "invalid";
      readonly fields: Readonly<Record<string, string>>;
      readonly message: string;
    }
  | { readonly status: "refused"; readonly message: string };
