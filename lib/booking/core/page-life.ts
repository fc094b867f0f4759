import { MINUTE_MS } from "@/lib/time/instant";
import type { BookingPageAnswer } from "./booking-page";

/** How a page of a link may be kept: the HTTP status of every answer, and the epoch ms from which it is untrue. */
export type PageLife = { readonly status: 200 | 404 | 410; readonly validUntil: number };

const NEVER_UNTRUE = Number.MAX_SAFE_INTEGER;

/** A page is untrue from the moment its first start has become too soon to book. */
export function bookingPageLife(answer: BookingPageAnswer): PageLife {
  if (answer.kind === "absent") return { status: 404, validUntil: NEVER_UNTRUE };
  if (answer.kind === "closed") return { status: 410, validUntil: NEVER_UNTRUE };
  const { starts, noticeMinutes } = answer.page;
  const [first] = starts;
  if (first === undefined) return { status: 200, validUntil: NEVER_UNTRUE };
  // Offered until exactly the notice before its start, so untrue one millisecond later.
  return { status: 200, validUntil: first - noticeMinutes * MINUTE_MS + 1 };
}
