import { z } from "zod";
import { toIso } from "@/lib/time/instant";
import { changedMeeting, newMeeting } from "../schema";
import type { Meeting } from "./meeting";
import { rowOf } from "./row";
import { formatRule } from "./rrule";
import type { Series } from "./series";
import type { SeriesRefused } from "./series-answer";
import { repeatInput, seriesChangeInput } from "./series-input";
import { conflictOnWire, meetingOnWire, refusedOnWire, versionOnly, withReason } from "./wire";

/** Which dates of a series a change is meant for. */
const scope = z.enum(["this", "following", "all"]).default("this");

/** A meeting as machines make one, or a series of them: then the meeting is its first date. */
export const newMeetingOrSeries = newMeeting.safeExtend({ recurrence: repeatInput.optional() });

/**
 * As machines change a meeting, or the dates of its series from it on, or all that are to come: then also how they
 * repeat, and what is done about single dates.
 */
export const changedMeetingOrSeries = changedMeeting.safeExtend({
  scope,
  recurrence: repeatInput.optional(),
  choices: seriesChangeInput.shape.choices,
  /** Dates that differ on purpose lose what they have of their own. */
  overwrite: seriesChangeInput.shape.overwrite,
});

export const cancelledDates = withReason.extend({ scope });

/** Drafts of a series are confirmed together. */
export const confirmedDates = versionOnly.extend({
  scope: z.enum(["this", "all"]).default("this"),
});

/** What is said of a scope beyond the meeting itself, where the meeting is no date of a series. */
export const NO_SERIES = {
  code: "invalid",
  message: "Not valid: scope.",
  fields: { scope: "This meeting does not repeat." },
};

/** What is said where something about other dates comes with a change of one. */
export const ONE_DATE = {
  code: "invalid",
  message: "Not valid: scope.",
  fields: { scope: "recurrence, choices and overwrite are for following dates, or all." },
};

/** Why a series was refused, with each date that something stands in the way of. `at` is its original start. */
export const seriesRefusedOnWire = (refused: SeriesRefused) => ({
  ...refusedOnWire(refused),
  ...(refused.dates.length === 0
    ? {}
    : {
        dates: refused.dates.map(({ at, start, end, conflicts }) => ({
          at: toIso(at),
          start: toIso(start),
          end: toIso(end),
          conflicts: conflicts.map(conflictOnWire),
        })),
      }),
});

/** A series with those of its dates the caller may read. */
export const seriesOnWire = (
  { id, rule, zone, durationMinutes, excluded, continuesId }: Series,
  dates: readonly Meeting[],
) => ({
  id,
  rule: formatRule(rule, zone),
  zone,
  durationMinutes,
  excluded: excluded.map(toIso),
  continues: continuesId,
  dates: dates.map((date) => ({ ...meetingOnWire(rowOf(date)), version: date.version })),
});
