import type { Member } from "@/lib/access/actor";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { MeetingParts } from "../core/assemble";
import { placeOf, roomsOf } from "../core/assemble";
import type { Meeting } from "../core/meeting";
import type { Occurrence } from "../core/recurrence";
import { occurrencesOf } from "../core/recurrence";
import type { Series } from "../core/series";
import { choicesByDate, occurrenceOf, placeInSeries } from "../core/series";
import { changesFor, isMovedAway } from "../core/series-changes";
import type { DateChoice, RepeatInput } from "../core/series-input";
import type { Repeating } from "../core/series-plan";
import { matchDates } from "../core/series-plan";
import type { MeetingChanges } from "../schema";
import type { ChangedDate } from "../writes/series";
import { changedMeeting } from "./edit-meeting";

/** What somebody asks of several dates of a series. */
export type SeriesEdit = {
  readonly actor: Member;
  /** The date that was edited; the others follow it. */
  readonly meeting: Meeting;
  readonly scope: "following" | "all";
  readonly input: MeetingChanges;
  /** Another way to repeat, from there on. */
  readonly repeat?: RepeatInput | undefined;
  readonly choices?: readonly DateChoice[] | undefined;
  /** Dates that differ lose what they have of their own. */
  readonly overwrite?: boolean | undefined;
};

export type SeriesScene = {
  readonly series: Series;
  /** Every date of it, cancelled ones included. */
  readonly dates: readonly Meeting[];
  readonly now: Instant;
  readonly uidHost: string;
};

/** What a planned change is decided by. */
export type Turn = {
  readonly scene: SeriesScene;
  readonly asked: SeriesEdit;
  readonly parts: MeetingParts;
  readonly targets: readonly Meeting[];
  readonly model: Meeting;
};

export const originalStart = ({ series, start }: Meeting): number =>
  series?.recurrenceStart ?? start;

/** One date as it is to be: changed like the series, but for what it has otherwise on purpose. */
export function dateAfter(
  { asked, parts, model, scene }: Turn,
  date: Meeting,
  {
    series,
    start,
    choice,
  }: {
    readonly series: Series;
    readonly start: Instant;
    readonly choice?: DateChoice | undefined;
  },
): Meeting {
  const { actor, input, overwrite = false } = asked;
  const reaches = overwrite ? { ...input } : changesFor(date, model, input);
  const { start: _start, end: _end, ...changes } = reaches;
  const changed = changedMeeting({ actor, meeting: date, input: changes }, parts);
  const own = date.series?.detached === true && !overwrite;
  const staysAway = own && isMovedAway(date, scene.series.durationMinutes);
  const begins = choice?.do === "move" ? choice.start : start;
  const rooms =
    choice?.do === "rooms"
      ? roomsOf(choice.roomIds, parts, actor, {
          workspaceId: date.workspaceId,
          before: date.rooms,
        })
      : undefined;
  return {
    ...changed,
    start: staysAway && choice?.do !== "move" ? date.start : begins,
    end:
      staysAway && choice?.do !== "move"
        ? date.end
        : instantOf(begins + series.durationMinutes * MINUTE_MS),
    ...(rooms === undefined ? {} : { rooms, ...placeOf(rooms, changed.virtualRoom, null) }),
    // A new UID begins to count anew.
    sequence: series.id === scene.series.id ? date.sequence : 0,
    series: placeInSeries(series, start, choice !== undefined || own),
  };
}

export const withdrawn = (date: Meeting, now: Instant): Meeting => ({
  ...date,
  state: "cancelled",
  cancelledBy: "user",
  cancelledAt: now,
  cancelReason: null,
  sequence: date.sequence + 1,
});

export type SortedDates = {
  readonly changed: ChangedDate[];
  readonly silent: ChangedDate[];
  readonly added: Meeting[];
  readonly excluded: Instant[];
};

/** A date nobody had before: like the model, or as was chosen for it. */
function freshDate(
  turn: Turn,
  next: Series,
  start: Instant,
  choice: DateChoice | undefined,
): Meeting {
  const { scene, asked, model, parts } = turn;
  const like = dateAfter(turn, model, { series: next, start });
  const roomIds = (ids: readonly string[]) => {
    const rooms = roomsOf(ids, parts, asked.actor, { workspaceId: next.workspaceId });
    return { rooms, ...placeOf(rooms, like.virtualRoom, null) };
  };
  return occurrenceOf(
    { ...like, version: 1, createdAt: scene.now, online: null, joinUrl: null, claims: [] },
    next,
    { start },
    { choice, roomsOf: roomIds },
  );
}

/** A date that was there before, at its new place in the series; nobody's, when it is over or cancelled. */
function keptDate(
  turn: Turn,
  next: Series,
  row: Meeting,
  { start, choice }: { readonly start: Instant; readonly choice: DateChoice | undefined },
): { readonly list: "changed" | "silent"; readonly date: ChangedDate } {
  if (!turn.targets.includes(row)) {
    const series = placeInSeries(next, start, row.series?.detached ?? false);
    return { list: "silent", date: { before: row, after: { ...row, series } } };
  }
  const after = dateAfter(turn, row, { series: next, start, choice });
  const left = choice?.do === "skip";
  return {
    list: "changed",
    date: { before: row, after: left ? withdrawn(after, turn.scene.now) : after },
  };
}

/** Every new date from its predecessor, from the model where it has none, or left out; and those that end. */
export function sortDates(
  turn: Turn,
  next: Series,
  {
    occurrences,
    rest,
  }: {
    readonly occurrences: readonly Occurrence[];
    readonly rest: Repeating & { readonly excluded: readonly Instant[] };
  },
): SortedDates {
  const { scene, asked, targets } = turn;
  const old = occurrencesOf(rest.rule, rest.startsLocal, rest.zone);
  const predecessors = matchDates(old, occurrences, asked.repeat === undefined);
  const rows = new Map(scene.dates.map((date) => [originalStart(date), date]));
  const choices = choicesByDate(asked.choices ?? []);
  const sorted: SortedDates = { changed: [], silent: [], added: [], excluded: [] };
  const seen = new Set<string>();
  for (const { start } of occurrences) {
    const before = predecessors.get(start) ?? Number.NaN;
    const row = rows.get(before);
    const choice = choices.get(start);
    if (row !== undefined) {
      seen.add(row.id);
      const { list, date } = keptDate(turn, next, row, { start, choice });
      sorted[list].push(date);
    } else if (choice?.do === "skip" || rest.excluded.some((one) => one === before))
      sorted.excluded.push(start);
    else sorted.added.push(freshDate(turn, next, start, choice));
  }
  for (const row of targets)
    if (!seen.has(row.id)) sorted.changed.push({ before: row, after: withdrawn(row, scene.now) });
  return sorted;
}
