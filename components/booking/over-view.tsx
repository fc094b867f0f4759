import controls from "@/components/guest/controls.module.css";
import type { IconName } from "@/components/guest/icon";
import { Icon } from "@/components/guest/icon";
import type { GuestBooking, GuestBookingStatus } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import { BothTimes } from "./both-times";
import { shortName } from "./host-names";
import styles from "./own.module.css";
import type { OwnReader } from "./own-texts";
import type { ManageAction } from "./undo-bar";
import { UndoBar } from "./undo-bar";

type Over = Extract<GuestBookingStatus, "cancelled" | "declined" | "past">;

export const isOver = (status: GuestBookingStatus): status is Over =>
  status === "cancelled" || status === "declined" || status === "past";

const LOOKS: Readonly<
  Record<Over, { readonly icon: IconName; readonly tone: string | undefined }>
> = {
  cancelled: { icon: "cross", tone: styles.harm },
  declined: { icon: "cross", tone: styles.harm },
  past: { icon: "check", tone: styles.over },
};

/** A booking that is cancelled, declined or over: what became of it, and how to book another. */
export function OverView({
  booking,
  status,
  reader,
  words,
  locator,
  undoAction,
}: {
  readonly booking: GuestBooking;
  readonly status: Over;
  readonly reader: OwnReader;
  readonly words: Translate;
  readonly locator: string;
  readonly undoAction: ManageAction;
}) {
  const { icon, tone } = LOOKS[status];
  const key = booking.left ? "left" : status;
  return (
    <article className={controls.card}>
      <header className={styles.head}>
        <span className={`${styles.badge} ${tone ?? ""}`}>
          <Icon name={icon} />
        </span>
        <h1 className={controls.h1}>{words(`own.${key}`)}</h1>
        <p>{words(`own.${key}Text`, { host: shortName(booking.host) })}</p>
      </header>
      {booking.undoableUntil === null ? null : (
        <UndoBar
          action={undoAction}
          locator={locator}
          version={booking.version}
          until={booking.undoableUntil}
          text={words("own.undoText")}
          label={words("own.undo")}
          working={words("own.working")}
        />
      )}
      <BothTimes booking={booking} reader={reader} words={words} struck={status !== "past"} />
      <div className={styles.body}>
        <dl className={controls.pairs}>
          <dt>{words("own.meeting")}</dt>
          <dd>
            <bdi>{booking.linkName}</bdi>
          </dd>
          {booking.cancelReason === null || status === "past" ? null : (
            <>
              <dt>{words("own.reason")}</dt>
              <dd>
                <bdi>{booking.cancelReason}</bdi>
              </dd>
            </>
          )}
        </dl>
      </div>
      <div className={styles.acts}>
        {booking.linkToken === null ? null : (
          <div className={controls.row}>
            <a className={controls.button} href={`/book/${booking.linkToken}`}>
              {words("own.bookAgain")}
            </a>
          </div>
        )}
      </div>
    </article>
  );
}
