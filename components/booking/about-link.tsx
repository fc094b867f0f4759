import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { Translate } from "@/lib/i18n/catalogue";
import styles from "./booking.module.css";
import { initialsOf, promisedHost, shortName } from "./host-names";
import { placeIcon } from "./place-icon";

function Hosts({ page, words }: { readonly page: BookingPage; readonly words: Translate }) {
  const host = promisedHost(page);
  if (host) {
    return (
      <div className={controls.who}>
        <span className={controls.avatar} aria-hidden="true">
          {initialsOf(host.name)}
        </span>
        <span className={`${controls.small} ${controls.quiet}`}>
          <b>{host.name}</b>
          {host.title}
        </span>
      </div>
    );
  }
  return (
    <div className={controls.who}>
      <span className={controls.avatar} aria-hidden="true">
        <Icon name="people" />
      </span>
      <span className={`${controls.small} ${controls.quiet}`}>
        <b>{page.hosts.map((each) => each.name).join(", ")}</b>
        {page.roundRobin ? words("book.team") : null}
      </span>
    </div>
  );
}

function approvalText(page: BookingPage, words: Translate): string {
  if (!page.needsApproval) return words("book.instant");
  const host = promisedHost(page);
  return host ? words("book.approval", { host: shortName(host) }) : words("book.approvalTeam");
}

/** What is booked, and with whom. */
export function AboutLink({
  page,
  words,
}: {
  readonly page: BookingPage;
  readonly words: Translate;
}) {
  const { place, extraGuests } = page;
  return (
    <section className={`${styles.column} ${styles.about}`} aria-labelledby="title">
      <Hosts page={page} words={words} />
      <div>
        <h1 className={controls.h1} id="title">
          {page.linkName}
        </h1>
        {page.description === null ? null : (
          <p className={styles.description}>{page.description}</p>
        )}
      </div>
      <ul className={controls.facts}>
        <li>
          <Icon name="clock" />
          <b>{words("book.minutes", { minutes: page.durationMinutes })}</b>
        </li>
        {place.kind === "none" ? null : (
          <li>
            <Icon name={placeIcon(place)} />
            <span>
              {place.label}
              {place.detail === null ? null : `, ${place.detail}`}
            </span>
          </li>
        )}
        <li>
          <Icon name="people" />
          <span>
            {extraGuests === 0 ? words("book.alone") : words("book.seats", { count: extraGuests })}
          </span>
        </li>
        <li>
          <Icon name="shield" />
          <span>{approvalText(page, words)}</span>
        </li>
      </ul>
    </section>
  );
}
