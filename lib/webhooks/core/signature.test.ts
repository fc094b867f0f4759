import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS, instantOf } from "@/lib/time/instant";
import { eventOf, hiddenFrom, WEBHOOK_EVENTS } from "./event";
import { nextDelivery, rotated, signatureOf } from "./signature";

const now = instantOf(Date.UTC(2026, 10, 23, 8));
const later = (ms: number) => instantOf(now + ms);
const mac = (secret: string, body: string, seconds: number) =>
  createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");

test("a signature is over its time and the body, and another secret or body has another", () => {
  const seconds = now / 1000;
  expect(signatureOf({ secret: "a" }, "{}", now)).toBe(
    `t=${seconds},v1=${mac("a", "{}", seconds)}`,
  );
  const all = [
    signatureOf({ secret: "a" }, "{}", now),
    signatureOf({ secret: "b" }, "{}", now),
    signatureOf({ secret: "a" }, "{ }", now),
    signatureOf({ secret: "a" }, "{}", later(1000)),
  ];
  expect(new Set(all).size).toBe(4);
});

test("after a change of secrets both sign for a day, and then the new one alone", () => {
  const secret = rotated({ secret: "old", before: "older", until: now }, "new", now);
  const seconds = now / 1000;
  expect(signatureOf(secret, "x", now)).toBe(
    `t=${seconds},v1=${mac("new", "x", seconds)},v1=${mac("old", "x", seconds)}`,
  );
  expect(signatureOf(secret, "x", later(DAY_MS)).match(/v1=/g)).toHaveLength(1);
});

test("a delivery is tried about a day long, later each time, and not before its receiver wishes", () => {
  const tries: number[] = [];
  let at = now;
  for (let attempts = 1; attempts < 100; attempts += 1) {
    const next = nextDelivery({ attempts, createdAt: now }, at);
    if (next === undefined) break;
    tries.push(next - at);
    at = next;
  }
  expect(tries).toEqual([...tries].sort((a, b) => a - b));
  expect(tries[0]).toBe(10_000);
  expect(at - now).toBeGreaterThan(19 * HOUR_MS);
  expect(at - now).toBeLessThanOrEqual(DAY_MS);
  expect(nextDelivery({ attempts: 1, createdAt: now }, now, 3600)).toBe(later(HOUR_MS));
  expect(nextDelivery({ attempts: 1, createdAt: now }, later(DAY_MS))).toBeUndefined();
});

test.each([
  ["requested", true, "booking.requested"],
  ["moved", true, "booking.moved"],
  ["moved", false, "meeting.moved"],
  ["edited", true, "meeting.edited"],
  ["requested", false, undefined],
  ["drafted", false, undefined],
  ["mail-resent", true, undefined],
  ["constructor", true, undefined],
])("%s through a link %s is %s", (kind, throughLink, event) => {
  expect(eventOf(kind, throughLink)).toBe(event);
});

test("no two events have one name", () => {
  expect(new Set(WEBHOOK_EVENTS).size).toBe(WEBHOOK_EVENTS.length);
});

test("of a private meeting nothing is told but when and whose", () => {
  const told = hiddenFrom({ id: "m", subject: "Pay", guests: ["Ana"], start: "s", joinUrl: "j" });
  expect(JSON.stringify(told)).not.toMatch(/Pay|Ana|"j"/);
  expect(told).toMatchObject({ id: "m", start: "s" });
});
