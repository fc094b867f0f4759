import type { Board, DoorState, Stay } from "@/lib/occupancy/core/board";
import { doorState, mayExtend, nextStay, walkInChoices } from "@/lib/occupancy/core/board";
import { formatTime, formatWeekday } from "@/lib/time/format";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { t } from "./rooms-text";

export type DoorTone = "free" | "soon" | "used" | "held" | "shut";

/** What can be tapped: each is one request of the tablet. */
export type DoorAct =
  | { readonly do: "take"; readonly minutes: number }
  | { readonly do: "check-in"; readonly meetingId: string }
  | { readonly do: "end"; readonly meetingId: string }
  | { readonly do: "extend"; readonly meetingId: string; readonly minutes: 15 };

export type DoorButton = { readonly act: DoorAct; readonly label: string; readonly aria?: string };

/** One door in words: what is big, what is below it, and what can be tapped. */
export type DoorWords = {
  readonly kind: DoorState["kind"];
  readonly tone: DoorTone;
  readonly clock: string;
  readonly big: string;
  readonly who: string;
  readonly foot: string;
  readonly buttons: readonly DoorButton[];
};

const TONES: Readonly<Record<DoorState["kind"], DoorTone>> = {
  free: "free",
  soon: "soon",
  "check-in": "soon",
  "in-use": "used",
  awaiting: "held",
  preparing: "held",
  closed: "shut",
  "out-of-service": "shut",
};

type Clock = { readonly time: (at: number) => string; readonly day: (at: number) => string };

/** A door reads as its own house does: its zone, in English, on a clock of 24 hours. */
function clockOf({ room }: Board, now: number): Clock {
  const reader = { zone: room.zone, locale: "en-GB", hourCycle: 24 } as const;
  const dateOf = (at: number) => calendarDateAt(room.zone, instantOf(at));
  return {
    time: (at) => formatTime(instantOf(at), reader),
    day: (at) => (dateOf(at) === dateOf(now) ? "" : formatWeekday(instantOf(at), reader, "short")),
  };
}

const meetingWords = ({ subject, host }: Stay): string =>
  subject === null ? t("door.private") : t("door.meeting", { subject, host: host ?? "" });

const faceWords = ({ room }: Board): string =>
  [
    t("door.seats", { count: room.capacity }),
    ...room.equipment.map((one) => one.toLowerCase()),
  ].join(", ");

function bigWords(state: DoorState, now: number, { time, day }: Clock): string {
  switch (state.kind) {
    case "free":
      return state.until === null
        ? t("door.free")
        : t("door.freeUntil", { time: time(state.until) });
    case "soon":
      return t("door.soon", { minutes: Math.ceil((state.stay.start - now) / MINUTE_MS) });
    case "check-in":
      return t("door.begun", { time: time(state.stay.start) });
    case "in-use":
      return t("door.inUse", { time: time(state.stay.end) });
    case "awaiting":
      return t("door.awaiting");
    case "preparing":
      return t("door.preparing");
    case "closed":
      return state.opens === null
        ? t("door.closed")
        : t("door.opens", { day: day(state.opens), time: time(state.opens) }).replace("  ", " ");
    case "out-of-service":
      return t("door.outOfService");
  }
}

function whoWords(board: Board, state: DoorState, { time, day }: Clock): string {
  switch (state.kind) {
    case "soon":
    case "check-in":
    case "in-use":
    case "awaiting":
      return meetingWords(state.stay);
    case "preparing":
      return t("door.preparingUntil", { time: time(state.until) });
    case "out-of-service": {
      const back =
        state.until === null
          ? ""
          : t("door.back", { day: day(state.until), time: time(state.until) }).replace("  ", " ");
      return [state.note, back].filter(Boolean).join(", ");
    }
    default:
      return faceWords(board);
  }
}

function footWords(board: Board, state: DoorState, now: number, { time, day }: Clock): string {
  if (state.kind === "check-in" || state.kind === "soon" || state.kind === "in-use") {
    const { checkedInAt, releasedAt } = state.stay;
    if (checkedInAt !== null) return t("door.checkedInAt", { time: time(checkedInAt) });
    if (releasedAt !== null) return t("door.releasedAt", { time: time(releasedAt) });
  }
  if (state.kind === "awaiting") return t("door.awaitingUntil", { time: time(state.stay.end) });
  const next = nextStay(board, now);
  if (next === undefined || day(next.start) !== "") return t("door.nothingNext");
  return t("door.next", { time: time(next.start), subject: next.subject ?? t("door.private") });
}

function buttonsFor(board: Board, state: DoorState, now: number): readonly DoorButton[] {
  if (state.kind === "free") {
    return walkInChoices(board, now).map((minutes) => ({
      act: { do: "take", minutes },
      label: t("door.take", { minutes }),
      aria: t("door.takeLabel", { minutes }),
    }));
  }
  if (!("stay" in state) || state.stay.through !== null) return [];
  const { meetingId, checkedInAt, releasedAt } = state.stay;
  const waits = releasedAt !== null && checkedInAt === null;
  if ((state.kind === "soon" || state.kind === "check-in") && waits) {
    return [{ act: { do: "check-in", meetingId }, label: t("door.checkIn") }];
  }
  if (state.kind !== "in-use") return [];
  return [
    { act: { do: "end", meetingId }, label: t("door.end") },
    ...(mayExtend(board, now)
      ? [{ act: { do: "extend", meetingId, minutes: 15 } as const, label: t("door.extend") }]
      : []),
  ];
}

/** Everything a door says at a moment. */
export function doorWords(board: Board, now: number): DoorWords {
  const state = doorState(board, now);
  const clock = clockOf(board, now);
  return {
    kind: state.kind,
    tone: TONES[state.kind],
    clock: clock.time(now),
    big: bigWords(state, now, clock),
    who: whoWords(board, state, clock),
    foot: footWords(board, state, now, clock),
    buttons: buttonsFor(board, state, now),
  };
}
