import { v7 as newId } from "uuid";
import type { MeetingId, ResourceId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Attendee, Meeting, MeetingRoom } from "./meeting";
import type { LocalMoment, Occurrence, PlannedSeries, RecurrenceRule } from "./recurrence";
import { formatRule } from "./rrule";
import type { DateChoice } from "./series-input";

/** A series as it is kept: what repeats, and what everybody's calendars call it. */
export type Series = {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly rule: RecurrenceRule;
  readonly zone: TimeZone;
  readonly startsLocal: LocalMoment;
  readonly durationMinutes: number;
  /** Original starts that were left out from the beginning; cancelled ones are meetings still. */
  readonly excluded: readonly Instant[];
  readonly uid: string;
  readonly sequence: number;
  readonly continuesId: string | null;
  readonly version: number;
};

/** A new series; its UID is for life. */
export function newSeries(
  { rule, startsLocal }: Pick<PlannedSeries, "rule" | "startsLocal">,
  about: {
    readonly workspaceId: WorkspaceId;
    readonly zone: TimeZone;
    readonly durationMinutes: number;
    readonly excluded: readonly Instant[];
    readonly uidHost: string;
    readonly continuesId?: string;
  },
): Series {
  const { uidHost, continuesId = null, ...rest } = about;
  const id = newId();
  return {
    ...rest,
    id,
    rule,
    startsLocal,
    uid: `${id}@${uidHost}`,
    sequence: 0,
    continuesId,
    version: 1,
  };
}

/** `YYYY-MM-DDTHH:MM`, as a clock there shows it. */
export const localText = ({ date, minute }: LocalMoment): string => {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};

/** The series' own part of each of its meetings. */
export const placeInSeries = (
  series: Series,
  recurrenceStart: number,
  detached: boolean,
): NonNullable<Meeting["series"]> => ({
  id: series.id,
  rule: formatRule(series.rule, series.zone),
  zone: series.zone,
  startsLocal: localText(series.startsLocal),
  uid: series.uid,
  sequence: series.sequence,
  recurrenceStart,
  detached,
});

const freshPeople = (attendees: readonly Attendee[]): Attendee[] =>
  attendees.map((attendee) => ({ ...attendee, id: newId() }));

/** What was chosen for one date. */
export type Chosen = {
  readonly choice: DateChoice | undefined;
  readonly roomsOf: (roomIds: readonly string[]) => {
    readonly rooms: readonly MeetingRoom[];
  } & Partial<Pick<Meeting, "placeKind" | "placeLabel" | "placeDetail">>;
};

/** One date of a series as a meeting of its own: like the model, at its time, or as was chosen for it. */
export function occurrenceOf(
  model: Meeting,
  series: Series,
  { start }: Pick<Occurrence, "start">,
  { choice, roomsOf }: Chosen,
): Meeting {
  const id = newId() as MeetingId;
  const begins = choice?.do === "move" ? choice.start : start;
  return {
    ...model,
    id,
    uid: `${id}@${series.uid.slice(series.uid.indexOf("@") + 1)}`,
    start: begins,
    end: instantOf(begins + series.durationMinutes * MINUTE_MS),
    attendees: freshPeople(model.attendees),
    ...(choice?.do === "rooms" ? roomsOf(choice.roomIds) : {}),
    series: placeInSeries(series, start, choice !== undefined),
  };
}

/** The choices by the date they are for; of two for one date, the later. */
export const choicesByDate = (choices: readonly DateChoice[]): ReadonlyMap<Instant, DateChoice> =>
  new Map(choices.map((choice) => [choice.at, choice]));

type TakenSpan = {
  readonly key: string;
  readonly resourceId: string;
  readonly from: number;
  readonly to: number;
};

/** Those of these spans, by key, that begin while another of the same resource still lasts. */
export function clashAmong(spans: readonly TakenSpan[]): ReadonlySet<string> {
  const clashing = new Set<string>();
  const lastOf = new Map<string, number>();
  for (const { key, resourceId, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = lastOf.get(resourceId);
    if (last !== undefined && from < last) clashing.add(key);
    lastOf.set(resourceId, Math.max(last ?? to, to));
  }
  return clashing;
}

type Seated = Pick<Meeting, "id" | "start" | "end" | "bufferBeforeMinutes" | "bufferAfterMinutes">;

/**
 * A seat of a virtual room for each of these meetings, the same one for as many as possible, because dates of one
 * account share one meeting at the provider. Meetings for which every seat is held are left out of the answer.
 */
export function seatsFor(
  meetings: readonly Seated[],
  pool: readonly ResourceId[],
  held: readonly { readonly resourceId: ResourceId; readonly from: number; readonly to: number }[],
): ReadonlyMap<string, ResourceId> {
  const isFree = (seat: ResourceId, meeting: Seated): boolean => {
    const from = meeting.start - meeting.bufferBeforeMinutes * MINUTE_MS;
    const to = meeting.end + meeting.bufferAfterMinutes * MINUTE_MS;
    return !held.some((one) => one.resourceId === seat && one.from < to && from < one.to);
  };
  const free = new Map(
    pool.map((seat) => [
      seat,
      new Set(meetings.filter((one) => isFree(seat, one)).map(({ id }) => id)),
    ]),
  );
  const best = pool.toSorted((a, b) => (free.get(b)?.size ?? 0) - (free.get(a)?.size ?? 0));
  return new Map(
    meetings.flatMap(({ id }) => {
      const seat = best.find((one) => free.get(one)?.has(id));
      return seat === undefined ? [] : [[id, seat] as const];
    }),
  );
}
