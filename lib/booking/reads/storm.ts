import type { Db } from "@/lib/db/client";
import { coalesce } from "@/lib/db/coalesce";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { CHOICES, listStarts, nextStarts } from "../core/offer";
import { atAnyPlace, withChoice } from "../core/place-choice";
import type { LinkSnapshot } from "../core/snapshot";
import { pageWindow } from "../core/snapshot";
import { findLinkSnapshot } from "../reads";

// A link that many want at once is read for all of them together; one guest alone reads as little as before.

/** Most links have free starts soon after any: this much is read before three months are. */
const NEAR_MS = 14 * DAY_MS;
/** What is read together: the wishes of a storm, and two weeks after them. */
const TOGETHER_MS = 28 * DAY_MS;

const togetherFrom = (now: Instant): Interval => ({ from: now, to: instantOf(now + TOGETHER_MS) });

/** The link as far as it decides about one start, read no earlier than it is asked for. */
export function lookAtLink(
  db: Db,
  token: string,
  start: Instant,
  now: Instant,
): Promise<LinkSnapshot | undefined> {
  const by = { token };
  const alone = () => findLinkSnapshot(db, { by, window: { from: start, to: start } });
  const shared = togetherFrom(now);
  if (start < shared.from || start >= shared.to) return alone();
  return coalesce({ of: db, key: `link/${token}` }, alone, () =>
    findLinkSnapshot(db, { by, window: shared }),
  );
}

export type Wish = {
  readonly start: Instant;
  readonly durationMinutes?: number | undefined;
  readonly place?: string | undefined;
};

/** What is offered of a link to somebody who wishes so; the usual length, where what they chose is gone. */
function offered(link: LinkSnapshot, wish: Wish): LinkSnapshot {
  const chosen = withChoice(link, wish);
  return typeof chosen === "string" ? atAnyPlace(link) : chosen.link;
}

// The starts of a calendar that was read together are counted once, whoever asks for what comes after theirs.
const counted = new WeakMap<LinkSnapshot, Map<string, readonly Instant[]>>();

function startsOf(
  link: LinkSnapshot,
  wish: Wish,
  now: Instant,
  window: Interval,
): readonly Instant[] {
  const byChoice = counted.get(link) ?? new Map<string, readonly Instant[]>();
  counted.set(link, byChoice);
  const choice = `${wish.durationMinutes ?? ""}/${wish.place ?? ""}/${window.from}/${window.to}`;
  const starts = byChoice.get(choice) ?? listStarts(offered(link, wish), now, window);
  byChoice.set(choice, starts);
  return starts;
}

/** The next free starts of a link after a wanted one, from one statement where there are some within two weeks. */
export async function listNextStarts(
  db: Db,
  token: string,
  wish: Wish,
  now: Instant,
): Promise<Instant[]> {
  const page = pageWindow(now);
  const by = { token };
  const from = instantOf(Math.max(now, wish.start));
  const near = { from, to: instantOf(Math.min(from + NEAR_MS, page.to)) };
  const read = async (window: Interval, link: LinkSnapshot | undefined): Promise<Instant[]> => {
    // Bookable days are counted from now on, so a part of the calendar does not tell.
    const whole = window === page || link?.horizon.kind !== "bookable-days";
    if (link === undefined || !whole) return [];
    return nextStarts(startsOf(link, wish, now, window), wish.start);
  };
  const alone = (window: Interval) => async () => ({
    window,
    link: await findLinkSnapshot(db, { by, window }),
  });
  const shared = togetherFrom(now);
  const fits = near.to <= shared.to;
  const soon =
    near.from >= near.to
      ? undefined
      : await (fits
          ? coalesce({ of: db, key: `next/${token}` }, alone(near), alone(shared))
          : alone(near)());
  const found = soon === undefined ? [] : await read(soon.window, soon.link);
  if (found.length >= CHOICES) return found;
  return read(page, (await alone(page)()).link);
}
