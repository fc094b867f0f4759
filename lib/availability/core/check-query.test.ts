import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SlotQuery } from "./query";
import { availableSlots, explainSlot } from "./slots";

/** Plain numbers and strings, as a caller without our types would send them. */
const plain = () => ({
  window: { from: Date.UTC(2026, 10, 2), to: Date.UTC(2026, 10, 3) } as Record<string, unknown>,
  now: Date.UTC(2026, 10, 1) as unknown,
  durationMinutes: 60 as unknown,
  hosts: [
    {
      id: "ana",
      role: "fixed",
      zone: "Europe/Berlin",
      weekly: [{ day: 1, fromMinute: 540, toMinute: 1020 }],
      busy: [] as unknown[],
    } as Record<string, unknown>,
  ],
});
type Plain = ReturnType<typeof plain> & Record<string, unknown>;

const ask = (query: Plain) => availableSlots(query as unknown as SlotQuery);

test("plain numbers and strings are understood", () => {
  expect(ask(plain())).toHaveLength(8);
});

describe("what makes no sense is refused with the name of the field", () => {
  const wrong: readonly (readonly [string, (query: Plain) => void])[] = [
    [
      "window.from",
      (q) => {
        q.window.from = Number.NaN;
      },
    ],
    [
      "window",
      (q) => {
        q.window.to = 0;
      },
    ],
    [
      "now",
      (q) => {
        q.now = Number.POSITIVE_INFINITY;
      },
    ],
    [
      "now",
      (q) => {
        q.now = "2026-11-01T00:00Z";
      },
    ],
    [
      "durationMinutes",
      (q) => {
        q.durationMinutes = 0;
      },
    ],
    [
      "durationMinutes",
      (q) => {
        q.durationMinutes = Number.NaN;
      },
    ],
    [
      "intervalMinutes",
      (q) => {
        q.intervalMinutes = 0;
      },
    ],
    [
      "offsetMinutes",
      (q) => {
        q.offsetMinutes = -5;
      },
    ],
    [
      "bufferBeforeMinutes",
      (q) => {
        q.bufferBeforeMinutes = -1;
      },
    ],
    [
      "bufferAfterMinutes",
      (q) => {
        q.bufferAfterMinutes = Number.NaN;
      },
    ],
    [
      "minimumNoticeMinutes",
      (q) => {
        q.minimumNoticeMinutes = -1;
      },
    ],
    [
      "attendees",
      (q) => {
        q.attendees = -1;
      },
    ],
    [
      "horizon.days",
      (q) => {
        q.horizon = { kind: "days", days: Number.NaN };
      },
    ],
    [
      "horizon.date",
      (q) => {
        q.horizon = { kind: "until", date: "2026-02-30" };
      },
    ],
    [
      "horizon.kind",
      (q) => {
        q.horizon = { kind: "weeks", days: 1 };
      },
    ],
    [
      "limits[0].per",
      (q) => {
        q.limits = [{ per: "hour", count: 1 }];
      },
    ],
    [
      "limits[0].count",
      (q) => {
        q.limits = [{ per: "day", count: -1 }];
      },
    ],
    [
      "hosts[0].role",
      (q) => {
        q.hosts = [{ ...q.hosts[0], role: "chair" }];
      },
    ],
    [
      "hosts[0].zone",
      (q) => {
        q.hosts = [{ ...q.hosts[0], zone: "Mars/Olympus" }];
      },
    ],
    [
      "hosts[0].weekly[0].day",
      (q) => {
        q.hosts = [{ ...q.hosts[0], weekly: [{ day: 7 }] }];
      },
    ],
    [
      "hosts[0].weekly[0].toMinute",
      (q) => {
        q.hosts = [{ ...q.hosts[0], weekly: [{ day: 1, fromMinute: 0, toMinute: 3000 }] }];
      },
    ],
    [
      "hosts[0].overrides[0].date",
      (q) => {
        q.hosts = [{ ...q.hosts[0], overrides: [{ date: "soon", ranges: [] }] }];
      },
    ],
    [
      "hosts[0].zoneDuring[0].zone",
      (q) => {
        q.hosts = [
          { ...q.hosts[0], zoneDuring: [{ from: "2026-11-01", to: "2026-11-02", zone: "x" }] },
        ];
      },
    ],
    [
      "hosts[0].busy[1]",
      (q) => {
        q.hosts = [
          {
            ...q.hosts[0],
            busy: [
              { from: 1, to: 2 },
              { from: 2, to: 1 },
            ],
          },
        ];
      },
    ],
    [
      "hosts[0].busy[0].to",
      (q) => {
        q.hosts = [{ ...q.hosts[0], busy: [{ from: 1, to: Number.NaN }] }];
      },
    ],
    [
      "rooms[0].zone",
      (q) => {
        q.rooms = [{ id: "r", busy: [], weekly: [] }];
      },
    ],
  ];

  test.each(wrong)("%s", (field, spoil) => {
    const query: Plain = plain();
    spoil(query);
    const complaint = new RegExp(`^${field.replace(/[[\]]/g, "\\$&")}:`);
    expect(() => ask(query)).toThrow(RangeError);
    expect(() => ask(query)).toThrow(complaint);
  });

  test("start", () => {
    const query = plain() as unknown as SlotQuery;
    expect(() => explainSlot(query, Number.NaN as never)).toThrow(/^start:/);
  });

  test("whatever numbers come, the answer is slots or a RangeError", () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 1440, -1, Number.NaN));
    fc.assert(
      fc.property(fc.array(number, { minLength: 8, maxLength: 8 }), (n) => {
        const query: Plain = plain();
        query.durationMinutes = n[0];
        query.intervalMinutes = n[1];
        query.offsetMinutes = n[2];
        query.minimumNoticeMinutes = n[3];
        query.hosts = [
          {
            ...query.hosts[0],
            weekly: [{ day: 1, fromMinute: n[4], toMinute: n[5] }],
            busy: [{ from: n[6], to: n[7] }],
          },
        ];
        try {
          expect(Array.isArray(ask(query))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
