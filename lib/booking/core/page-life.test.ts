import { expect, test } from "vitest";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { bookingPageLife } from "@/lib/booking/core/page-life";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { UTC } from "@/lib/time/zone";

const page: BookingPage = {
  token: "demo",
  workspaceName: "Halden Works",
  linkName: "Product conversation",
  description: null,
  durationMinutes: 60,
  needsApproval: true,
  hosts: [{ name: "Ana Lim", title: null }],
  roundRobin: false,
  hostZone: UTC,
  place: { kind: "none", label: "", detail: null },
  places: [],
  questions: [],
  zoneLocked: false,
  seats: 1,
  seatsLeft: null,
  waitingList: false,
  away: [],
  colour: null,
  logoId: null,
  otherOffers: [],
  extraGuests: 3,
  changeDeadlineMinutes: 0,
  starts: [],
  asOf: instantOf(0),
  noticeMinutes: 120,
};

test("a page is true until its first start has become too soon to book", () => {
  const first = instantOf(1_000 * MINUTE_MS);
  const { status, validUntil } = bookingPageLife({
    kind: "open",
    page: { ...page, starts: [first] },
  });
  expect(status).toBe(200);
  expect(validUntil).toBe(880 * MINUTE_MS + 1);
});

test("a page without times does not grow untrue by itself", () => {
  const { validUntil } = bookingPageLife({ kind: "open", page });
  expect(validUntil).toBe(Number.MAX_SAFE_INTEGER);
});

test("a link that was closed is gone, and one that never was is not found", () => {
  const closed = { kind: "closed", why: "expired", workspaceName: "Halden Works" } as const;
  expect(bookingPageLife(closed).status).toBe(410);
  expect(bookingPageLife({ kind: "absent" }).status).toBe(404);
});
