import type { RoomFace } from "@/lib/rooms/core/room";
import { MINUTE_MS } from "@/lib/time/instant";

/** A meeting in a room. Times in epoch ms; `from` and `to` include set-up and clean-up, `start` and `end` do not. */
export type Stay = {
  readonly meetingId: string;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** Null where the reader may not know it. */
  readonly subject: string | null;
  readonly host: string | null;
  /** The reader holds it, made it or takes part. */
  readonly mine: boolean;
  /** asked: the room's keeper has not answered. requested: its host has not. Both are held meanwhile. */
  readonly state: "settled" | "asked" | "requested";
  readonly checkedInAt: number | null;
  /** When it is given up without a check-in; null where none is wanted. */
  readonly releasedAt: number | null;
  /** The room that was chosen, when it is a part of this one or the other way round. */
  readonly through: string | null;
};

export type Span = { readonly from: number; readonly to: number };

/** A room as its door shows it: what is known at `at`, good until `until`. Epoch ms. */
export type Board = {
  readonly room: RoomFace & {
    readonly checkIn: boolean;
    readonly setupMinutes: number;
    readonly cleanupMinutes: number;
    /** Whoever stands before it may take it: no approval, no groups. */
    readonly walkIn: boolean;
  };
  readonly active: boolean;
  readonly at: number;
  readonly until: number;
  /** Ascending and disjoint, cut at `until`. */
  readonly open: readonly Span[];
  readonly closures: readonly (Span & { readonly note: string | null })[];
  readonly stays: readonly Stay[];
};

export type DoorState =
  | { readonly kind: "out-of-service"; readonly until: number | null; readonly note: string | null }
  | { readonly kind: "in-use"; readonly stay: Stay }
  /** It has begun and nobody checked in. */
  | { readonly kind: "check-in"; readonly stay: Stay; readonly releasedAt: number }
  /** Somebody wants it now, and nobody has said yes. */
  | { readonly kind: "awaiting"; readonly stay: Stay }
  /** Set-up before a meeting, or clean-up after one. */
  | { readonly kind: "preparing"; readonly until: number }
  | { readonly kind: "closed"; readonly opens: number | null }
  /** Free, and the next meeting is about to begin. */
  | { readonly kind: "soon"; readonly stay: Stay }
  | { readonly kind: "free"; readonly until: number | null };

/** A meeting this close is what the door speaks of, and can be checked in to. */
export const SOON_MINUTES = 10;

const SOON_MS = SOON_MINUTES * MINUTE_MS;

const holds = ({ from, to }: Span, now: number): boolean => from <= now && now < to;

/** Stays that count at this moment: one that nobody checked in to in time does not, whether or not it was freed yet. */
const standing = ({ stays }: Board, now: number): readonly Stay[] =>
  stays.filter(
    ({ checkedInAt, releasedAt }) =>
      releasedAt === null || checkedInAt !== null || now < releasedAt,
  );

/** Every moment at which something about this room changes by itself, in no order. */
const boundaries = ({ stays, open, closures, until }: Board): readonly number[] => [
  ...stays.flatMap(({ from, start, end, to, releasedAt }) => [
    from,
    start - SOON_MS,
    start,
    end,
    to,
    ...(releasedAt === null ? [] : [releasedAt]),
  ]),
  ...open.flatMap(({ from, to }) => [from, to]),
  ...closures.flatMap(({ from, to }) => [from, to]),
  until,
];

/** The first moment after `now` at which the door may show something else, epoch ms. */
export const changesAt = (board: Board, now: number): number =>
  boundaries(board)
    .filter((moment) => moment > now)
    .reduce((first, moment) => Math.min(first, moment), Number.POSITIVE_INFINITY);

const firstOf = (moments: readonly number[]): number => Math.min(...moments);

/** From when on somebody else has it, or it is out of service; Infinity when nothing is known to. */
const takenFrom = (board: Board, now: number): number =>
  firstOf(
    [
      ...standing(board, now).map(({ from }) => from),
      ...board.closures.map(({ from }) => from),
    ].filter((from) => from > now),
  );

const closesAt = (board: Board, now: number): number =>
  board.open.find((span) => holds(span, now))?.to ?? now;

/** How long a room that is free now stays so; null when nothing is known to end it. */
function freeUntil(board: Board, now: number): number | null {
  const end = Math.min(takenFrom(board, now), closesAt(board, now));
  return end < board.until ? end : null;
}

const inUse = (stay: Stay): DoorState => {
  if (stay.state !== "settled") return { kind: "awaiting", stay };
  return stay.releasedAt === null || stay.checkedInAt !== null
    ? { kind: "in-use", stay }
    : { kind: "check-in", stay, releasedAt: stay.releasedAt };
};

/** What a door says at a moment: always exactly one thing. */
export function doorState(board: Board, now: number): DoorState {
  if (!board.active) return { kind: "out-of-service", until: null, note: null };
  const broken = board.closures.find((closure) => holds(closure, now));
  if (broken !== undefined) {
    return { kind: "out-of-service", until: broken.to, note: broken.note };
  }
  const stays = standing(board, now);
  const current = stays.find(({ start, end }) => start <= now && now < end);
  if (current !== undefined) return inUse(current);
  const next = stays
    .filter(({ start }) => start > now)
    .reduce<Stay | undefined>((a, b) => (a === undefined || b.start < a.start ? b : a), undefined);
  const soon = next !== undefined && next.state === "settled" && next.start - now <= SOON_MS;
  if (soon) return { kind: "soon", stay: next };
  const around = stays.find((stay) => holds(stay, now));
  if (around !== undefined) {
    return { kind: "preparing", until: now < around.start ? around.start : around.to };
  }
  if (!board.open.some((span) => holds(span, now))) {
    const opens = board.open.find(({ from }) => from > now)?.from;
    return { kind: "closed", opens: opens ?? null };
  }
  return { kind: "free", until: freeUntil(board, now) };
}

/** The meeting after what the door speaks of. */
export function nextStay(board: Board, now: number): Stay | undefined {
  const state = doorState(board, now);
  const shown = "stay" in state ? state.stay.meetingId : undefined;
  return standing(board, now)
    .filter(({ start, meetingId }) => start > now && meetingId !== shown)
    .toSorted((a, b) => a.start - b.start)[0];
}

/** Lengths one may take a room for at its door, minutes. */
export const WALK_IN_MINUTES = [15, 30, 60] as const;

/** Those of the lengths that fit before what comes next, clean-up included; none when the room is not free. */
export function walkInChoices(board: Board, now: number): readonly number[] {
  if (!board.room.walkIn || doorState(board, now).kind !== "free") return [];
  const taken = takenFrom(board, now);
  const closes = closesAt(board, now);
  return WALK_IN_MINUTES.filter((minutes) => {
    const over = now + minutes * MINUTE_MS;
    // It is cleaned up before the next meeting, and may be after closing time.
    return over <= closes && over + board.room.cleanupMinutes * MINUTE_MS <= taken;
  });
}

/** By how much a meeting is made longer at the door, minutes. */
export const EXTENSION_MINUTES = 15;

/** Whether the meeting that is going on may have a quarter of an hour more. */
export function mayExtend(board: Board, now: number): boolean {
  const state = doorState(board, now);
  if (state.kind !== "in-use") return false;
  const { stay } = state;
  const to = stay.to + EXTENSION_MINUTES * MINUTE_MS;
  return (
    !board.stays.some((other) => other !== stay && other.from < to && other.to > stay.to) &&
    !board.closures.some(({ from }) => from >= now && from < to)
  );
}
