import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";

export const listTabs = ["upcoming", "waiting", "past", "cancelled", "all"] as const;
export type ListTab = (typeof listTabs)[number];

/** What became of meetings; `taken` is every one that took its time, `booked` whatever guests booked. */
export const listOutcomes = ["cancelled", "no-show", "taken", "booked"] as const;
export type ListOutcome = (typeof listOutcomes)[number];

/** What a list of meetings is asked for; it lives in the page's address. */
export const listQuestion = z.object({
  tab: z.enum(listTabs).catch("upcoming"),
  /** Part of a subject, a guest's name or address. */
  q: z.string().trim().max(100).catch(""),
  from: calendarDateOnWire.optional().catch(undefined),
  to: calendarDateOnWire.optional().catch(undefined),
  /** Meetings booked through this link. */
  link: z.uuid().optional().catch(undefined),
  /** Days on which they were booked, both included, in the workspace's zone. */
  bookedFrom: calendarDateOnWire.optional().catch(undefined),
  bookedTo: calendarDateOnWire.optional().catch(undefined),
  /** What became of them. */
  outcome: z.enum(listOutcomes).optional().catch(undefined),
  /** Whose days `from` and `to` are; the reader's own when absent. */
  days: z.literal("workspace").optional().catch(undefined),
  /** Where the page before ended. */
  cursor: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
    .optional()
    .catch(undefined),
});

export type ListQuestion = z.output<typeof listQuestion>;
