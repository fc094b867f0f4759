import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { cancelBooking } from "@/lib/booking/commands/cancel-booking";
import { moveBooking } from "@/lib/booking/commands/move-booking";
import type { BookingRefused } from "@/lib/booking/core/guest-booking";
import { bookingOnWire, refusalOnWire, statusOfRefusal } from "@/lib/booking/core/wire";
import type { HeldBooking } from "@/lib/booking/loaders";
import { findHeldBooking, viewOf } from "@/lib/booking/loaders";
import { cancelInput, manageTokenShape, rescheduleInput } from "@/lib/booking/schema";
import { errorAnswer, jsonAnswer, tooManyRequests } from "@/lib/http/answer";
import { publicRoute } from "@/lib/http/route";
import { throttle } from "@/lib/http/throttle";
import { runtime } from "@/lib/runtime";

const params = z.object({ manageToken: manageTokenShape });
const ROUTE = "/api/v1/bookings/{manageToken}";

/** The booking this capability opens. Throws NotHere; whoever keeps guessing is stopped. */
async function getHeld(manageToken: string, throttleKey: string): Promise<HeldBooking> {
  const held = await findHeldBooking(runtime().db, manageToken);
  if (held !== undefined) return held;
  const miss = await throttle().consume("token-miss", throttleKey);
  if (!miss.ok) throw tooManyRequests(miss.retryAfterSeconds);
  throw new NotHere();
}

async function countChange(held: HeldBooking): Promise<void> {
  const door = await throttle().consume("guest-change", held.meeting.id);
  if (!door.ok) throw tooManyRequests(door.retryAfterSeconds);
}

const refusedAnswer = (refusal: BookingRefused) =>
  errorAnswer(statusOfRefusal(refusal.reason), refusalOnWire(refusal));

/** The guest's own booking. */
export const GET = publicRoute(
  { route: `GET ${ROUTE}`, params },
  async ({ params: { manageToken }, address }) => {
    const held = await getHeld(manageToken, address.throttleKey);
    return jsonAnswer(200, bookingOnWire(viewOf(held, runtime())));
  },
);

/** Moves it to another free start. */
export const PATCH = publicRoute(
  { route: `PATCH ${ROUTE}`, params, body: rescheduleInput },
  async ({ params: { manageToken }, body, address }) => {
    const held = await getHeld(manageToken, address.throttleKey);
    await countChange(held);
    const moved = await moveBooking(
      { ...held, start: body.start, version: body.version },
      runtime(),
    );
    if (!moved.ok) return refusedAnswer(moved.refusal);
    const { manageToken: next } = moved.value;
    return jsonAnswer(200, {
      ...bookingOnWire(viewOf(moved.value, runtime())),
      // A seat in another shared meeting has a capability of its own.
      ...(next === undefined
        ? {}
        : { manageUrl: `${runtime().appUrl}/m/${next}`, manageToken: next }),
    });
  },
);

/** Cancels it. A body with a reason may be sent. */
export const DELETE = publicRoute(
  { route: `DELETE ${ROUTE}`, params, body: cancelInput },
  async ({ params: { manageToken }, body, address }) => {
    const held = await getHeld(manageToken, address.throttleKey);
    await countChange(held);
    const cancelled = await cancelBooking(
      { ...held, reason: body.reason || null, version: body.version },
      runtime(),
    );
    if (!cancelled.ok) {
      const { refusal } = cancelled;
      const reason = refusal === "already-cancelled" ? "not-changeable" : refusal;
      return refusedAnswer({ reason, nextStarts: [] });
    }
    const view = viewOf({ meeting: cancelled.value, attendeeId: held.attendeeId }, runtime());
    return jsonAnswer(200, bookingOnWire(view));
  },
);
