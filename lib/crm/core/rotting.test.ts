import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { isRotting, quietDays } from "./rotting";

const NOW = instantOf(Date.parse("2026-11-23T08:00:00Z"));
const ago = (days: number) => (NOW - days * DAY_MS) as Instant;
const clock = { now: NOW, today: "2026-11-23" as CalendarDate };
const deal = {
  kind: "opportunity",
  status: "open",
  createdAt: ago(60),
  stageEnteredAt: ago(20),
  lastTouchAt: null,
  nextActivityAt: null,
  parkedUntil: null,
  deletedAt: null,
} as const;

test("a deal is quiet since its last touch, or since it came into its stage", () => {
  expect(quietDays(deal, NOW)).toBe(20);
  expect(quietDays({ ...deal, lastTouchAt: ago(3) }, NOW)).toBe(3);
  expect(quietDays({ ...deal, lastTouchAt: ago(40) }, NOW)).toBe(20);
  expect(quietDays({ ...deal, stageEnteredAt: null }, NOW)).toBe(60);
});

test("it rots when that is longer than its stage allows, unless something is planned ahead or it is parked", () => {
  const rots = (change: object, rotDays: number | null = 14) =>
    isRotting({ ...deal, ...change }, { rotDays }, clock);
  expect(rots({})).toBe(true);
  expect(rots({}, 20)).toBe(false);
  expect(rots({}, null)).toBe(false);
  expect(rots({ nextActivityAt: (NOW + 1) as Instant })).toBe(false);
  expect(rots({ nextActivityAt: (NOW - 1) as Instant })).toBe(true);
  expect(rots({ parkedUntil: "2026-11-24" })).toBe(false);
  expect(rots({ parkedUntil: "2026-11-23" })).toBe(true);
  expect(rots({ status: "won" })).toBe(false);
  expect(rots({ kind: "lead" })).toBe(false);
});
