import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import {
  findManageToken,
  internalSignature,
  manageToken,
  signPayload,
  verifyInternal,
  verifyPayload,
} from "./capability";
import { keyRingOf } from "./keys";
import { hashToken, newToken, sameBytes } from "./token";

const [first, second] = [randomBytes(32), randomBytes(32)];
const ring = keyRingOf([first]);
const rotated = keyRingOf([second, first]);
const now = instantOf(1_790_000_000_000);
const later = (ms: number) => (now + ms) as Instant;

describe("a guest's capability", () => {
  test("is 256 bits, the same each time, and different for each meeting, guest and generation", () => {
    const token = manageToken(ring, "m", "a", 1);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(manageToken(ring, "m", "a", 1)).toBe(token);
    const others = [
      manageToken(ring, "n", "a", 1),
      manageToken(ring, "m", "b", 1),
      manageToken(ring, "m", "a", 2),
      manageToken(keyRingOf([second]), "m", "a", 1),
    ];
    expect(new Set([token, ...others]).size).toBe(5);
  });

  test("is found again by its stored hash after the keys were rotated, until the old key is gone", () => {
    const about = { meetingId: "m", attendeeId: "a", generation: 1 };
    const token = manageToken(ring, "m", "a", 1);
    expect(findManageToken(rotated, about, hashToken(token))).toBe(token);
    expect(findManageToken(keyRingOf([second]), about, hashToken(token))).toBeUndefined();
  });
});

describe("a signed link", () => {
  const signed = signPayload(ring, "calendar-file", "meeting/ü", later(1000));

  test("gives its payload until it expires, also after a rotation", () => {
    expect(verifyPayload(ring, "calendar-file", signed, now)).toBe("meeting/ü");
    expect(verifyPayload(rotated, "calendar-file", signed, now)).toBe("meeting/ü");
    expect(verifyPayload(ring, "calendar-file", signed, later(1000))).toBeUndefined();
  });

  test("is nothing for another purpose", () => {
    expect(verifyPayload(ring, "internal-call", signed, now)).toBeUndefined();
  });

  test("is nothing when any character is changed, dropped or added", () => {
    for (let at = 0; at < signed.length; at += 1) {
      const changed = signed[at] === "A" ? "B" : "A";
      const altered = signed.slice(0, at) + changed + signed.slice(at + 1);
      const cut = signed.slice(0, at) + signed.slice(at + 1);
      expect(verifyPayload(ring, "calendar-file", altered, now), altered).toBeUndefined();
      expect(verifyPayload(ring, "calendar-file", cut, now), cut).toBeUndefined();
    }
    expect(verifyPayload(ring, "calendar-file", `${signed}.x`, now)).toBeUndefined();
    expect(verifyPayload(ring, "calendar-file", "", now)).toBeUndefined();
  });
});

describe("a call between nodes", () => {
  test("is believed for its own body and for half a minute", () => {
    const signature = internalSignature(ring, '{"a":1}', now);
    expect(verifyInternal(ring, '{"a":1}', signature, now)).toBe(true);
    expect(verifyInternal(ring, '{"a":2}', signature, now)).toBe(false);
    expect(verifyInternal(ring, '{"a":1}', signature, later(30_000))).toBe(false);
    expect(verifyInternal(keyRingOf([second]), '{"a":1}', signature, now)).toBe(false);
  });
});

describe("a random token", () => {
  test("is 43 URL-safe characters, and a hundred thousand of them differ and use every character evenly", () => {
    const tokens = Array.from({ length: 100_000 }, newToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
    // By character code: four million letters, and a map would cost seconds.
    const counts = new Uint32Array(128);
    // The last character carries two padding bits, so it is not uniform.
    for (const token of tokens) {
      for (let at = 0; at < 42; at += 1) {
        const code = token.charCodeAt(at);
        counts[code] = (counts[code] ?? 0) + 1;
      }
    }
    const expected = (tokens.length * 42) / 64;
    const used = counts.filter((count) => count > 0);
    expect(used).toHaveLength(64);
    for (const count of used) expect(Math.abs(count / expected - 1)).toBeLessThan(0.03);
  });

  test("is compared in constant time, and different lengths are different", () => {
    expect(sameBytes(Buffer.from("ab"), Buffer.from("ab"))).toBe(true);
    expect(sameBytes(Buffer.from("ab"), Buffer.from("ac"))).toBe(false);
    expect(sameBytes(Buffer.from("ab"), Buffer.from("abc"))).toBe(false);
  });
});
