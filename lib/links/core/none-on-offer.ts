import type { SlotRefusal } from "@/lib/availability/core/slots";
import { availableSlots, explainSlot } from "@/lib/availability/core/slots";
import type { LinkClosed } from "@/lib/booking/core/booking-page";
import { atAnyPlace } from "@/lib/booking/core/place-choice";
import type { LinkSnapshot } from "@/lib/booking/core/snapshot";
import { pageWindow, slotQueryOf, whyClosed } from "@/lib/booking/core/snapshot";
import type { Instant } from "@/lib/time/instant";

/** Why a link offers no time at all. */
export type NoneReason =
  | LinkClosed
  /** Nobody who could be met: a fixed host is disabled, or all of the others are. */
  | "no-host"
  /** The hosts' hours leave no stretch as long as the meeting; of several fixed hosts, no common one. */
  | "no-hours"
  /** What stands in the way of most of the starts within the hosts' hours. */
  | Exclude<SlotRefusal, "closed">;

const MOST_ASKED = 200;

/**
 * Why nothing is on offer, asked of every start that the hosts' hours alone would allow. Call it for a link that
 * offers nothing; the answer is the reason that refuses most of them.
 */
export function whyNone(stored: LinkSnapshot, now: Instant): NoneReason {
  const closed = whyClosed(stored, now);
  if (closed !== undefined) return closed;
  const link = atAnyPlace(stored);
  const query = slotQueryOf(link, now, pageWindow(now));
  if (query.hosts.length === 0) return "no-host";
  const { horizon: _horizon, rooms: _rooms, ...hours } = query;
  const starts = availableSlots({
    ...hours,
    minimumNoticeMinutes: 0,
    limits: [],
    hosts: query.hosts.map((host) => ({ ...host, busy: [] })),
  });
  if (starts.length === 0) return "no-hours";
  const counts = new Map<Exclude<SlotRefusal, "closed">, number>();
  for (const { start } of starts.slice(0, MOST_ASKED)) {
    const answer = explainSlot(query, start);
    if (answer.ok) continue;
    // Without hours a start would not be asked about; what is left closed is closed for want of a room.
    const reason = answer.reason === "closed" ? "busy" : answer.reason;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "busy";
}
