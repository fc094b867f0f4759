import type { Db } from "@/lib/db/client";
import { openSpans } from "@/lib/rooms/core/free";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS } from "@/lib/time/instant";
import { calendarDateAt, endOfDay, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { periodBefore, periodOf } from "../core/period";
import type { Cell, Figure, Period, Report, Section, SectionKey } from "../core/report";
import { COLUMNS, shareOf } from "../core/report";
import type { Span, Totals } from "./figures";
import { readTotals } from "./figures";
import {
  findPlace,
  listAccountRows,
  listHostRows,
  listLinkRows,
  listMailRows,
  listRoomRows,
  listZoneRows,
} from "./sections";

const spanOf = ({ from, to }: Period, zone: TimeZone): Span => ({
  from: startOfDay(from, zone),
  to: endOfDay(to, zone),
});

function figuresOf(now: Totals, before: Totals): Figure[] {
  const noShowRate = (totals: Totals) => shareOf(totals.noShows, totals.ended);
  const delivered = (totals: Totals) => shareOf(totals.delivered, totals.mails);
  return [
    {
      key: "meetings",
      unit: "count",
      value: now.meetings,
      before: before.meetings,
      of: null,
      rows: "taken",
    },
    {
      key: "hours",
      unit: "hours",
      value: now.hours,
      before: before.hours,
      of: now.meetings,
      rows: "taken",
    },
    {
      key: "bookings",
      unit: "count",
      value: now.bookings,
      before: before.bookings,
      of: null,
      rows: "booked",
    },
    {
      key: "leadHours",
      unit: "hours",
      value: now.leadHours,
      before: before.leadHours,
      of: now.bookings,
      rows: "booked",
    },
    {
      key: "cancelled",
      unit: "count",
      value: now.cancelled,
      before: before.cancelled,
      of: null,
      rows: "cancelled",
    },
    {
      key: "noShowRate",
      unit: "share",
      value: noShowRate(now),
      before: noShowRate(before),
      of: now.ended,
      rows: "no-show",
    },
    {
      key: "mailsDelivered",
      unit: "share",
      value: delivered(now),
      before: delivered(before),
      of: now.mails,
      rows: null,
    },
    {
      key: "providerFailures",
      unit: "count",
      value: now.failures,
      before: before.failures,
      of: now.calls,
      rows: null,
    },
  ];
}

const section = (key: SectionKey, rows: readonly (readonly Cell[])[]): Section => ({
  key,
  columns: COLUMNS[key],
  rows,
});

/** How long a room is open within a span, hours. */
function openHours(room: Parameters<typeof openSpans>[0], span: Span): number {
  const open = openSpans(room, span).reduce((sum, { from, to }) => sum + (to - from), 0);
  return open / HOUR_MS;
}

/** Every table of a period, each from one statement. */
async function sectionsOf(
  db: Db,
  workspaceId: string,
  period: Period,
  zone: TimeZone,
): Promise<Section[]> {
  const span = spanOf(period, zone);
  const asked = { workspaceId, span, period };
  const [links, rooms, accounts, mails, zones, hosts] = await Promise.all([
    listLinkRows(db, asked),
    listRoomRows(db, asked),
    listAccountRows(db, asked),
    listMailRows(db, asked),
    listZoneRows(db, asked),
    listHostRows(db, asked),
  ]);
  return [
    section(
      "links",
      links.map((l) => [
        l.name,
        l.views,
        l.bookings,
        shareOf(l.bookings, l.views),
        l.leadHours,
        l.cancelled,
        l.noShows,
      ]),
    ),
    section(
      "rooms",
      rooms.map((r) => {
        const open = openHours(r, span);
        return [r.name, r.location, r.meetings, r.taken, open, shareOf(r.taken, open), r.released];
      }),
    ),
    section(
      "accounts",
      accounts.map((a) => [
        a.name,
        a.provider,
        a.meetings,
        a.hours,
        a.calls,
        a.failures,
        a.throttled,
        a.busiest,
      ]),
    ),
    section(
      "mails",
      mails.map((m) => [
        m.event,
        m.mails,
        m.sent,
        m.bounced,
        m.failed,
        m.suppressed,
        m.waiting,
        shareOf(m.sent, m.sent + m.bounced + m.failed),
      ]),
    ),
    section(
      "zones",
      zones.map((z) => [z.zone, z.people, z.hours, z.outside, shareOf(z.outside, z.hours)]),
    ),
    section(
      "hosts",
      hosts.map((h) => [h.name, h.meetings, h.hours, h.cancelled, h.noShows]),
    ),
  ];
}

export type ReportAsked = {
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
};

/** A period of a workspace in figures and tables, with the days before it beside. Days are the workspace's. */
export async function readReport(
  db: Db,
  workspaceId: string,
  asked: ReportAsked,
  now: Instant,
): Promise<Report> {
  const { name, zone } = await findPlace(db, workspaceId);
  const period = periodOf(asked, calendarDateAt(zone, now));
  const before = periodBefore(period);
  const [totals, totalsBefore, sections] = await Promise.all([
    readTotals(db, workspaceId, spanOf(period, zone), now),
    readTotals(db, workspaceId, spanOf(before, zone), now),
    sectionsOf(db, workspaceId, period, zone),
  ]);
  return {
    period,
    before,
    zone,
    workspaceName: name,
    figures: figuresOf(totals, totalsBefore),
    sections,
  };
}
