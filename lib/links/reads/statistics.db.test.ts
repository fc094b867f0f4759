import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { listPage } from "@/lib/meetings/reads/rows";
import { makeLinkScene } from "@/lib/testing/factories/link-scene";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, instantOf, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Period } from "../core/statistics";
import { stepsOf } from "../core/statistics";
import { readStatistics } from "./statistics";

const ZONE = "America/St_Johns" as TimeZone;
const PERIOD: Period = {
  from: "2026-10-25" as CalendarDate,
  to: "2026-11-23" as CalendarDate,
  step: "day",
};
const STATES = ["draft", "confirmed", "done", "no_show", "cancelled"] as const;

type Booked = {
  readonly made: Instant;
  readonly start: Instant;
  readonly state: (typeof STATES)[number];
};

/** A few hundred bookings spread over two months without a pattern, the same in every run. */
function bookings(): readonly Booked[] {
  let seed = 20_261_121;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  return Array.from({ length: 400 }, () => {
    const made = instantOf(NOW - next(60 * 24) * HOUR_MS - next(3_600) * 1_000);
    return {
      made,
      start: instantOf(made + (1 + next(20 * 24)) * HOUR_MS),
      state: STATES[next(STATES.length)] ?? "draft",
    };
  });
}

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

test("a link's figures are those of its bookings, counted one by one", async ({ house }) => {
  const { link, workspaceId, ana } = await makeLinkScene(house);
  const made = bookings();
  // Days are the workspace's, in the figures and in the list behind them.
  await house.db.workspace.update({ where: { id: workspaceId }, data: { zone: ZONE } });
  await insertRows(house.db, [
    {
      table: "meeting",
      rows: made.map(({ made: created, start, state }) => {
        const id = newId();
        return {
          workspace_id: workspaceId,
          id,
          link_id: link.id,
          host_id: ana.id,
          subject: "Discovery",
          state,
          declined: false,
          visibility: "public",
          starts_at: toIso(start),
          ends_at: toIso(instantOf(start + HOUR_MS)),
          buffer_before_minutes: 0,
          buffer_after_minutes: 0,
          place_kind: "none",
          uid: `${id}@meridian.example`,
          sequence: 0,
          version: 1,
          seats_taken: 0,
          created_at: toIso(created),
          updated_at: toIso(created),
        };
      }),
    },
    {
      table: "booking_link_day",
      rows: ["2026-10-24", "2026-10-25", "2026-11-01", "2026-11-23"].map((on_date, index) => ({
        workspace_id: workspaceId,
        link_id: link.id,
        on_date,
        views: 10 + index,
        starts: 5 + index,
      })),
    },
  ]);
  const about = { workspaceId: workspaceId as never, id: link.id, workspaceZone: ZONE };
  const { total, days } = await readStatistics(house.db, about, PERIOD, NOW);

  const inPeriod = made.filter(({ made: created }) => {
    const date = calendarDateAt(ZONE, created);
    return date >= PERIOD.from && date <= PERIOD.to;
  });
  const count = (keep: (one: Booked) => boolean) => inPeriod.filter(keep).length;
  expect(inPeriod.length).toBeGreaterThan(100);
  expect(total).toEqual({
    views: 11 + 12 + 13,
    starts: 6 + 7 + 8,
    bookings: inPeriod.length,
    cancelled: count(({ state }) => state === "cancelled"),
    noShows: count(({ state }) => state === "no_show"),
    past: count(({ state, start }) => state !== "cancelled" && start <= NOW),
    leadMinutes: median(inPeriod.map((one) => (one.start - one.made) / 60_000)),
  });
  for (const step of ["day", "week"] as const) {
    const steps = stepsOf(days, { ...PERIOD, step });
    const sum = (pick: (day: (typeof steps)[number]) => number) =>
      steps.reduce((whole, day) => whole + pick(day), 0);
    expect(sum(({ bookings: all }) => all)).toBe(total.bookings);
    expect(sum(({ views }) => views)).toBe(total.views);
    expect(sum(({ noShows }) => noShows)).toBe(total.noShows);
    expect(steps).toHaveLength(step === "day" ? 30 : 6);
  }
  const listed = async (outcome?: "cancelled" | "no-show") => {
    const scope = {
      workspaceId: workspaceId as WorkspaceId,
      userId: ana.id as UserId,
      everybody: false,
    };
    const asked = {
      tab: "all",
      q: "",
      link: link.id,
      bookedFrom: PERIOD.from,
      bookedTo: PERIOD.to,
      outcome,
    } as const;
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await listPage(house.db, scope, { ...asked, cursor }, NOW);
      count += page.rows.length;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return count;
  };
  // The rows behind each number are as many as the number says.
  expect(await listed()).toBe(total.bookings);
  expect(await listed("cancelled")).toBe(total.cancelled);
  expect(await listed("no-show")).toBe(total.noShows);
  const oneDay = days.find(({ date }) => date === "2026-11-01");
  expect(oneDay?.bookings).toBe(
    made.filter((one) => calendarDateAt(ZONE, one.made) === "2026-11-01").length,
  );
});

test("a link nobody used has noughts and no lead time", async ({ house }) => {
  const { link, workspaceId } = await makeLinkScene(house);
  const about = { workspaceId: workspaceId as never, id: link.id, workspaceZone: ZONE };
  const found = await readStatistics(house.db, about, PERIOD, at("2026-11-23T08:00:00Z"));
  expect(found.total).toEqual({
    views: 0,
    starts: 0,
    bookings: 0,
    cancelled: 0,
    noShows: 0,
    past: 0,
    leadMinutes: null,
  });
  expect(found.days).toEqual([]);
});
