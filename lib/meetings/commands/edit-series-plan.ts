import { instantOf } from "@/lib/time/instant";
import type { MeetingParts } from "../core/assemble";
import { differencesOf } from "../core/differences";
import type { Meeting } from "../core/meeting";
import type { Occurrence, PlannedSeries } from "../core/recurrence";
import { momentOfWall, planRule } from "../core/recurrence";
import type { Series } from "../core/series";
import { newSeries } from "../core/series";
import { RULE_PROBLEMS } from "../core/series-answer";
import { modelOf } from "../core/series-changes";
import { nextSequence } from "../core/series-facts";
import { minutesOf, wallOf } from "../core/series-input";
import type { Repeating } from "../core/series-plan";
import { cutBefore, movedAlong, occurrenceAt } from "../core/series-plan";
import type { ChangedDate } from "../writes/series";
import { takesAnew } from "./edit-meeting";
import type { SeriesEdit, SeriesScene, Turn } from "./edit-series-dates";
import { dateAfter, originalStart, sortDates } from "./edit-series-dates";
import type { SeriesChange } from "./series-change";

const isOpen = ({ state }: Meeting): boolean => state === "draft" || state === "confirmed";

/** The dates a change is meant for: never those that are over. */
export function targetsOf(
  { dates, now }: Pick<SeriesScene, "dates" | "now">,
  meeting: Meeting,
  scope: SeriesEdit["scope"],
): readonly Meeting[] {
  const from = scope === "following" ? originalStart(meeting) : Number.NEGATIVE_INFINITY;
  return dates.filter((date) => isOpen(date) && date.end > now && originalStart(date) >= from);
}

const isMoved = ({ meeting, input }: SeriesEdit): boolean =>
  (input.start !== undefined && input.start !== meeting.start) ||
  (input.end !== undefined && input.end !== meeting.end);

function durationAfter({ meeting, input }: SeriesEdit, series: Series): number {
  if (input.start === undefined && input.end === undefined) return series.durationMinutes;
  const wanted = minutesOf({ start: input.start ?? meeting.start, end: input.end ?? meeting.end });
  return isMoved({ meeting, input } as SeriesEdit) ? wanted : series.durationMinutes;
}

/** How it repeats from the first of the dates on. */
function repeatingAfter({ meeting, input, repeat, scope }: SeriesEdit, rest: Repeating): Repeating {
  const moved =
    input.start === undefined || input.start === meeting.start
      ? rest
      : movedAlong(rest, instantOf(meeting.start), input.start);
  if (repeat === undefined) return moved;
  const begins =
    scope === "following" && input.start !== undefined
      ? input.start
      : momentOfWall(moved.startsLocal, moved.zone);
  return { rule: repeat.rule, zone: repeat.zone, startsLocal: wallOf(begins, repeat.zone) };
}

/** Whether the claims of any date may differ from before. */
export const takesOther = (changed: readonly ChangedDate[]): boolean =>
  changed.some(
    ({ before, after }) =>
      before.state !== after.state || takesAnew(before, after, differencesOf(before, after)),
  );

/** The same dates with other details. */
function planDetails(turn: Turn): SeriesChange {
  const { scene, targets } = turn;
  const { series } = scene;
  const after = { ...series, sequence: nextSequence(series, scene.dates) };
  const changed = targets.map((date) => ({
    before: date,
    after: dateAfter(turn, date, { series: after, start: instantOf(originalStart(date)) }),
  }));
  // Details move nothing: each date keeps the time it has.
  const still = changed.map(({ before, after: next }) => ({
    before,
    after: { ...next, start: before.start, end: before.end },
  }));
  return {
    before: series,
    after,
    continued: null,
    changed: still,
    silent: [],
    added: [],
    takes: takesOther(still),
  };
}

/** Another rule or time, or a series that goes its own way from here on. */
function planAnew(turn: Turn, pivot: Occurrence, cuts: boolean): SeriesChange | string {
  const { scene, asked } = turn;
  const { series } = scene;
  const { ended, rest } = cutBefore(series, pivot);
  const durationMinutes = durationAfter(asked, series);
  const repeating = repeatingAfter(asked, rest);
  const planned: PlannedSeries | keyof typeof RULE_PROBLEMS = planRule(
    repeating.rule,
    repeating.startsLocal,
    { zone: repeating.zone, takenMinutes: durationMinutes },
  );
  if (typeof planned === "string") return RULE_PROBLEMS[planned];
  const about = { ...planned, zone: repeating.zone, durationMinutes };
  const sequence = nextSequence(series, scene.dates);
  const next: Series = cuts
    ? newSeries(planned, {
        workspaceId: series.workspaceId,
        zone: repeating.zone,
        durationMinutes,
        excluded: [],
        uidHost: scene.uidHost,
        continuesId: series.id,
      })
    : {
        ...series,
        rule: about.rule,
        startsLocal: about.startsLocal,
        zone: about.zone,
        durationMinutes,
        sequence,
      };
  const { excluded, ...sorted } = sortDates(turn, next, { occurrences: planned.occurrences, rest });
  const whole = { ...next, excluded };
  return {
    before: series,
    after: cuts ? { ...ended, sequence } : whole,
    continued: cuts ? whole : null,
    ...sorted,
    takes: sorted.added.length > 0 || takesOther(sorted.changed),
  };
}

/** What a change of a series comes to; a sentence when its rule cannot be held. */
export function planEdit(
  scene: SeriesScene,
  asked: SeriesEdit,
  parts: MeetingParts,
): SeriesChange | string {
  const targets = targetsOf(scene, asked.meeting, asked.scope);
  const model = modelOf(targets);
  const first = targets[0];
  if (model === undefined || first === undefined) return "These dates are over.";
  const turn = { scene, asked, parts, targets, model };
  const pivot = occurrenceAt(scene.series, originalStart(first));
  const anew = asked.repeat !== undefined || isMoved(asked);
  const stays = scene.dates.some(
    (date) => date.state !== "cancelled" && originalStart(date) < originalStart(first),
  );
  if (pivot === undefined) return "These dates are no longer part of their series.";
  if (!anew && !(asked.scope === "following" && stays)) return planDetails(turn);
  return planAnew(turn, pivot, stays);
}
