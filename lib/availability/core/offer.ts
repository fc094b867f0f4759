import type { HostId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Taken } from "./busy";
import { mergeTaken, uniteTaken } from "./busy";
import type { Piece } from "./hours";
import { intersectPieces, openPieces, openUntil } from "./hours";
import { limitGate } from "./limits";
import type { HostAvailability, Slot, SlotQuery } from "./query";
import { fittingRooms, roomFinder } from "./rooms";

/** The query's durations in milliseconds, defaults filled in. */
export type Measures = {
  readonly durationMs: number;
  readonly stepMs: number;
  readonly offsetMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
};

/** The people of one possible meeting: all fixed hosts and, where there are any, one of the one-of hosts. */
export type Team = {
  readonly hostIds: readonly HostId[];
  readonly pieces: readonly Piece[];
  readonly taken: Taken;
  readonly gates: readonly ((start: number) => boolean)[];
};

const inMs = (minutes: number): number => Math.round(minutes * MINUTE_MS);

export const measure = (query: SlotQuery): Measures => ({
  durationMs: inMs(query.durationMinutes),
  stepMs: inMs(query.intervalMinutes ?? Math.max(1, query.durationMinutes)),
  offsetMs: inMs(query.offsetMinutes ?? 0),
  beforeMs: inMs(query.bufferBeforeMinutes ?? 0),
  afterMs: inMs(query.bufferAfterMinutes ?? 0),
});

type Member = Omit<Team, "hostIds"> & { readonly id: HostId };

/** Everything known about the teams for starts in [from, to). */
export function assembleTeams(query: SlotQuery, from: number, to: number): readonly Team[] {
  const { durationMs, offsetMs, beforeMs, afterMs } = measure(query);
  const limits = query.limits ?? [];
  const prepare = (host: HostAvailability): Member => {
    const gate = limitGate(host, limits, durationMs);
    return {
      id: host.id,
      pieces: openPieces(host, from, to + durationMs, offsetMs),
      taken: mergeTaken(host.busy, from - beforeMs, to + durationMs + afterMs),
      gates: gate ? [gate] : [],
    };
  };
  const fixed = query.hosts.filter((host) => host.role === "fixed").map(prepare);
  const oneOf = query.hosts.filter((host) => host.role === "one-of").map(prepare);
  if (oneOf.length === 0) return fixed.length === 0 ? [] : [gather(fixed)];
  return oneOf.map((host) => gather([...fixed, host]));
}

function gather(members: readonly Member[]): Team {
  return {
    hostIds: members.map((member) => member.id),
    pieces: members.map((member) => member.pieces).reduce(intersectPieces),
    taken: uniteTaken(members.map((member) => member.taken)),
    gates: members.flatMap((member) => member.gates),
  };
}

/** The starts in [from, to) that suit everybody in the team, ascending. One pass over hours and busy time. */
function startsOf(team: Team, measures: Measures, from: number, to: number): readonly number[] {
  const { durationMs, stepMs, beforeMs, afterMs } = measures;
  const until = openUntil(team.pieces);
  const nextBlock = blockWalker(team.taken);
  const starts: number[] = [];
  for (const [index, piece] of team.pieces.entries()) {
    const end = Math.min(piece.to, to, (until[index] ?? 0) - durationMs + 1);
    let start = firstStart(piece, stepMs, from);
    while (start < end) {
      const clearFrom = nextBlock(start - beforeMs, start + durationMs + afterMs);
      // Nothing can start before a block is over.
      if (clearFrom !== undefined)
        start += Math.ceil((clearFrom + beforeMs - start) / stepMs) * stepMs;
      else {
        if (!isLimited(team, start)) starts.push(start);
        start += stepMs;
      }
    }
  }
  return starts;
}

export const isLimited = (team: Team, start: number): boolean =>
  team.gates.some((isReached) => isReached(start));

/**
 * For ascending spans: the end of the block that meets [from, to), or undefined where it is free. The end lies after
 * `from`, so that whoever waits for it moves on.
 */
function blockWalker(taken: Taken): (from: number, to: number) => number | undefined {
  let next = 0;
  return (from, to) => {
    while ((taken.to[next] ?? Number.POSITIVE_INFINITY) <= from) next++;
    const blockFrom = taken.from[next];
    return blockFrom !== undefined && blockFrom < to ? taken.to[next] : undefined;
  };
}

/** The first start of a piece's grid that is neither before the piece nor before `from`. */
export function firstStart(piece: Piece, stepMs: number, from: number): number {
  const earliest = Math.max(piece.from, from);
  return piece.anchor + Math.max(0, Math.ceil((earliest - piece.anchor) / stepMs)) * stepMs;
}

/** Which hosts take part if these teams can meet: fixed first, nobody twice, in the order given. */
function namesOf(teams: readonly Team[], able: readonly number[]): readonly HostId[] {
  const ids: HostId[] = [];
  for (const index of able)
    for (const id of teams[index]?.hostIds ?? []) if (!ids.includes(id)) ids.push(id);
  return ids;
}

/** Walks all teams' starts at once and calls back for each moment at which somebody can. */
function unite(
  teams: readonly Team[],
  starts: readonly (readonly number[])[],
  emit: (start: number, hostIds: readonly HostId[]) => void,
): void {
  const heads = starts.map(() => 0);
  const headOf = (team: number) => starts[team]?.[heads[team] ?? 0] ?? Number.POSITIVE_INFINITY;
  // The same few line-ups repeat all day; their lists are shared.
  const lineUps = new Map<string, readonly HostId[]>();
  const lineUp = (able: readonly number[]): readonly HostId[] => {
    const key = able.join();
    const known = lineUps.get(key) ?? namesOf(teams, able);
    lineUps.set(key, known);
    return known;
  };
  for (;;) {
    let start = Number.POSITIVE_INFINITY;
    for (let team = 0; team < starts.length; team++) start = Math.min(start, headOf(team));
    if (start === Number.POSITIVE_INFINITY) return;
    const able: number[] = [];
    for (let team = 0; team < starts.length; team++) {
      if (headOf(team) !== start) continue;
      able.push(team);
      heads[team] = (heads[team] ?? 0) + 1;
    }
    emit(start, lineUp(able));
  }
}

/**
 * Every slot that starts in [from, to), ascending: hours, busy time, limits, line-up and rooms. Notice and horizon
 * are the caller's, who narrows the window by them.
 */
export function offer(query: SlotQuery, from: number, to: number): readonly Slot[] {
  if (to <= from) return [];
  const measures = measure(query);
  const { durationMs, beforeMs, afterMs } = measures;
  const teams = assembleTeams(query, from, to);
  const findRooms =
    query.rooms && roomFinder(fittingRooms(query), from - beforeMs, to + durationMs + afterMs);
  const slots: Slot[] = [];
  const starts = teams.map((team) => startsOf(team, measures, from, to));
  unite(teams, starts, (start, hostIds) => {
    const end = start + durationMs;
    const slot = { start: start as Instant, end: end as Instant, hostIds };
    if (!findRooms) {
      slots.push(slot);
      return;
    }
    const roomIds = findRooms({ start, end, from: start - beforeMs, to: end + afterMs });
    if (roomIds.length > 0) slots.push({ ...slot, roomIds });
  });
  return slots;
}
