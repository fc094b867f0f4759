import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import { comma } from "@/lib/i18n/locale";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { AfterBooking } from "./after-booking";
import { Answers } from "./answers";
import { BothTimes } from "./both-times";
import { CalendarLinks, hasCalendarLinks } from "./calendar-links";
import { CopyLink } from "./copy-link";
import { shortName } from "./host-names";
import styles from "./own.module.css";
import type { OwnReader } from "./own-texts";
import { invitedNames, momentText, placeText } from "./own-texts";

type DoneProps = {
  readonly booking: GuestBooking;
  readonly reader: OwnReader;
  readonly words: Translate;
  readonly locator: string;
  /** The address in the guest's mail, capability included: shown to the guest alone. */
  readonly privateLink: string;
  /** True within a page of another site: the guest's own page needs a window of its own, and its cookie. */
  readonly framed?: boolean;
  /** True right after booking. */
  readonly justBooked?: boolean;
};

function receivedText({ booking, reader, words }: DoneProps): string {
  const host = shortName(booking.host);
  return booking.heldUntil === null
    ? words("own.receivedTextOpen", { host })
    : words("own.receivedText", { host, time: momentText(booking.heldUntil, reader) });
}

function Head(props: DoneProps) {
  const { booking, words } = props;
  const isPending = booking.status === "pending";
  return (
    <header className={styles.head}>
      <span className={`${styles.badge} ${isPending ? styles.wait : styles.ok}`}>
        <Icon name={isPending ? "clock" : "check"} />
      </span>
      <h1 className={controls.h1}>{words(isPending ? "own.received" : "own.confirmed")}</h1>
      <p>
        {isPending
          ? receivedText(props)
          : words("own.confirmedText", {
              email: booking.guestEmail,
              others: booking.otherGuests.length,
            })}
      </p>
    </header>
  );
}

function Steps({ booking, reader, words }: DoneProps) {
  return (
    <ol className={styles.steps}>
      <li className={styles.stepDone}>
        <b>
          <Icon name="check" />
          {words("own.stepRequested")}
        </b>
        <span className={controls.number}>
          {formatDateShort(booking.bookedAt, reader)}
          {comma(reader.locale)}
          {formatTime(booking.bookedAt, reader)}
        </span>
      </li>
      <li className={styles.stepNow}>
        <b>{words("own.stepAnswer", { host: shortName(booking.host) })}</b>
        {words("own.stepWaiting")}
      </li>
      <li>
        <b>{words("own.stepInvitation")}</b>
        {words("own.stepInvitationText")}
      </li>
    </ol>
  );
}

function Place({ booking, reader, words }: DoneProps) {
  const place = placeText(booking, reader.locale);
  if (booking.joinUrl !== null) {
    return (
      <>
        {place}
        {comma(reader.locale)}
        <a href={booking.joinUrl} target="_blank" rel="noreferrer">
          <bdi dir="ltr">{booking.joinUrl.replace(/^https?:\/\//, "")}</bdi>
        </a>
      </>
    );
  }
  const comesLater = booking.status === "pending" && booking.place.kind === "virtual";
  return comesLater ? words("own.placeLater", { place }) : place;
}

/** "http://…/m/7rQ2…hX4c": enough to recognise, not enough to read off a screen. */
const shortened = (link: string): string =>
  `${link.replace(/^https?:\/\//, "").slice(0, -39)}…${link.slice(-4)}`;

/** What a guest sees after booking: what was booked, on both clocks, and the way to change it. */
export function DoneView(props: DoneProps) {
  const {
    booking,
    reader,
    words,
    locator,
    privateLink,
    framed = false,
    justBooked = false,
  } = props;
  const away = framed ? ({ target: "_blank", rel: "noopener" } as const) : {};
  return (
    <article className={controls.card}>
      <Head {...props} />
      <BothTimes booking={booking} reader={reader} words={words} />
      {booking.status === "pending" ? <Steps {...props} /> : null}
      <div className={styles.body}>
        <dl className={controls.pairs}>
          <dt>{words("own.meeting")}</dt>
          <dd>
            <bdi>
              {booking.subject.startsWith(booking.linkName)
                ? booking.subject
                : `${booking.linkName}: ${booking.subject}`}
            </bdi>
          </dd>
          {booking.place.kind === "none" ? null : (
            <>
              <dt>{words("own.where")}</dt>
              <dd>
                <Place {...props} />
              </dd>
            </>
          )}
          <dt>{words("own.guests")}</dt>
          <dd>{invitedNames(booking, reader.locale)}</dd>
        </dl>
        <Answers booking={booking} words={words} />
        {booking.shared ? (
          <p className={`${controls.small} ${controls.quiet}`}>{words("own.sharedText")}</p>
        ) : null}
      </div>
      <AfterBooking booking={booking} words={words} leads={!framed && justBooked} />
      {hasCalendarLinks(booking) ? (
        <div className={styles.acts}>
          <h2 className={controls.h3}>{words("own.addToCalendar")}</h2>
          <CalendarLinks booking={booking} words={words} />
        </div>
      ) : (
        <div className={styles.acts} />
      )}
      <div className={styles.manageLine}>
        <div className={`${controls.small} ${controls.quiet}`}>
          <p>{words("own.needChange")}</p>
          <span className={styles.privateLink}>
            <a href={privateLink} {...away}>
              <bdi dir="ltr">{shortened(privateLink)}</bdi>
            </a>
            <CopyLink address={privateLink} label={words("own.copy")} done={words("own.copied")} />
          </span>
        </div>
        <a
          className={controls.button}
          href={framed ? privateLink : `/m/${locator}?manage=1`}
          {...away}
        >
          {words("own.manage")}
        </a>
      </div>
    </article>
  );
}
