import controls from "@/components/guest/controls.module.css";
import type { Words } from "@/components/guest/words";
import styles from "./booking.module.css";
import type { BookingState } from "./use-booking-state";

/** The lengths a guest may choose. Each is a link of its own until a script runs; then the times change in place. */
export function LengthChips({
  state,
  words,
  address,
}: {
  readonly state: BookingState;
  readonly words: Words;
  /** The address of the page with that length chosen. */
  readonly address: (minutes: number) => string;
}) {
  if (state.lengths.length < 2) return null;
  return (
    <nav className={styles.lengths} aria-label={words("book.durations")}>
      <span className={controls.h3} aria-hidden="true">
        {words("book.durations")}
      </span>
      {state.lengths.map(({ durationMinutes: minutes }) => (
        <a
          key={minutes}
          href={address(minutes)}
          aria-current={minutes === state.durationMinutes ? "true" : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            state.chooseDuration(minutes);
          }}
        >
          {words("book.minutes", { minutes })}
        </a>
      ))}
    </nav>
  );
}
