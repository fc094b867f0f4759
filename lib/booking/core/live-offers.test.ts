import { expect, test } from "vitest";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { liveOffersOf, readLiveOffers, withNews } from "@/lib/booking/core/live-offers";
import { addMinutes, instantOf } from "@/lib/time/instant";

const NOW = instantOf(Date.UTC(2026, 10, 23, 8));
const at = (minutes: number) => addMinutes(NOW, minutes);

const page = (starts: readonly number[], more: Partial<BookingPage> = {}) =>
  ({
    durationMinutes: 30,
    noticeMinutes: 60,
    asOf: NOW,
    starts: starts.map(at),
    otherOffers: [],
    seatsLeft: null,
    ...more,
  }) as unknown as BookingPage;

function heard(of: BookingPage) {
  const wire = liveOffersOf({ kind: "open", page: of }, NOW);
  return readLiveOffers(JSON.stringify(wire));
}

test("every length of a link, its seats and its moment arrive as they were sent", () => {
  const news = heard(
    page([60, 90, 120], {
      otherOffers: [{ durationMinutes: 60, starts: [at(60), at(180)] }],
      seatsLeft: [[at(60), 3]],
    }),
  );
  expect(news).toEqual({
    asOf: NOW,
    closed: null,
    noticeMinutes: 60,
    offers: [
      { durationMinutes: 30, starts: [at(60), at(90), at(120)] },
      { durationMinutes: 60, starts: [at(60), at(180)] },
    ],
    seatsLeft: [[at(60), 3]],
  });
});

test("a start that went is marked where it stands, one that came free is added in its place", () => {
  const shown = withNews([at(60), at(90), at(120)], heard(page([60, 75, 120])), 30);
  expect(shown.starts).toEqual([at(60), at(75), at(90), at(120)]);
  expect([...shown.taken]).toEqual([at(90)]);
});

test("a start that has become too soon was taken by nobody", () => {
  const shown = withNews([at(30), at(60)], heard(page([60])), 30);
  expect([...shown.taken]).toEqual([]);
});

test("a link that closes takes all its times along, and an absent one says nothing", () => {
  const closed = JSON.stringify(
    liveOffersOf({ kind: "closed", why: "used-up", workspaceName: "Meridian" }, NOW),
  );
  expect([...withNews([at(60)], readLiveOffers(closed), 30).taken]).toEqual([at(60)]);
  expect(liveOffersOf({ kind: "absent" }, NOW)).toBeUndefined();
});

test("without news, and after what is no news, a page shows what it knew", () => {
  expect(withNews([at(60)], undefined, 30)).toEqual({ starts: [at(60)], taken: new Set() });
  expect(readLiveOffers("<html>")).toBeUndefined();
  expect(readLiveOffers("{}")).toBeUndefined();
});
