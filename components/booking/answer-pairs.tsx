import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import styles from "./own.module.css";

/** What the guest answered, each under its question: pairs of a list of facts. */
export function AnswerPairs({
  booking,
  words,
}: {
  readonly booking: GuestBooking;
  readonly words: Translate;
}) {
  return booking.answers.map(({ question, answer }) => (
    <Pair
      key={question}
      question={question}
      answer={answer === "yes" ? words("own.yes") : answer}
    />
  ));
}

function Pair({ question, answer }: { readonly question: string; readonly answer: string }) {
  return (
    <>
      <dt>
        <bdi>{question}</bdi>
      </dt>
      <dd className={styles.kept}>
        <bdi>{answer}</bdi>
      </dd>
    </>
  );
}
