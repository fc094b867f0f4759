import { v7 as newId } from "uuid";
import { expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { makeLink, makePerson } from "@/lib/testing/factories/workspace";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { NO_FILTER } from "../core/question";
import { askMetrics } from "./ask";
import { linksToPipeline, meetingsToWins } from "./meetings";
import { getPlace } from "./place";

const NOVEMBER = { from: "2026-11-01" as CalendarDate, to: "2026-12-01" as CalendarDate };

type Made = {
  readonly host: string;
  readonly lead: string;
  readonly start: string;
  readonly state?: "done" | "no_show" | "confirmed" | "cancelled";
  readonly link?: string;
  readonly booked?: string;
};

async function meet(db: Db, { workspaceId }: Sales, made: Made): Promise<void> {
  const id = newId();
  const end = new Date(Date.parse(made.start) + 1_800_000).toISOString();
  const booked = made.booked ?? "2026-11-01T00:00:00Z";
  const row = {
    workspace_id: workspaceId,
    id,
    host_id: made.host,
    link_id: made.link ?? null,
    subject: "Roadmap",
    state: made.state ?? "done",
    declined: false,
    visibility: "public",
    starts_at: made.start,
    ends_at: end,
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
    place_kind: "none",
    uid: `${id}@meridian.example`,
    sequence: 0,
    version: 1,
    created_at: booked,
    updated_at: booked,
  };
  await insertRows(db, [
    { table: "meeting", rows: [row] },
    {
      table: "lead_meeting",
      rows: [
        { workspace_id: workspaceId, meeting_id: id, lead_id: made.lead, linked_at: made.start },
      ],
    },
  ]);
}

async function makeScene(db: Db) {
  const sales = await makeSales(db);
  const host = await makePerson(db, sales.workspaceId, {});
  const [open] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  const lost = sales.stages.find(({ type }) => type === "lost");
  if (open === undefined || won === undefined || lost === undefined) throw new Error("no stages");
  const created = at("2026-10-01T08:00:00Z");
  const deal = (more: Readonly<Record<string, string | number>> = {}) =>
    makeLeadRow(db, sales, { at: created, stage: open, ...more });
  const closed = (status: "won" | "lost", when = "2026-11-10T12:00:00Z") =>
    makeLeadRow(db, sales, {
      at: created,
      stage: status === "won" ? won : lost,
      status,
      closed_at: when,
      ...(status === "won" ? { amount_minor: 10_000 } : { lost_reason_id: sales.lostReason }),
    });
  const place = await getPlace(db, sales.workspaceId, NOW);
  return { sales, host, deal, closed, reader: { scope: sales.scope, place } };
}

test("meetings held before closing are counted for each deal that closed, and all rows add up to the win rate", async ({
  house: { db },
}) => {
  const { sales, host, closed, reader } = await makeScene(db);
  const none = await closed("lost");
  const one = await closed("won");
  const many = await closed("won");
  const before = await closed("won", "2026-10-31T23:59:59Z");
  const start = (day: string) => ({ host: host.id, start: `2026-${day}T09:00:00Z` });
  // Neither cancelled, nor missed, nor to come, nor after the closing.
  await meet(db, sales, { ...start("11-02"), lead: none, state: "cancelled" });
  await meet(db, sales, { ...start("11-03"), lead: none, state: "no_show" });
  await meet(db, sales, { ...start("11-12"), lead: none });
  await meet(db, sales, { ...start("11-04"), lead: one });
  for (const day of ["10-05", "10-06", "11-05", "11-10"])
    await meet(db, sales, { ...start(day), lead: many });
  await meet(db, sales, { ...start("10-07"), lead: before });
  const rows = await meetingsToWins(db, reader, NOVEMBER, NO_FILTER);
  expect(rows).toEqual([
    { meetings: "0", won: 0, closed: 1 },
    { meetings: "1", won: 1, closed: 1 },
    { meetings: "2", won: 0, closed: 0 },
    { meetings: "3+", won: 1, closed: 1 },
  ]);
  const question = { days: NOVEMBER, filter: NO_FILTER, by: null };
  const { closed_win_rate: rate } = await askMetrics(db, reader, ["closed_win_rate"], question);
  expect(rate.total.n).toBe(rows.reduce((sum, row) => sum + row.closed, 0));
  expect(rate.total.hits).toBe(rows.reduce((sum, row) => sum + row.won, 0));
});

test("a link's bookings of the days lead to its deals as they stand, each once", async ({
  house: { db },
}) => {
  const { sales, host, deal, closed, reader } = await makeScene(db);
  const quick = await makeLink(db, [host], { name: "Quick call" });
  const long = await makeLink(db, [host], { name: "Workshop" });
  const [open, poor, won] = [
    await deal({ amount_minor: 5_000 }),
    await deal(),
    await closed("won"),
  ];
  const book = (link: string, lead: string, more: Partial<Made> = {}) =>
    meet(db, sales, { host: host.id, link, lead, start: "2026-11-20T09:00:00Z", ...more });
  await book(quick.id, open);
  await book(quick.id, open, { state: "cancelled" });
  await book(quick.id, poor);
  await book(long.id, won, { booked: "2026-11-30T23:59:59Z" });
  // Booked before the days, and after them.
  await book(long.id, poor, { booked: "2026-10-31T23:59:59Z" });
  await book(long.id, poor, { booked: "2026-12-01T00:00:00Z" });
  expect(await linksToPipeline(db, reader, NOVEMBER, NO_FILTER)).toEqual([
    {
      linkId: quick.id,
      name: "Quick call",
      bookings: 3,
      leads: 2,
      opportunities: 2,
      openBase: 5_000,
      won: 0,
      wonBase: 0,
    },
    {
      linkId: long.id,
      name: "Workshop",
      bookings: 1,
      leads: 1,
      opportunities: 1,
      openBase: 0,
      won: 1,
      wonBase: 10_000,
    },
  ]);
});

test("nobody is told of meetings with deals they may not see", async ({ house: { db } }) => {
  const { sales, host, deal, closed, reader } = await makeScene(db);
  const link = await makeLink(db, [host], {});
  await meet(db, sales, {
    host: host.id,
    link: link.id,
    lead: await deal({ amount_minor: 1_000 }),
    start: "2026-11-02T09:00:00Z",
  });
  await closed("won");
  const team = await makeTeam(db, sales.workspaceId, "Elsewhere");
  const { scope } = await makeSeller(db, sales.workspaceId, { group: "crm_user", teams: [team] });
  const theirs = { ...reader, scope };
  expect(await linksToPipeline(db, theirs, NOVEMBER, NO_FILTER)).toEqual([]);
  const rows = await meetingsToWins(db, theirs, NOVEMBER, NO_FILTER);
  expect(rows.map(({ closed: count }) => count)).toEqual([0, 0, 0, 0]);
});
