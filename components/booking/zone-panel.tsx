"use client";

import { useEffect, useMemo, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { Words } from "@/components/guest/words";
import type { Cities } from "@/lib/i18n/cities";
import { cityIn } from "@/lib/i18n/cities";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { offsetMinutesAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import { listTimeZones, zoneCity, zoneOffsetLabel } from "@/lib/time/zone-names";
import styles from "./booking.module.css";
import { distanceText } from "./slot-text";
import type { BookingState } from "./use-booking-state";
import { COMMON_ZONES } from "./zone-choices";

const zoneLabel = (zone: TimeZone, at: Instant, cities: Cities): string =>
  `${cityIn(cities, zone)} (${zoneOffsetLabel(at, zone)})`;

/** "Lima, America": for the long list, where working out four hundred offsets would hold up the page. */
const plainLabel = (zone: TimeZone): string => {
  const region = zone.slice(0, zone.indexOf("/"));
  return region === "" ? zone : `${zoneCity(zone)}, ${region.replaceAll("_", " ")}`;
};

/** The zones beyond the common ones, added when the browser has nothing better to do. */
function useOtherZones(): readonly TimeZone[] {
  const [zones, setZones] = useState<readonly TimeZone[]>([]);
  useEffect(() => {
    const add = () => setZones(listTimeZones());
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(add, 500);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(add, { timeout: 4_000 });
    return () => cancelIdleCallback(idle);
  }, []);
  return zones;
}

function hostClockText(state: BookingState, hostZone: TimeZone, locale: string, words: Words) {
  const { now, zone, hourCycle } = state;
  if (now === undefined) return "\u00a0";
  const time = formatTime(now, { zone: hostZone, locale, hourCycle });
  const minutes = offsetMinutesAt(hostZone, now) - offsetMinutesAt(zone, now);
  if (minutes === 0) return words("book.sameTime", { time });
  const distance = distanceText(minutes, words);
  return words(minutes < 0 ? "book.behind" : "book.ahead", { time, distance });
}

function ownClockText(state: BookingState, locale: string, words: Words): string {
  const { now, zone, hourCycle, detected } = state;
  if (now === undefined) return words("book.hostClock");
  const time = formatTime(now, { zone, locale, hourCycle });
  return words(detected ? "book.detected" : "book.nowThere", { time });
}

/** The one zone of a link that shows no other, and why. */
function LockedZone({
  state,
  words,
  locale,
  hostZone,
  cities,
  asOf,
}: Pick<PanelProps, "state" | "words" | "locale" | "hostZone" | "cities" | "asOf">) {
  const { now, hourCycle } = state;
  return (
    <div className={`${styles.zone} ${styles.locked}`}>
      <input type="hidden" name="zone" value={hostZone} />
      <div>
        <p className={controls.h3}>{words("book.lockedZone")}</p>
        <p className={styles.fixed} suppressHydrationWarning>
          {zoneLabel(hostZone, asOf, cities)}
        </p>
        <p className={controls.help}>
          {now === undefined
            ? "\u00a0"
            : words("book.nowThere", {
                time: formatTime(now, { zone: hostZone, locale, hourCycle }),
              })}
        </p>
      </div>
      <p className={controls.help}>{words("book.zoneLocked")}</p>
    </div>
  );
}

type PanelProps = {
  readonly state: BookingState;
  readonly words: Words;
  readonly locale: string;
  readonly hostZone: TimeZone;
  readonly hostName: string | undefined;
  readonly zoneChosen: boolean;
  /** True: times are shown in the host's zone only. */
  readonly locked: boolean;
  readonly cities: Cities;
  readonly asOf: Instant;
};

/** The reader's zone to choose, and the host's beside it; only the latter where the link shows no other. */
export const ZonePanel = (props: PanelProps) =>
  props.locked ? <LockedZone {...props} /> : <ZoneChoice {...props} />;

function ZoneChoice({
  state,
  words,
  locale,
  hostZone,
  hostName,
  zoneChosen,
  cities,
  asOf,
}: PanelProps) {
  const others = useOtherZones();
  const { zone } = state;
  const common = useMemo(
    () =>
      [...new Set([...COMMON_ZONES, hostZone, zone])].sort(
        (a, b) =>
          offsetMinutesAt(a, asOf) - offsetMinutesAt(b, asOf) ||
          cityIn(cities, a).localeCompare(cityIn(cities, b), locale),
      ),
    [hostZone, zone, asOf, cities, locale],
  );
  const ownText =
    state.now === undefined && zoneChosen ? "\u00a0" : ownClockText(state, locale, words);
  return (
    <div className={styles.zone}>
      <div>
        <label className={controls.h3} htmlFor="zone">
          {words("book.yourZone")}
        </label>
        <div className={`${controls.select} ${styles.zoneSelect}`}>
          <select
            className={controls.input}
            id="zone"
            name="zone"
            value={zone}
            autoComplete="off"
            onChange={(event) => {
              const chosen = parseTimeZone(event.currentTarget.value);
              if (chosen) state.chooseZone(chosen);
            }}
          >
            {common.map((each) => (
              <option key={each} value={each} suppressHydrationWarning>
                {zoneLabel(each, asOf, cities)}
              </option>
            ))}
            {others.length === 0 ? null : (
              <optgroup label={words("book.otherZones")}>
                {others
                  .filter((each) => !common.includes(each))
                  .map((each) => (
                    <option key={each} value={each}>
                      {plainLabel(each)}
                    </option>
                  ))}
              </optgroup>
            )}
          </select>
          <Icon name="down" />
        </div>
        <p className={controls.help}>{ownText}</p>
        <noscript>
          <button className={controls.button} type="submit" formNoValidate formAction="?">
            {words("book.showZone")}
          </button>
        </noscript>
      </div>
      <div>
        <p className={controls.h3}>
          {hostName === undefined
            ? words("book.teamZone")
            : words("book.hostZone", { host: hostName })}
        </p>
        <p className={styles.fixed} suppressHydrationWarning>
          {zoneLabel(hostZone, asOf, cities)}
        </p>
        <p className={controls.help}>{hostClockText(state, hostZone, locale, words)}</p>
      </div>
    </div>
  );
}
