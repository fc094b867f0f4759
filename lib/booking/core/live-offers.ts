import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf } from "@/lib/time/instant";
import type { BookingOffer, BookingPage, BookingPageAnswer, LinkClosed } from "./booking-page";
import { decodeStarts, encodeStarts } from "./starts-codec";

/** What one link offers at one moment: the part of its page that changes while somebody looks at it. */
export type LiveOffers = {
  readonly asOf: Instant;
  /** Why nothing is offered any more; null while the link takes bookings. */
  readonly closed: LinkClosed | null;
  /** Starts that are nearer than this are left out because of the time, not because somebody took them. */
  readonly noticeMinutes: number;
  readonly offers: readonly BookingOffer[];
  readonly seatsLeft: BookingPage["seatsLeft"];
};

/** The same on the wire: moments in epoch ms, starts as `encodeStarts` writes them. */
type LiveWire = Omit<LiveOffers, "asOf" | "offers" | "seatsLeft"> & {
  readonly asOf: number;
  readonly offers: readonly { readonly durationMinutes: number; readonly starts: string }[];
  readonly seatsLeft: readonly (readonly [start: number, left: number])[] | null;
};

/** What an open page is told of its link; undefined when there is no such link. */
export function liveOffersOf(answer: BookingPageAnswer, now: Instant): LiveWire | undefined {
  if (answer.kind === "absent") return undefined;
  if (answer.kind === "closed")
    return { asOf: now, closed: answer.why, noticeMinutes: 0, offers: [], seatsLeft: null };
  const { asOf, durationMinutes, noticeMinutes, otherOffers, seatsLeft, starts } = answer.page;
  return {
    asOf,
    closed: null,
    noticeMinutes,
    offers: [{ durationMinutes, starts }, ...otherOffers].map((offer) => ({
      durationMinutes: offer.durationMinutes,
      starts: encodeStarts(offer.starts),
    })),
    seatsLeft,
  };
}

const isWire = (data: unknown): data is LiveWire =>
  typeof data === "object" &&
  data !== null &&
  "asOf" in data &&
  "noticeMinutes" in data &&
  "offers" in data &&
  Array.isArray(data.offers);

/** Reads what the server told; undefined for anything that is no such text. */
export function readLiveOffers(text: string): LiveOffers | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isWire(data)) return undefined;
  return {
    asOf: instantOf(data.asOf),
    closed: data.closed,
    noticeMinutes: data.noticeMinutes,
    offers: data.offers.map(({ durationMinutes, starts }) => ({
      durationMinutes,
      starts: decodeStarts(starts),
    })),
    seatsLeft: data.seatsLeft?.map(([start, left]) => [instantOf(start), left] as const) ?? null,
  };
}

/** What is shown of one length: every start the page ever knew, and which of them somebody took. */
export type ShownStarts = {
  readonly starts: readonly Instant[];
  readonly taken: ReadonlySet<Instant>;
};

/**
 * What a page shows after hearing news: a start that came free is added, one that went stays in its place and is
 * marked, so that nothing moves under the reader's finger. Without news it is what was known. A length the link no
 * longer offers has all its starts taken.
 */
export function withNews(
  known: readonly Instant[],
  news: LiveOffers | undefined,
  durationMinutes: number,
): ShownStarts {
  if (news === undefined) return { starts: known, taken: new Set() };
  const free = news.offers.find((offer) => offer.durationMinutes === durationMinutes)?.starts ?? [];
  const offered = new Set(free);
  const listed = new Set(known);
  const added = free.filter((start) => !listed.has(start));
  const starts = added.length === 0 ? known : [...known, ...added].sort((a, b) => a - b);
  const tooSoonBefore = addMinutes(news.asOf, news.noticeMinutes);
  return {
    starts,
    taken: new Set(starts.filter((start) => start >= tooSoonBefore && !offered.has(start))),
  };
}
