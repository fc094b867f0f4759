import type { Actor } from "@/lib/access/actor";
import type { Db, Transaction } from "@/lib/db/client";
import type { MeetingId } from "@/lib/ids";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { Conflict } from "../core/conflict";
import { isHard } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { claimSpans } from "../core/meeting";
import { clashAmong, seatsFor } from "../core/series";
import type { DateClash } from "../core/series-answer";
import { listConflicts } from "../reads/conflicts";
import { listHeldSeats } from "../reads/series";
import { conflictReaderOf, wantedOf } from "./free-times";

/** As many events as one statement checks. */
const AT_ONCE = 100;

/** Dates stand in each other's way under their host's name. */
function ownClash(meeting: Meeting): Conflict[] {
  const [span] = claimSpans(meeting);
  if (span === undefined) return [];
  return [
    {
      kind: "person",
      name: meeting.hostName,
      resourceId: span.resourceId,
      required: true,
      from: span.during.from,
      to: span.during.to,
      why: "meeting",
      subject: meeting.subject,
      meetingId: null,
    },
  ];
}

/**
 * What stands in the way of each of these dates, a hundred a statement: others' meetings and busy times, and the dates
 * of the series among themselves. `except`: meetings that give their time up in the same change, themselves included.
 */
export async function listClashes(
  db: Db,
  actor: Actor,
  meetings: readonly Meeting[],
  except: readonly MeetingId[] = [],
): Promise<readonly DateClash[]> {
  const [first] = meetings;
  if (first === undefined) return [];
  const reader = conflictReaderOf(actor, first.workspaceId);
  const wanted = meetings.map((meeting) => ({ ...wantedOf(meeting), except: [] }));
  const found = new Map<string, readonly Conflict[]>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = await listConflicts(db, reader, wanted.slice(from, from + AT_ONCE), except);
    for (const [key, conflicts] of some) found.set(key, conflicts);
  }
  const own = clashAmong(
    wanted.flatMap(({ key, spans }) => spans.filter(isHard).map((span) => ({ key, ...span }))),
  );
  return meetings.flatMap((meeting) => {
    const conflicts = [
      ...(found.get(meeting.id) ?? []),
      ...(own.has(meeting.id) ? ownClash(meeting) : []),
    ];
    if (conflicts.length === 0) return [];
    return [
      {
        at: instantOf(meeting.series?.recurrenceStart ?? meeting.start),
        start: instantOf(meeting.start),
        end: instantOf(meeting.end),
        conflicts,
      },
    ];
  });
}

export const isBlockedDate = ({ conflicts }: DateClash): boolean => conflicts.some(isHard);

/** Carries the dates that clash out of a transaction, which its throw rolls back. */
export class DatesClash extends Error {
  readonly dates: readonly DateClash[];
  constructor(dates: readonly DateClash[]) {
    super("dates clash");
    this.dates = dates;
  }
}

/**
 * The same dates, each with the seat of its virtual room it will hold. Call it under the lock. Throws DatesClash when
 * one finds all seats held.
 */
async function withSeats(
  tx: Transaction,
  meetings: readonly Meeting[],
  except: readonly MeetingId[],
): Promise<readonly Meeting[]> {
  const pool = [...new Set(meetings.flatMap(({ virtualRoom }) => virtualRoom?.pool ?? []))];
  const [first] = meetings;
  if (first === undefined || pool.length === 0)
    return meetings.map((meeting) => ({ ...meeting, seatResourceId: null }));
  const held = await listHeldSeats(tx, first.workspaceId, {
    seats: pool,
    from: instantOf(Math.min(...meetings.map(({ start }) => start)) - DAY_MS),
    to: instantOf(Math.max(...meetings.map(({ end }) => end)) + DAY_MS),
    except,
  });
  const needing = meetings.filter(({ virtualRoom }) => (virtualRoom?.pool.length ?? 0) > 0);
  const seats = new Map(
    [...Map.groupBy(needing, ({ virtualRoom }) => virtualRoom?.id ?? "")].flatMap(([, some]) => [
      ...seatsFor(some, some[0]?.virtualRoom?.pool ?? [], held),
    ]),
  );
  const without = needing.filter(({ id }) => !seats.has(id));
  if (without.length > 0)
    throw new DatesClash(
      without.map((meeting) => ({
        at: instantOf(meeting.series?.recurrenceStart ?? meeting.start),
        start: instantOf(meeting.start),
        end: instantOf(meeting.end),
        conflicts: [],
      })),
    );
  return meetings.map((meeting) => ({ ...meeting, seatResourceId: seats.get(meeting.id) ?? null }));
}

/**
 * Settles, under the lock, that each of these dates can be held, and with which seat. Throws DatesClash with every date
 * that cannot.
 */
export async function settleDates(
  tx: Transaction,
  actor: Actor,
  meetings: readonly Meeting[],
  except: readonly MeetingId[] = [],
): Promise<readonly Meeting[]> {
  const blocked = (await listClashes(tx, actor, meetings, except)).filter(isBlockedDate);
  if (blocked.length > 0) throw new DatesClash(blocked);
  return withSeats(tx, meetings, except);
}

/** Everything these dates may take, before and after, in the order in which all writers lock. */
export const resourcesOf = (meetings: readonly Meeting[]): string[] =>
  [
    ...new Set(
      meetings.flatMap((meeting) => [
        ...claimSpans(meeting).map(({ resourceId }) => resourceId),
        ...(meeting.virtualRoom?.pool ?? []),
      ]),
    ),
  ].sort();
