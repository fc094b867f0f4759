import { z } from "zod";
import { FILTER_FIELDS } from "@/lib/metrics/core/question";
import { COMPARISONS } from "@/lib/metrics/core/range";
import type { DashboardName, ViewState } from "./core/view-state";
import { parseRange, parseViewState, usualState } from "./core/view-state";

const MOST_VALUES = 50;

const ids = z
  .string()
  .max(2_000)
  .refine(
    (text) => {
      const values = text.split(",");
      const known = z.union([z.uuid(), z.literal("none")]);
      return values.length <= MOST_VALUES && values.every((one) => known.safeParse(one).success);
    },
    { error: `must be at most ${MOST_VALUES} ids, or "none", with commas between` },
  )
  .optional();

const fields = Object.fromEntries(FILTER_FIELDS.map((field) => [field, ids])) as Record<
  (typeof FILTER_FIELDS)[number],
  typeof ids
>;

/**
 * The question a dashboard is asked through its interface: the page's own address, but said wrongly it is refused, where
 * the page shows something.
 */
export const dashboardQuestion = (dashboard: DashboardName) =>
  z
    .strictObject({
      range: z
        .string()
        .refine((text) => parseRange(text) !== undefined, {
          error: "must be a known range, or two days as 2026-11-01..2026-11-20",
        })
        .optional(),
      compare: z.enum(COMPARISONS).optional(),
      ...fields,
    })
    .transform((said): ViewState => {
      const told = Object.entries(said).filter(
        (one): one is [string, string] => one[1] !== undefined,
      );
      return parseViewState(new URLSearchParams(told), usualState(dashboard));
    });
