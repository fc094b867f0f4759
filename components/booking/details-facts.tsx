import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { Translate } from "@/lib/i18n/catalogue";
import { comma } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import styles from "./details.module.css";
import { initialsOf, promisedHost, shortName } from "./host-names";
import { placeIcon } from "./place-icon";

/** "24 hours", "90 minutes". */
function deadlineText(minutes: number, words: Translate): string {
  return minutes % 60 === 0
    ? words("details.deadlineHours", { count: minutes / 60 })
    : words("details.deadlineMinutes", { count: minutes });
}

/** The link's name and host, above the chosen time. */
export function DetailsHeading({
  page,
  allTimes,
  words,
}: {
  readonly page: BookingPage;
  readonly allTimes: string;
  readonly words: Translate;
}) {
  const host = promisedHost(page);
  const name = host?.name ?? page.workspaceName;
  return (
    <>
      <a className={styles.back} href={allTimes}>
        <Icon name="left" />
        {words("details.allTimes")}
      </a>
      <div className={controls.who}>
        <span className={controls.avatar} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <div>
          <h1 className={controls.h1Small}>
            <bdi>{page.linkName}</bdi>
          </h1>
          <p className={`${controls.small} ${controls.quiet}`}>
            {words("details.with", { host: name })}
          </p>
        </div>
      </div>
    </>
  );
}

/** How long, where, and what happens after the button. */
export function DetailsFacts({
  page,
  start,
  words,
  locale,
}: {
  readonly page: BookingPage;
  readonly start: Instant | undefined;
  readonly words: Translate;
  readonly locale: string;
}) {
  const host = promisedHost(page);
  const hostLabel = host ? shortName(host) : page.workspaceName;
  const { place, places, seats, seatsLeft, changeDeadlineMinutes } = page;
  const left = seatsLeft?.find(([each]) => each === start)?.[1] ?? seats;
  return (
    <>
      <ul className={`${controls.facts} ${controls.small}`}>
        <li>
          <Icon name="clock" />
          <span>{words("book.minutes", { minutes: page.durationMinutes })}</span>
        </li>
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
        {seats < 2 || seatsLeft === null ? null : (
          <li>
            <Icon name="people" />
            <span>{words("book.seatsLeftOf", { count: left, seats })}</span>
          </li>
        )}
        <li>
          <Icon name="shield" />
          <span>
            {page.needsApproval
              ? words("book.approval", { host: hostLabel })
              : words("book.instant")}
          </span>
        </li>
        {page.zoneLocked ? (
          <li>
            <Icon name="globe" />
            <span>{words("book.zoneLocked")}</span>
          </li>
        ) : null}
      </ul>
      <div className={styles.next}>
        <h2 className={controls.h3}>{words("details.nextTitle")}</h2>
        <ol>
          <li>
            <span>
              {page.needsApproval
                ? words("details.nextHeld", { host: hostLabel })
                : words("details.nextBooked")}
            </span>
          </li>
          <li>
            <span>{words("details.nextInvitation")}</span>
          </li>
          <li>
            <span>
              {changeDeadlineMinutes === 0
                ? words("details.nextChangeAny")
                : words("details.nextChange", { time: deadlineText(changeDeadlineMinutes, words) })}
            </span>
          </li>
        </ol>
      </div>
    </>
  );
}
