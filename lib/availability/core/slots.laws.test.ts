import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HostId, RoomId } from "@/lib/ids";
import {
  dayIn,
  hostNear,
  lonelyQuery,
  lopsidedZone,
  propertyRuns,
  queryNear,
} from "@/lib/testing/slot-arbitraries";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { overlaps } from "@/lib/time/interval";
import type { HostAvailability, SlotQuery } from "./query";
import { availableSlots, explainSlot } from "./slots";

const RUNS = propertyRuns(120);
const startsOf = (query: SlotQuery): number[] => availableSlots(query).map((slot) => slot.start);
const sorted = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** A query for two or three people of different zones. */
const teamQuery = (role: (index: number) => HostAvailability["role"]): fc.Arbitrary<SlotQuery> =>
  fc.tuple(lopsidedZone, lopsidedZone, lopsidedZone).chain((zones) =>
    dayIn(zones[0]).chain((day) =>
      queryNear(
        day,
        fc
          .tuple(...zones.map((zone, index) => hostNear(day, zone, `host-${index}`)))
          .chain((all) => fc.integer({ min: 2, max: 3 }).map((count) => all.slice(0, count)))
          .map((hosts) => hosts.map((host, index) => ({ ...host, role: role(index) }))),
      ),
    ),
  );

describe("laws of every offer", () => {
  test("starts are ascending, inside the window, and not before the notice", () => {
    fc.assert(
      fc.property(lonelyQuery, (query) => {
        const starts = startsOf(query);
        expect(starts).toEqual(sorted(starts));
        const earliest = query.now + (query.minimumNoticeMinutes ?? 0) * MINUTE_MS;
        for (const start of starts)
          expect(start).toBeGreaterThanOrEqual(Math.max(query.window.from, earliest));
        expect(starts.at(-1) ?? 0).toBeLessThan(query.window.to);
      }),
      { numRuns: RUNS },
    );
  });

  test("nothing on offer meets busy time, buffers included", () => {
    fc.assert(
      fc.property(lonelyQuery, (query) => {
        for (const { start, end } of availableSlots(query)) {
          const occupied = {
            from: (start - (query.bufferBeforeMinutes ?? 0) * MINUTE_MS) as Instant,
            to: (end + (query.bufferAfterMinutes ?? 0) * MINUTE_MS) as Instant,
          };
          expect(query.hosts[0]?.busy.filter((span) => overlaps(span, occupied))).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("taking busy time away never takes a slot away", () => {
    fc.assert(
      fc.property(lonelyQuery, fc.nat(), (query, which) => {
        const [host] = query.hosts;
        if (!host || host.busy.length === 0) return;
        const busy = host.busy.filter((_, index) => index !== which % host.busy.length);
        const freer = new Set(startsOf({ ...query, hosts: [{ ...host, busy }] }));
        expect(startsOf(query).filter((start) => !freer.has(start))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test("a window split in two offers the same as the whole", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          lonelyQuery,
          teamQuery(() => "fixed"),
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (query, share) => {
          const { from, to } = query.window;
          const cut = (from + Math.floor((to - from) * share)) as Instant;
          expect([
            ...startsOf({ ...query, window: { from, to: cut } }),
            ...startsOf({ ...query, window: { from: cut, to } }),
          ]).toEqual(startsOf(query));
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("a start is explained as fine exactly if it is on offer", () => {
    const moments = fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          lonelyQuery,
          teamQuery((index) => (index === 0 ? "fixed" : "one-of")),
        ),
        moments,
        (query, shares) => {
          const slots = new Map(availableSlots(query).map((slot) => [slot.start, slot]));
          for (const [start, slot] of slots)
            expect(explainSlot(query, start)).toEqual({ ok: true, slot });
          const { from, to } = query.window;
          for (const share of shares) {
            const step = Math.floor(((to - from) * share) / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
            const start = (from + step) as Instant;
            if (start < from || start >= to) continue;
            expect(explainSlot(query, start).ok).toBe(slots.has(start));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("the order in which hours and busy time are given does not matter, nor do repetitions", () => {
    fc.assert(
      fc.property(lonelyQuery, (query) => {
        const shuffled = query.hosts.map((host) => ({
          ...host,
          weekly: [...host.weekly, ...host.weekly].reverse(),
          busy: [...host.busy, ...host.busy].reverse(),
        }));
        expect(startsOf({ ...query, hosts: shuffled })).toEqual(startsOf(query));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("laws of teams", () => {
  test("round robin offers what its hosts offer alone, and names exactly those", () => {
    fc.assert(
      fc.property(
        teamQuery(() => "one-of"),
        (query) => {
          const alone = query.hosts.map((host) => ({
            id: host.id,
            starts: new Set(startsOf({ ...query, hosts: [host] })),
          }));
          const slots = availableSlots(query);
          expect(slots.map((slot) => slot.start)).toEqual(
            sorted(alone.flatMap(({ starts }) => [...starts])),
          );
          for (const slot of slots)
            expect(slot.hostIds).toEqual(
              alone.filter(({ starts }) => starts.has(slot.start)).map(({ id }) => id),
            );
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("fixed hosts of the same hours offer what all of them offer alone", () => {
    fc.assert(
      fc.property(
        teamQuery(() => "fixed"),
        (query) => {
          const [first] = query.hosts;
          if (!first) return;
          const { zone, weekly, overrides = [] } = first;
          const hosts = query.hosts.map((host) => ({ ...host, zone, weekly, overrides }));
          const sets = hosts.map((host) => new Set(startsOf({ ...query, hosts: [host] })));
          const common = [...(sets[0] ?? [])].filter((start) =>
            sets.every((set) => set.has(start)),
          );
          expect(startsOf({ ...query, hosts })).toEqual(common);
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("fixed hosts of any hours are each open and free at every common start", () => {
    fc.assert(
      fc.property(
        teamQuery(() => "fixed"),
        (query) => {
          for (const { start, hostIds } of availableSlots(query)) {
            expect(hostIds).toEqual(query.hosts.map((host) => host.id));
            for (const host of query.hosts) {
              const answer = explainSlot({ ...query, hosts: [host] }, start);
              expect(answer.ok || answer.detail === "off-grid").toBe(true);
            }
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("a fixed host who is always there changes nothing", () => {
    fc.assert(
      fc.property(lonelyQuery, lopsidedZone, (query, zone) => {
        const [host] = query.hosts;
        if (!host) return;
        const always: HostAvailability = {
          id: "always" as HostId,
          role: "fixed",
          zone,
          weekly: ([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({
            day,
            fromMinute: 0 as never,
            toMinute: 1440 as never,
          })),
          busy: [],
        };
        expect(startsOf({ ...query, hosts: [host, always] })).toEqual(startsOf(query));
      }),
      { numRuns: RUNS },
    );
  });

  test("one of several rooms is enough, and the free ones are named", () => {
    fc.assert(
      fc.property(
        teamQuery(() => "one-of"),
        (query) => {
          const [host, ...others] = query.hosts;
          if (!host) return;
          const rooms = others.map((other) => ({
            id: other.id as unknown as RoomId,
            busy: other.busy,
          }));
          const plain = { ...query, hosts: [host] };
          // A room that must be free is a person who is always at work.
          const withRoom = rooms.map((room) => {
            const busy = [...host.busy, ...room.busy];
            return {
              id: room.id,
              starts: new Set(startsOf({ ...plain, hosts: [{ ...host, busy }] })),
            };
          });
          const slots = availableSlots({ ...plain, rooms });
          expect(slots.map((slot) => slot.start)).toEqual(
            sorted(withRoom.flatMap(({ starts }) => [...starts])),
          );
          for (const slot of slots)
            expect(slot.roomIds).toEqual(
              withRoom.filter(({ starts }) => starts.has(slot.start)).map(({ id }) => id),
            );
        },
      ),
      { numRuns: RUNS },
    );
  });
});
