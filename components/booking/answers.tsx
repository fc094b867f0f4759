import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import styles from "./own.module.css";

/** What the guest answered, each below its question. */
export function Answers({
  booking,
  words,
}: {
  readonly booking: GuestBooking;
  readonly words: Translate;
}) {
  if (booking.answers.length === 0) return null;
  return (
    <dl className={styles.answers}>
      {booking.answers.map(({ question, answer }) => (
        <div key={question}>
          <dt className="theirs">{question}</dt>
          <dd className="theirs">{answer === "yes" ? words("own.yes") : answer}</dd>
        </div>
      ))}
    </dl>
  );
}
