"use client";

import type { RefObject } from "react";
import { Icon } from "@/components/guest/icon";
import slots from "@/components/guest/slots.module.css";
import type { Words } from "@/components/guest/words";
import type { BookingRefused } from "@/lib/booking/core/guest-booking";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import styles from "./details.module.css";
import { SlotChoice } from "./slot-choice";
import type { Clocks } from "./slot-text";
import { slotText } from "./slot-text";

/** Refusals after which another time helps. */
const ABOUT_TIME: ReadonlySet<BookingRefused["reason"]> = new Set([
  "slot-taken",
  "slot-passed",
  "slot-closed",
  "too-soon",
  "too-far",
  "limit-reached",
]);

export const isAboutTime = (refused: BookingRefused): boolean => ABOUT_TIME.has(refused.reason);

export function refusalText(
  refused: BookingRefused,
  wanted: Instant | undefined,
  clocks: Clocks,
  words: Words,
): string {
  if (isAboutTime(refused) && wanted === undefined) return words("details.noStartTitle");
  return words(`refused.${refused.reason}`, {
    time: wanted === undefined ? "" : formatTime(wanted, clocks),
    seconds: refused.retryAfterSeconds ?? 60,
  });
}

/** Why it could not be booked, and what is free instead, as choices within the same form. */
export function RefusalAlert({
  refused,
  wanted,
  picked,
  onPick,
  clocks,
  hostName,
  allTimes,
  words,
  alert,
}: {
  readonly refused: BookingRefused;
  readonly wanted: Instant | undefined;
  readonly picked: Instant | undefined;
  readonly onPick: (start: Instant) => void;
  readonly clocks: Clocks;
  readonly hostName: string | undefined;
  readonly allTimes: string;
  readonly words: Words;
  readonly alert: RefObject<HTMLElement | null>;
}) {
  const { nextStarts } = refused;
  const { zone } = clocks;
  const day = wanted === undefined ? undefined : calendarDateAt(zone, wanted);
  const sameDay = nextStarts.every((start) => calendarDateAt(zone, start) === day);
  return (
    <section
      className={styles.alert}
      role="alert"
      tabIndex={-1}
      aria-labelledby="refused"
      ref={alert}
    >
      <Icon name="alert" />
      <div>
        <h2 id="refused">{refusalText(refused, wanted, clocks, words)}</h2>
        {nextStarts.length === 0 ? (
          isAboutTime(refused) && <p>{words("details.noNextTimes")}</p>
        ) : (
          <fieldset>
            <legend>{words(sameDay ? "details.nextTimesDay" : "details.nextTimes")}</legend>
            <ul className={slots.slots}>
              {nextStarts.map((start) => (
                <SlotChoice
                  key={start}
                  start={start}
                  text={withDay(start, clocks, sameDay)}
                  words={words}
                  hostName={hostName}
                  chosen={picked === start}
                  onChoose={onPick}
                />
              ))}
            </ul>
          </fieldset>
        )}
        <p>
          {words("details.kept")} <a href={allTimes}>{words("details.seeAll")}</a>
        </p>
      </div>
    </section>
  );
}

/** The times of another day carry their day on the second line, because the heading names none. */
function withDay(start: Instant, clocks: Clocks, sameDay: boolean) {
  const text = slotText(start, clocks, calendarDateAt(clocks.zone, start));
  if (sameDay) return text;
  return { ...text, host: formatDateShort(start, clocks) };
}
