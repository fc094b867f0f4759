import { IconCalendar, IconDoor, IconSearch, IconVideo, IconX } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { dayMark } from "@/components/ui/day-mark";
import { t } from "@/components/ui/office-text";
import { SubmitButton } from "@/components/ui/submit-button";
import { listTabs } from "@/lib/meetings/core/meeting-list";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { dayDifference, formatDateLong, formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt, startOfDay } from "@/lib/time/offset";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import type { ListAsked } from "./list-address";
import { isFiltered, listAddress } from "./list-address";
import { ListKeys } from "./list-keys";
import classes from "./meeting-list.module.css";
import { StatusTag } from "./status-tag";
import { ViewSwitch } from "./view-switch";

type Day = { readonly date: CalendarDate; readonly rows: readonly MeetingRow[] };

/** Rows in their order, cut where the reader's date changes. */
function byDay(rows: readonly MeetingRow[], reader: ScreenReader): readonly Day[] {
  const days: { date: CalendarDate; rows: MeetingRow[] }[] = [];
  for (const row of rows) {
    const date = calendarDateAt(reader.zone, row.start);
    const last = days.at(-1);
    if (last?.date === date) last.rows.push(row);
    else days.push({ date, rows: [row] });
  }
  return days;
}

function Tabs({ asked, waiting }: { asked: ListAsked; waiting: number }) {
  return (
    <nav className={classes.tabs} aria-label={t("list.tabs")}>
      {listTabs.map((tab) => (
        <Link
          key={tab}
          href={listAddress(asked, { tab, pages: 1, open: undefined })}
          aria-current={tab === asked.tab ? "page" : undefined}
        >
          {t(`list.${tab}`)}
          {tab === "waiting" && waiting > 0 ? <span>{waiting}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

function Filters({ asked, reader }: { asked: ListAsked; reader: ScreenReader }) {
  const chips = [
    asked.q === ""
      ? undefined
      : { label: t("list.chipSearch", { words: asked.q }), without: { q: "" } },
    asked.from === undefined
      ? undefined
      : {
          label: t("list.chipFrom", {
            date: formatDateShort(startOfDay(asked.from, reader.zone), reader),
          }),
          without: { from: undefined },
        },
    asked.to === undefined
      ? undefined
      : {
          label: t("list.chipTo", {
            date: formatDateShort(startOfDay(asked.to, reader.zone), reader),
          }),
          without: { to: undefined },
        },
    asked.link === undefined
      ? undefined
      : { label: t("list.chipLink"), without: { link: undefined } },
    asked.bookedFrom === undefined || asked.bookedTo === undefined
      ? undefined
      : {
          label: t("list.chipBooked", { from: asked.bookedFrom, to: asked.bookedTo }),
          without: { bookedFrom: undefined, bookedTo: undefined },
        },
    asked.outcome === undefined
      ? undefined
      : {
          label: t("list.chipOutcome", { outcome: asked.outcome }),
          without: { outcome: undefined },
        },
  ].filter((chip) => chip !== undefined);
  return (
    <div className={classes.filters}>
      <Form action="/meetings" className={classes.form} role="search" key={listAddress(asked)}>
        {asked.tab === "upcoming" ? null : <input type="hidden" name="tab" value={asked.tab} />}
        {(["link", "bookedFrom", "bookedTo", "outcome", "days"] as const).map((name) =>
          asked[name] === undefined ? null : (
            <input key={name} type="hidden" name={name} value={asked[name]} />
          ),
        )}
        <label className={classes.search}>
          <IconSearch size={14} stroke={1.6} aria-hidden="true" />
          <span className="sr-only">{t("list.search")}</span>
          <input
            name="q"
            type="search"
            defaultValue={asked.q}
            placeholder={t("list.search")}
            maxLength={100}
          />
        </label>
        <label className={classes.date}>
          <span>{t("list.from")}</span>
          <input name="from" type="date" defaultValue={asked.from} />
        </label>
        <label className={classes.date}>
          <span>{t("list.to")}</span>
          <input name="to" type="date" defaultValue={asked.to} />
        </label>
        <SubmitButton>{t("list.apply")}</SubmitButton>
      </Form>
      {chips.length === 0 ? null : (
        <ul className={classes.chips} aria-label={t("list.filters")}>
          {chips.map(({ label, without }) => (
            <li key={label}>
              <Link
                href={listAddress(asked, { ...without, pages: 1 })}
                aria-label={t("list.remove", { filter: label })}
              >
                {label}
                <IconX size={12} stroke={1.8} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** "09:00 Oslo", and the day where it is another one; nothing for a guest in the reader's own zone. */
function GuestTime({ row, reader }: { row: MeetingRow; reader: ScreenReader }) {
  if (row.guestZone === null || row.guestZone === reader.zone) return null;
  const days = dayDifference(row.start, reader.zone, row.guestZone);
  return (
    <>
      <b>{formatTime(row.start, { ...reader, zone: row.guestZone })}</b> {zoneCity(row.guestZone)}
      {days === 0 ? "" : ` ${dayMark(days)}`}
    </>
  );
}

function Row({
  row,
  asked,
  reader,
  viewerId,
}: {
  row: MeetingRow;
  asked: ListAsked;
  reader: ScreenReader;
  viewerId: string;
}) {
  const gone = row.status === "cancelled" || row.status === "declined";
  return (
    <li className={classes.row} data-open={row.id === asked.open || undefined}>
      <p className={classes.when} data-gone={gone || undefined}>
        <time dateTime={toIso(row.start)}>{formatTime(row.start, reader)}</time>
        <span>
          <span className="sr-only">{t("home.until")} </span>
          {formatTime(row.end, reader)}
        </span>
      </p>
      <div className={classes.what}>
        <h3>
          <Link
            href={listAddress(asked, { open: row.id })}
            scroll={false}
            data-row
            aria-current={row.id === asked.open ? "true" : undefined}
          >
            {row.subject === "" ? t("status.private") : row.subject}
          </Link>
        </h3>
        <p className="clip">
          {row.guestNames.length > 0 ? row.guestNames.join(", ") : t("home.noGuests")}
          {row.hostId === viewerId ? "" : ` · ${t("list.hostedBy", { name: row.hostName })}`}
        </p>
      </div>
      <p className={classes.place}>
        {row.place === null ? null : (
          <>
            {row.joinUrl === null ? (
              <IconDoor size={14} stroke={1.6} aria-hidden="true" />
            ) : (
              <IconVideo size={14} stroke={1.6} aria-hidden="true" />
            )}
            <span className="clip">{row.place}</span>
          </>
        )}
      </p>
      <p className={classes.local}>
        <GuestTime row={row} reader={reader} />
      </p>
      <StatusTag status={row.status} />
    </li>
  );
}

/** Meetings by day, with saved views as tabs and filters in the address; j and k move, Enter opens. */
export function MeetingList({
  asked,
  rows,
  hasMore,
  waiting,
  reader,
  viewerId,
  now,
}: {
  asked: ListAsked;
  rows: readonly MeetingRow[];
  hasMore: boolean;
  waiting: number;
  reader: ScreenReader;
  viewerId: string;
  now: Instant;
}) {
  const zone = `${zoneCity(reader.zone)} (${zoneAbbreviation(now, reader.zone, reader.locale)})`;
  return (
    <section className={classes.list}>
      <header className={classes.head}>
        <div>
          <h1>{t("places.meetings")}</h1>
          <p>{t("list.context", { zone })}</p>
        </div>
        <ViewSwitch view="list" />
      </header>
      <Tabs asked={asked} waiting={waiting} />
      <Filters asked={asked} reader={reader} />
      {rows.length === 0 ? (
        <Blank
          icon={<IconCalendar size={20} stroke={1.6} />}
          title={isFiltered(asked) ? t("list.noMatch") : t(`list.${asked.tab}None`)}
          action={
            isFiltered(asked) ? (
              <ButtonLink
                href={listAddress({
                  tab: asked.tab,
                  q: "",
                  from: undefined,
                  to: undefined,
                  pages: 1,
                  open: undefined,
                })}
              >
                {t("list.clear")}
              </ButtonLink>
            ) : undefined
          }
        >
          {isFiltered(asked) ? t("list.noMatchWhy") : t(`list.${asked.tab}NoneWhy`)}
        </Blank>
      ) : (
        byDay(rows, reader).map(({ date, rows: ofDay }) => (
          <section key={date} className={classes.day} aria-labelledby={`day-${date}`}>
            <h2 id={`day-${date}`}>{formatDateLong(ofDay[0]?.start ?? now, reader)}</h2>
            <ul>
              {ofDay.map((row) => (
                <Row key={row.id} row={row} asked={asked} reader={reader} viewerId={viewerId} />
              ))}
            </ul>
          </section>
        ))
      )}
      {hasMore ? (
        <p className={classes.more}>
          <ButtonLink href={listAddress(asked, { pages: asked.pages + 1 })} keepScroll>
            {t("list.more")}
          </ButtonLink>
        </p>
      ) : null}
      <ListKeys />
    </section>
  );
}
