import { expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, instantOf } from "@/lib/time/instant";
import { whoToTell } from "./waiting";

const NOW = instantOf(Date.parse("2026-11-24T08:00:00Z"));
const hour = (hours: number): Instant => instantOf(NOW + hours * HOUR_MS);
const guest = (id: string, toldAt: Instant | null = null, toldStart: Instant | null = null) => ({
  id,
  durationMinutes: 30,
  toldAt,
  toldStart,
});

test("one free time is told to the guest who waits longest, and to nobody else for an hour", () => {
  const line = [guest("ana"), guest("ben")];
  expect(whoToTell(line, () => [hour(5)], NOW)).toEqual([{ id: "ana", start: hour(5) }]);
  const soon = [guest("ana", NOW, hour(5)), guest("ben")];
  expect(whoToTell(soon, () => [hour(5)], hour(0.5))).toEqual([]);
  expect(whoToTell(soon, () => [hour(5)], hour(1))).toEqual([{ id: "ben", start: hour(5) }]);
});

test("two free times are told to two guests, soonest first", () => {
  const line = [guest("ana"), guest("ben"), guest("caro")];
  expect(whoToTell(line, () => [hour(5), hour(6)], NOW)).toEqual([
    { id: "ana", start: hour(5) },
    { id: "ben", start: hour(6) },
  ]);
});

test("nobody is told of the same time twice, and another time is news", () => {
  const line = [guest("ana", hour(-2), hour(5))];
  expect(whoToTell(line, () => [hour(5)], NOW)).toEqual([]);
  expect(whoToTell(line, () => [hour(5), hour(9)], NOW)).toEqual([{ id: "ana", start: hour(9) }]);
});

test("a guest is told of times of the length they wait for", () => {
  const line = [{ ...guest("ana"), durationMinutes: 60 }, guest("ben")];
  const startsOf = (minutes: number) => (minutes === 60 ? [] : [hour(5)]);
  expect(whoToTell(line, startsOf, NOW)).toEqual([{ id: "ben", start: hour(5) }]);
});
