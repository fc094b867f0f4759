import type { ClientAddress } from "@/lib/http/client-address";
import { isLoopback } from "@/lib/http/client-address";
import type { LimitName } from "@/lib/http/limits";
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

type Door = readonly [limit: LimitName, key: string];

/** The first of these that is shut, as the seconds until it opens; undefined when all are open. */
async function countAt(doors: readonly Door[], throttle: Throttle): Promise<number | undefined> {
  for (const [limit, key] of doors) {
    const door = await throttle.consume(limit, key);
    if (!door.ok) return door.retryAfterSeconds;
  }
  return undefined;
}

/** What is asked of whoever is about to be given a time: only then is anything written or mailed. */
async function askBeforeWriting(asked: Asked, throttle: Throttle): Promise<number | undefined> {
  const looks = await Promise.all([
    throttle.check("after-success", guestKey(asked)),
    throttle.check("booking-link", asked.linkToken),
  ]);
  for (const look of looks) if (!look.ok) return look.retryAfterSeconds;
  return countAt([["booking-email", asked.input.email]], throttle);
}

const tooOften = (retryAfterSeconds: number) =>
  refuse({ reason: "too-many-requests" as const, nextStarts: [], retryAfterSeconds });

/** Books for somebody without an account: throttled per address, link and e-mail, and for a minute after a success. */
export async function bookAsGuest(
  asked: Asked,
  deps: Deps & { readonly throttle: Throttle },
): Promise<Result<Booked, BookingRefused>> {
  const { throttle } = deps;
  // Behind a proxy nobody told us to trust, everybody comes from this machine: one address, all guests.
  const doors: Door[] = isLoopback(asked.address)
    ? []
    : [["booking-address", asked.address.throttleKey]];
  const wait = await countAt(doors, throttle);
  if (wait !== undefined) return tooOften(wait);
  const admit = async (): Promise<number | undefined> => {
    const seconds = await askBeforeWriting(asked, throttle);
    // A repetition of a booking that succeeded is answered, not throttled: the first answer may have been lost.
    return seconds !== undefined && (await isAnswered(deps.db, asked)) ? undefined : seconds;
  };
  const booked = await bookMeeting({ ...asked, admit }, deps);
  if (booked.ok && !booked.value.repeated) {
    await Promise.all([
      throttle.consume("after-success", guestKey(asked)),
      throttle.consume("booking-link", asked.linkToken),
    ]);
  }
  return booked;
}
