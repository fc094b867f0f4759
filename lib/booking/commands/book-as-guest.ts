import type { ClientAddress } from "@/lib/http/client-address";
import { isLoopback } from "@/lib/http/client-address";
import type { Throttle } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { BookingRefused } from "../core/guest-booking";
import { isAnswered } from "../reads";
import type { BookingInput } from "../schema";
import type { Booked } from "./book-meeting";
import { bookMeeting } from "./book-meeting";

type Asked = {
  readonly linkToken: string;
  readonly input: BookingInput;
  readonly idempotencyKey?: string;
  readonly address: ClientAddress;
};

/** One guest, one link: the pause after a success is theirs, not their office's. */
const guestKey = ({ linkToken, input }: Asked): string => `${linkToken}/${input.email}`;

/** The first door that is shut, as the seconds until it opens; undefined when all are open. */
async function shutDoor(asked: Asked, throttle: Throttle): Promise<number | undefined> {
  const looks = await Promise.all([
    throttle.check("after-success", guestKey(asked)),
    throttle.check("booking-link", asked.linkToken),
  ]);
  for (const look of looks) if (!look.ok) return look.retryAfterSeconds;
  const doors = [
    // Behind a proxy nobody told us to trust, everybody comes from this machine: one address, all guests.
    ...(isLoopback(asked.address) ? [] : [["booking-address", asked.address.throttleKey] as const]),
    ["booking-email", asked.input.email] as const,
  ];
  for (const [limit, key] of doors) {
    const door = await throttle.consume(limit, key);
    if (!door.ok) return door.retryAfterSeconds;
  }
  return undefined;
}

/** Books for somebody without an account: throttled per address, link and e-mail, and for a minute after a success. */
export async function bookAsGuest(
  asked: Asked,
  deps: Deps & { readonly throttle: Throttle },
): Promise<Result<Booked, BookingRefused>> {
  const retryAfterSeconds = await shutDoor(asked, deps.throttle);
  // A repetition of a booking that succeeded is answered, not throttled: the first answer may have been lost.
  if (retryAfterSeconds !== undefined && !(await isAnswered(deps.db, asked))) {
    return refuse({ reason: "too-many-requests", nextStarts: [], retryAfterSeconds });
  }
  const booked = await bookMeeting(asked, deps);
  if (booked.ok && !booked.value.repeated) {
    await Promise.all([
      deps.throttle.consume("after-success", guestKey(asked)),
      deps.throttle.consume("booking-link", asked.linkToken),
    ]);
  }
  return booked;
}
