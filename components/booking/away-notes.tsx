import controls from "@/components/guest/controls.module.css";
import type { BookingPage, HostAway } from "@/lib/booking/core/booking-page";
import type { Translate } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { formatDateShort } from "@/lib/time/format";
import styles from "./booking.module.css";
import { promisedHost, shortName } from "./host-names";

type NotesProps = {
  readonly page: BookingPage;
  readonly words: Translate;
  readonly locale: Locale;
  /** True within a page of another site, where the colleague's calendar stands in the frame too. */
  readonly framed?: boolean;
};

function awayText(away: HostAway, { page, words, locale }: NotesProps): string {
  const reader = { zone: page.hostZone, locale };
  const host = shortName({ name: away.name, title: null });
  const until = formatDateShort(away.until, reader);
  return away.from <= page.asOf
    ? words("book.away", { host, until })
    : words("book.awayLater", { host, from: formatDateShort(away.from, reader), until });
}

/**
 * Who is away, and the link that takes meetings meanwhile. Not where others of several take them on this very link:
 * who of them is away is nobody's business there.
 */
export function AwayNotes(props: NotesProps) {
  const { page, words, locale, framed = false } = props;
  const matters = promisedHost(page) !== undefined || page.starts.length === 0;
  if (!matters || page.away.length === 0) return null;
  return (
    <ul className={styles.away}>
      {page.away.map((away) => (
        <li className={controls.small} key={`${away.name} ${away.from}`}>
          {awayText(away, props)}
          {away.redirect === null ? null : (
            <>
              {" "}
              <a href={`/${framed ? "embed" : "book"}/${away.redirect.token}?locale=${locale}`}>
                {words("book.awayMeanwhile", { link: away.redirect.name })}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
