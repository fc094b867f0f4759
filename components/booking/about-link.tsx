import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { Translate } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { comma } from "@/lib/i18n/locale";
import { AwayNotes } from "./away-notes";
import styles from "./booking.module.css";
import { initialsOf, promisedHost, shortName } from "./host-names";
import { PlaceCards } from "./place-cards";
import { placeIcon } from "./place-icon";

type AboutProps = {
  readonly page: BookingPage;
  readonly words: Translate;
  readonly locale: Locale;
  /** True within a page of another site. */
  readonly framed?: boolean;
};

function Hosts({ page, words, locale }: AboutProps) {
  const host = promisedHost(page);
  if (host) {
    return (
      <div className={controls.who}>
        <span className={controls.avatar} aria-hidden="true">
          {initialsOf(host.name)}
        </span>
        <span className={`${controls.small} ${controls.quiet}`}>
          <b>
            <bdi>{host.name}</bdi>
          </b>
          <bdi>{host.title}</bdi>
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
        <b>
          <bdi>{page.hosts.map((each) => each.name).join(comma(locale))}</bdi>
        </b>
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
export function AboutLink(props: AboutProps) {
  const { page, words, locale } = props;
  const { place, places, extraGuests } = page;
  return (
    <section className={`${styles.column} ${styles.about}`} aria-labelledby="title">
      <Hosts {...props} />
      <div>
        <h1 className={controls.h1} id="title">
          <bdi>{page.linkName}</bdi>
        </h1>
        {page.description === null ? null : (
          <p className={`${styles.description} theirs`}>{page.description}</p>
        )}
      </div>
      <ul className={controls.facts}>
        {page.otherOffers.length > 0 ? null : (
          <li>
            <Icon name="clock" />
            <b>{words("book.minutes", { minutes: page.durationMinutes })}</b>
          </li>
        )}
        {place.kind === "none" || places.length > 1 ? null : (
          <li>
            <Icon name={placeIcon(place)} />
            <span>
              <bdi>{place.label}</bdi>
              {place.detail === null ? null : comma(locale)}
              <bdi>{place.detail}</bdi>
            </span>
          </li>
        )}
        <li>
          <Icon name="people" />
          <span>
            {extraGuests === 0 ? words("book.alone") : words("book.seats", { count: extraGuests })}
          </span>
        </li>
        {page.seats < 2 ? null : (
          <li>
            <Icon name="people" />
            <span>{words("book.shared", { count: page.seats })}</span>
          </li>
        )}
        <li>
          <Icon name="shield" />
          <span>{approvalText(page, words)}</span>
        </li>
      </ul>
      <AwayNotes {...props} />
      {places.length < 2 ? null : (
        <PlaceCards places={places} chosen={places[0]?.id ?? ""} words={words} />
      )}
    </section>
  );
}
