import controls from "@/components/guest/controls.module.css";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import { shortName } from "./host-names";
import styles from "./own.module.css";
import { RedirectSoon } from "./redirect-soon";

/** The host's words for after the booking, and the way to the host's own page. */
export function AfterBooking({
  booking,
  words,
  leads,
}: {
  readonly booking: GuestBooking;
  readonly words: Translate;
  /** True right after booking: the host's page opens by itself. */
  readonly leads: boolean;
}) {
  const { afterNote, redirectUrl, host } = booking;
  const url = redirectUrl !== null && URL.canParse(redirectUrl) ? redirectUrl : null;
  const site = url === null ? "" : new URL(url).hostname;
  const label = words("own.goOn", { site });
  return (
    <>
      {afterNote === null ? null : (
        <section className={styles.note} aria-labelledby="after-note">
          <h2 className={controls.h3} id="after-note">
            {words("own.afterNote", { host: shortName(host) })}
          </h2>
          <p className="theirs">{afterNote}</p>
        </section>
      )}
      {url !== null && leads ? (
        <RedirectSoon
          url={url}
          text={words("own.goingOn", { site })}
          label={label}
          stay={words("own.stay")}
        />
      ) : null}
      {url !== null && !leads ? (
        <div className={styles.onward}>
          <a className={controls.button} href={url} target="_blank" rel="noreferrer">
            {label}
          </a>
        </div>
      ) : null}
    </>
  );
}
