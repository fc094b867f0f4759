import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import { isTaken } from "./busy";
import { checkInstant, checkQuery } from "./check-query";
import { earliestStart, horizonEnd } from "./horizon";
import { openUntil } from "./hours";
import type { Team } from "./offer";
import { assembleTeams, firstStart, isLimited, measure, offer } from "./offer";
import type * as question from "./query";
import { fittingRooms } from "./rooms";

// The names the outside knows. The parts of this module share them through query.ts, so that they need not import
// the whole.
export type SlotQuery = question.SlotQuery;
export type Slot = question.Slot;
export type HostAvailability = question.HostAvailability;
export type ResourceAvailability = question.ResourceAvailability;
export type Horizon = question.Horizon;
export type Limit = question.Limit;
export type DateOverride = question.DateOverride;
export type DayRange = question.DayRange;
export type WeeklyRange = question.WeeklyRange;
export type ZoneStay = question.ZoneStay;

const MAX_WINDOW_MS = 3_660 * DAY_MS;

/** Why a start is not on offer, in the order in which it is asked. */
export type SlotRefusal = "too-soon" | "too-far" | "closed" | "busy" | "limit-reached";

/**
 * What exactly stood in the way. `off-grid`: within hours, but not a start of the grid; `no-room`: somebody is free
 * and no room is; `no-host`: nobody to ask.
 */
export type SlotRefusalDetail = "hours" | "off-grid" | "host" | "no-host" | "no-room";

export type SlotAnswer =
  | { readonly ok: true; readonly slot: Slot }
  | { readonly ok: false; readonly reason: SlotRefusal; readonly detail?: SlotRefusalDetail };

/**
 * Every start on offer in `window`, ascending. Same answer for any server TZ.
 *
 * Wall times become instants on the clock face of each host's zone: a start inside a gap is left out, an ambiguous one
 * is offered twice; durations are elapsed time. The grid of a day is anchored where its opening range starts (plus
 * `offsetMinutes`) and is kept after busy time. A meeting may run past the window, and from one opening range into
 * the next where they touch. Throws RangeError naming the field that makes no sense.
 */
export function availableSlots(query: SlotQuery): readonly Slot[] {
  checkQuery(query);
  const from = Math.max(query.window.from, earliestStart(query));
  if (query.window.to <= from) return [];
  const to = Math.min(query.window.to, horizonEnd(query));
  // Whoever passes a stranger's dates on is told here, instead of keeping the server busy for minutes.
  if (to - from > MAX_WINDOW_MS)
    throw new RangeError("window: longer than ten years after notice and horizon");
  return offer(query, from, to);
}

/**
 * Is this start still on offer, and if not, why? The query's window plays no part:
 * `explainSlot(q, s).ok` exactly if `s` is among the `availableSlots` of a window that contains it.
 *
 * With several one-of hosts the reason is that of whoever came closest: a limit before busy before closed.
 */
export function explainSlot(query: SlotQuery, start: Instant): SlotAnswer {
  checkQuery(query);
  checkInstant("start", start);
  if (start < earliestStart(query)) return { ok: false, reason: "too-soon" };
  if (start >= horizonEnd(query)) return { ok: false, reason: "too-far" };
  const [slot] = offer(query, start, start + 1);
  if (slot) return { ok: true, slot };
  return { ok: false, ...whyNot(query, start) };
}

type Verdict = { readonly reason: SlotRefusal; readonly detail?: SlotRefusalDetail };

const CLOSENESS: readonly SlotRefusal[] = ["closed", "busy", "limit-reached"];

function whyNot(query: SlotQuery, start: number): Verdict {
  let closest: Verdict = { reason: "closed", detail: "no-host" };
  for (const team of assembleTeams(query, start, start + 1)) {
    const verdict = whyNotTeam(query, team, start);
    if (!verdict)
      return fittingRooms(query).length > 0
        ? { reason: "busy", detail: "no-room" }
        : { reason: "closed", detail: "no-room" };
    if (isCloser(verdict, closest)) closest = verdict;
  }
  return closest;
}

function isCloser(a: Verdict, b: Verdict): boolean {
  const distance = CLOSENESS.indexOf(a.reason) - CLOSENESS.indexOf(b.reason);
  return distance > 0 || (distance === 0 && (b.detail === "no-host" || a.detail === "off-grid"));
}

/** Undefined: the team itself can, so the rooms must be in the way. */
function whyNotTeam(query: SlotQuery, team: Team, start: number): Verdict | undefined {
  const { durationMs, stepMs, beforeMs, afterMs } = measure(query);
  const until = openUntil(team.pieces);
  const index = team.pieces.findIndex((piece) => piece.from <= start && start < piece.to);
  const piece = team.pieces[index];
  if (!piece || start + durationMs > (until[index] ?? 0))
    return { reason: "closed", detail: "hours" };
  if (isTaken(team.taken, start - beforeMs, start + durationMs + afterMs))
    return { reason: "busy", detail: "host" };
  if (firstStart(piece, stepMs, start) !== start) return { reason: "closed", detail: "off-grid" };
  if (isLimited(team, start)) return { reason: "limit-reached", detail: "host" };
  return undefined;
}
