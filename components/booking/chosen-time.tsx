import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { Words } from "@/components/guest/words";
import { formatDateLong } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import styles from "./details.module.css";
import type { Clocks } from "./slot-text";
import { TimeRange } from "./time-range";

/** The time somebody is about to book, on both clocks. `gone`: the one they wanted and cannot have. */
export function ChosenTime({
  start,
  gone,
  clocks,
  durationMinutes,
  hostLabel,
  cities,
  words,
}: {
  readonly start: Instant | undefined;
  readonly gone: Instant | undefined;
  readonly clocks: Clocks;
  readonly durationMinutes: number;
  readonly hostLabel: string;
  /** The cities of the guest's zone and of the host's. */
  readonly cities: { readonly own: string; readonly host: string };
  readonly words: Words;
}) {
  const shown = start ?? gone;
  if (shown === undefined) return null;
  const { zone, hostZone, locale, hourCycle } = clocks;
  const spanOf = (from: Instant) => ({ from, to: addMinutes(from, durationMinutes) });
  const isGone = start === undefined;
  const otherDay = calendarDateAt(zone, shown) !== calendarDateAt(hostZone, shown);
  return (
    <div className={styles.when}>
      {!isGone && gone !== undefined ? (
        <p className={`${controls.small} ${controls.faint}`}>
          <span className="sr-only">{words("details.instead")} </span>
          <TimeRange span={spanOf(gone)} zone={zone} locale={locale} hourCycle={hourCycle} struck />
        </p>
      ) : null}
      <p className={`${controls.small} ${controls.quiet}`}>
        {formatDateLong(shown, { zone, locale })}
      </p>
      <p className={`${styles.big} ${controls.number} ${isGone ? styles.goneTime : ""}`}>
        <TimeRange
          span={spanOf(shown)}
          zone={zone}
          locale={locale}
          hourCycle={hourCycle}
          struck={isGone}
        />
      </p>
      {isGone ? (
        <p className={styles.gone}>
          <Icon name="alert" />
          {words("details.gone")}
        </p>
      ) : (
        <p className={`${controls.small} ${controls.quiet}`}>
          {words("details.yourTime", { city: cities.own })}
        </p>
      )}
      <table className={controls.zones}>
        <caption className="sr-only">{words("details.sameForHost")}</caption>
        <tbody>
          <tr>
            <th scope="row">{words("details.hostCity", { host: hostLabel, city: cities.host })}</th>
            <td className={isGone ? controls.faint : undefined}>
              {otherDay ? (
                <span className={styles.otherDay}>
                  {formatDateLong(shown, { zone: hostZone, locale })}
                </span>
              ) : null}
              <TimeRange
                span={spanOf(shown)}
                zone={hostZone}
                locale={locale}
                hourCycle={hourCycle}
              />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
