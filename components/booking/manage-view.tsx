import type { ReactNode } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import { formatDateLong } from "@/lib/time/format";
import { Answers } from "./answers";
import { CalendarLinks, hasCalendarLinks } from "./calendar-links";
import { shortName } from "./host-names";
import styles from "./own.module.css";
import type { OwnReader } from "./own-texts";
import { invitedNames, momentText, placeText } from "./own-texts";
import { TimeRange } from "./time-range";

/** A booking with everything about it on the left, and on the right what can be done (`children`). */
export function ManageView({
  booking,
  reader,
  words,
  children,
}: {
  readonly booking: GuestBooking;
  readonly reader: OwnReader;
  readonly words: Translate;
  readonly children: ReactNode;
}) {
  const span = { from: booking.start, to: booking.end };
  const isPending = booking.status === "pending";
  const place = placeText(booking, reader.locale);
  const { host, hostZone, bookedAt, changeableUntil } = booking;
  return (
    <article className={`${controls.card} ${styles.manage}`}>
      <aside aria-label={words("own.yourBooking")}>
        <span className={`${styles.pill} ${isPending ? styles.wait : styles.ok}`}>
          <Icon name={isPending ? "clock" : "check"} />
          {words(isPending ? "own.pillPending" : "own.pillConfirmed")}
        </span>
        <div>
          <h1 className={controls.h1Small}>
            <bdi>{booking.linkName}</bdi>
          </h1>
          <p className={`${controls.small} ${controls.quiet}`}>
            {words("details.with", { host: host.name })}
          </p>
        </div>
        <div>
          <p className={`${controls.small} ${controls.quiet}`}>
            {formatDateLong(booking.start, reader)}
          </p>
          <p className={styles.big}>
            <TimeRange span={span} {...reader} />
          </p>
          <p className={`${controls.small} ${controls.quiet}`}>
            {words("details.yourTime", { city: reader.cities.own })}
          </p>
        </div>
        <table className={controls.zones}>
          <caption className="sr-only">{words("details.sameForHost")}</caption>
          <tbody>
            <tr>
              <th scope="row">
                {words("details.hostCity", { host: shortName(host), city: reader.cities.host })}
              </th>
              <td>
                <TimeRange span={span} {...reader} zone={hostZone} />
              </td>
            </tr>
          </tbody>
        </table>
        {booking.joinUrl === null ? null : (
          <a className={controls.button} href={booking.joinUrl} target="_blank" rel="noreferrer">
            <Icon name="video" />
            {booking.place.label === ""
              ? words("own.joinPlain")
              : words("own.join", { place: booking.place.label })}
          </a>
        )}
        <dl className={controls.pairs}>
          <dt>{words("own.subject")}</dt>
          <dd>
            <bdi>{booking.subject}</bdi>
          </dd>
          {place === "" ? null : (
            <>
              <dt>{words("own.where")}</dt>
              <dd>{place}</dd>
            </>
          )}
          <dt>{words("own.guests")}</dt>
          <dd>{invitedNames(booking, reader.locale)}</dd>
          <dt>{words("own.booked")}</dt>
          <dd className={controls.number}>{momentText(bookedAt, reader)}</dd>
        </dl>
        <Answers booking={booking} words={words} />
        {booking.shared ? (
          <p className={`${controls.small} ${controls.quiet}`}>{words("own.sharedText")}</p>
        ) : null}
        {hasCalendarLinks(booking) ? (
          <details className={styles.calendarLinks}>
            <summary>
              <Icon name="calendar" />
              {words("own.addToCalendar")}
            </summary>
            <CalendarLinks booking={booking} words={words} />
          </details>
        ) : null}
      </aside>
      <div>
        {changeableUntil === null ? (
          <section className={styles.act}>
            <div>
              <h2 className={controls.h2}>{words("own.tooLate")}</h2>
              <p className={`${controls.small} ${controls.quiet}`}>
                {words("own.tooLateText", { host: shortName(host) })}
              </p>
            </div>
          </section>
        ) : (
          children
        )}
      </div>
    </article>
  );
}
