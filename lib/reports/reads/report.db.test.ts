import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { makeRoom } from "@/lib/testing/factories/rooms";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { reportXlsx } from "../commands/report-files";
import type { Cell, Report, SectionKey } from "../core/report";
import { mailWeeklyReport } from "../handlers/mail-weekly-report";
import { readReport } from "./report";

const NOW = at("2026-11-21T12:00:00Z");
const PERIOD = { from: "2026-11-09" as CalendarDate, to: "2026-11-15" as CalendarDate };

type Given = {
  readonly start: string;
  readonly minutes: number;
  readonly state: "confirmed" | "done" | "no_show" | "cancelled" | "draft";
  readonly linked?: boolean;
  readonly createdAt?: string;
};

async function scene(house: House, meetings: readonly Given[]) {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Singapore" });
  const host = await makePerson(house.db, workspaceId, { name: "Ana Lim", zone: "Asia/Singapore" });
  const link = newId();
  const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
  await insertRows(house.db, [
    {
      table: "booking_link",
      rows: [
        {
          workspace_id: workspaceId,
          id: link,
          token: `report-${link}`,
          name: "=Demo",
          zone: "Asia/Singapore",
        },
      ],
    },
    {
      table: "booking_link_day",
      rows: [
        { workspace_id: workspaceId, link_id: link, on_date: "2026-11-10", views: 8, starts: 4 },
        { workspace_id: workspaceId, link_id: link, on_date: "2026-11-16", views: 100, starts: 1 },
      ],
    },
  ]);
  for (const given of meetings) {
    const id = newId();
    const start = at(given.start);
    await insertRows(house.db, [
      {
        table: "meeting",
        rows: [
          {
            workspace_id: workspaceId,
            id,
            link_id: given.linked ? link : null,
            host_id: host.id,
            subject: "Talk",
            state: given.state,
            starts_at: given.start,
            ends_at: toIso((start + given.minutes * 60_000) as typeof start),
            uid: `${id}@test`,
            created_at: given.createdAt ?? "2026-11-01T00:00:00Z",
          },
        ],
      },
      {
        table: "attendee",
        rows: [
          {
            workspace_id: workspaceId,
            id: newId(),
            meeting_id: id,
            kind: "host",
            user_id: host.id,
            name: host.name,
            email: host.email,
            zone: "UTC",
            locale: "en",
            starts_at: given.start,
          },
          {
            workspace_id: workspaceId,
            id: newId(),
            meeting_id: id,
            kind: "guest",
            user_id: null,
            name: "Mika",
            email: "mika@kaminari.example",
            zone: "Europe/Berlin",
            locale: "en",
            starts_at: null,
          },
        ],
      },
      {
        table: "meeting_room",
        rows: [
          {
            workspace_id: workspaceId,
            meeting_id: id,
            room_id: room.id,
            state: given.state === "cancelled" ? "declined" : "approved",
          },
        ],
      },
    ]);
  }
  return { workspaceId, host };
}

const MEETINGS: readonly Given[] = [
  // Monday 00:30 in Singapore is still Sunday in UTC: the workspace's day counts.
  { start: "2026-11-08T16:30:00Z", minutes: 60, state: "done" },
  { start: "2026-11-08T15:30:00Z", minutes: 60, state: "done" },
  {
    start: "2026-11-10T02:00:00Z",
    minutes: 30,
    state: "no_show",
    linked: true,
    createdAt: "2026-11-09T02:00:00Z",
  },
  {
    start: "2026-11-12T09:00:00Z",
    minutes: 90,
    state: "cancelled",
    linked: true,
    createdAt: "2026-11-10T09:00:00Z",
  },
  { start: "2026-11-15T15:59:00Z", minutes: 60, state: "confirmed" },
  { start: "2026-11-15T16:00:00Z", minutes: 60, state: "confirmed" },
  { start: "2026-11-11T09:00:00Z", minutes: 60, state: "draft" },
];

const figure = (report: Report, key: string) => report.figures.find((one) => one.key === key);
const rowsOf = (report: Report, key: SectionKey): readonly (readonly Cell[])[] =>
  report.sections.find((section) => section.key === key)?.rows ?? [];

test("figures are those of the period's days in the workspace's zone, counted by hand", async ({
  house,
}) => {
  const { workspaceId } = await scene(house, MEETINGS);
  const report = await readReport(house.db, workspaceId, PERIOD, NOW);
  expect(report.before).toEqual({ from: "2026-11-02", to: "2026-11-08" });
  // Sunday 16:30Z, Tuesday, Sunday 15:59Z: 60 + 30 + 60 minutes.
  expect(figure(report, "meetings")).toMatchObject({ value: 3, before: 1 });
  expect(figure(report, "hours")).toMatchObject({ value: 2.5, before: 1 });
  expect(figure(report, "cancelled")).toMatchObject({ value: 1, before: 0 });
  expect(figure(report, "bookings")).toMatchObject({ value: 2 });
  // One day and two days ahead: the median is a day and a half.
  expect(figure(report, "leadHours")).toMatchObject({ value: 36, of: 2 });
  expect(figure(report, "noShowRate")).toMatchObject({ value: 1 / 3, of: 3, before: 0 });
  // Nobody was mailed: there is no share of nothing.
  expect(figure(report, "mailsDelivered")).toMatchObject({ value: null, of: 0 });
});

test("tables count what they say", async ({ house }) => {
  const { workspaceId } = await scene(house, MEETINGS);
  const report = await readReport(house.db, workspaceId, PERIOD, NOW);
  expect(rowsOf(report, "links")).toEqual([["=Demo", 8, 2, 0.25, 36, 1, 1]]);
  // Open around the clock: 168 hours; the part of the last meeting after midnight is the next week's.
  const [room] = rowsOf(report, "rooms");
  expect(room?.slice(0, 3)).toEqual(["Orchid", "Singapore", 4]);
  expect(room?.[3]).toBeCloseTo(0.5 + 1 + 0.5 + 1 / 60, 6);
  expect(room?.[4]).toBe(168);
  // Singapore: 00:30, 10:00 and 23:59; inside 08:00 to 18:00 is the half hour at ten.
  const zones = rowsOf(report, "zones");
  expect(zones.find(([zone]) => zone === "Asia/Singapore")).toEqual([
    "Asia/Singapore",
    1,
    2.5,
    2,
    0.8,
  ]);
  // Berlin: 17:30 to 18:30 has half an hour inside; 03:00 and 16:59 to 17:59.
  const berlin = zones.find(([zone]) => zone === "Europe/Berlin");
  expect(berlin?.[3]).toBeCloseTo(2.5 - 0.5 - 1, 6);
  expect(rowsOf(report, "hosts")).toEqual([["Ana Lim", 3, 2.5, 1, 1]]);
});

test("a workbook holds the same cells, and text that looks like a formula is text", async ({
  house,
}) => {
  const { workspaceId } = await scene(house, MEETINGS);
  const report = await readReport(house.db, workspaceId, PERIOD, NOW);
  const bytes = await reportXlsx(report);
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(bytes.length).toBeGreaterThan(2_000);
  expect(bytes.includes(Buffer.from("<f>"))).toBe(false);
});

test("the weekly mail goes to those who manage meetings, once a week, unless they switched it off", async ({
  house,
}) => {
  const { workspaceId } = await scene(house, MEETINGS);
  const manager = (name: string) =>
    makePerson(house.db, workspaceId, { name, groups: ["meeting_manager"] });
  const [mei, off] = await Promise.all([manager("Mei"), manager("Off")]);
  await house.db.notificationPreference.create({
    data: { workspaceId, userId: off.id, event: "report/weekly", channel: "mail", enabled: false },
  });
  const monday = { ...house, now: () => at("2026-11-16T05:30:00Z") };
  await mailWeeklyReport(monday);
  await mailWeeklyReport(monday);
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(mails.map(({ toEmail, event }) => [toEmail, event])).toEqual([
    [mei.email, "report/weekly"],
  ]);
  const facts = mails[0]?.facts as { from: string; to: string; meetings: number };
  expect([facts.from, facts.to, facts.meetings]).toEqual(["2026-11-09", "2026-11-15", 3]);
});
