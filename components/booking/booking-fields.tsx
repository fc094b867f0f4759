"use client";

import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import { useScripted } from "@/components/guest/use-scripted";
import type { Words } from "@/components/guest/words";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { BookingField, TypedBooking } from "@/lib/booking/core/form-state";
import styles from "./details.module.css";
import { FormField } from "./form-field";
import type { Problem } from "./form-problems";
import { GuestChips } from "./guest-chips";
import { PlaceAnswer } from "./place-answer";
import { answerId, QuestionField } from "./question-field";

type FieldsProps = {
  readonly page: Pick<BookingPage, "questions" | "places" | "extraGuests">;
  readonly hostLabel: string;
  readonly values: TypedBooking;
  readonly problems: readonly Problem[];
  readonly words: Words;
};

function GuestsField({
  limit,
  guests,
  problem,
  words,
}: {
  readonly limit: number;
  readonly guests: readonly string[];
  readonly problem: string | undefined;
  readonly words: Words;
}) {
  const scripted = useScripted();
  return (
    <div className={controls.field}>
      <label className={controls.label} htmlFor="guests">
        {words("details.guests")}{" "}
        <span className={controls.optional}>{words("details.guestsLimit", { count: limit })}</span>
      </label>
      <GuestChips
        key={guests.join()}
        initial={guests}
        limit={limit}
        invalid={problem !== undefined}
        describedBy={problem === undefined ? "guests-help" : "guests-problem"}
        words={words}
      />
      {problem === undefined ? (
        <p className={controls.help} id="guests-help">
          {words(scripted ? "details.guestsHelp" : "details.guestsHelpPlain")}
        </p>
      ) : (
        <p className={controls.error} id="guests-problem">
          <Icon name="alert" />
          {problem}
        </p>
      )}
    </div>
  );
}

/** The two fields every form of a guest begins with. */
export function NameAndEmail({
  values,
  problemOf,
  words,
}: {
  readonly values: { readonly name: string; readonly email: string };
  readonly problemOf: (field: "name" | "email") => string | undefined;
  readonly words: Words;
}) {
  return (
    <>
      <FormField
        name="name"
        label={words("details.name")}
        problem={problemOf("name")}
        autoComplete="name"
        maxLength={120}
        required
        value={values.name}
      />
      <FormField
        name="email"
        type="email"
        label={words("details.email")}
        problem={problemOf("email")}
        autoComplete="email"
        maxLength={254}
        required
        value={values.email}
      />
    </>
  );
}

/** Who comes, where, and what the host asks. */
export function BookingFields({ page, hostLabel, values, problems, words }: FieldsProps) {
  const problemOf = (id: string) => problems.find((problem) => problem.id === id)?.text;
  const problem = (field: BookingField) => problemOf(field);
  return (
    <>
      <div className={styles.pair}>
        <NameAndEmail values={values} problemOf={problemOf} words={words} />
      </div>
      {page.extraGuests === 0 ? null : (
        <GuestsField
          limit={page.extraGuests}
          guests={values.guests}
          problem={problem("guests")}
          words={words}
        />
      )}
      <PlaceAnswer
        places={page.places}
        chosen={values.place}
        value={values.placeAnswer}
        problem={problem("placeAnswer")}
        placeProblem={problem("place")}
        hostLabel={hostLabel}
        words={words}
      />
      {page.questions.map((question) => (
        <QuestionField
          key={question.key}
          question={question}
          value={values.answers[question.key] ?? ""}
          problem={problemOf(answerId(question.key))}
          words={words}
        />
      ))}
      <FormField
        name="subject"
        label={words("details.subject")}
        hint={words("details.optional")}
        problem={problem("subject")}
        autoComplete="off"
        maxLength={200}
        value={values.subject}
      />
      <FormField
        name="note"
        label={words("details.note")}
        hint={words("details.optional")}
        problem={problem("note")}
        autoComplete="off"
        maxLength={2_000}
        lines={2}
        value={values.note}
      />
      <Trap label={words("details.website")} />
    </>
  );
}

/** A field no person sees. Whoever fills it is not one. */
export function Trap({ label }: { readonly label: string }) {
  return (
    <div className={styles.trap} aria-hidden="true">
      <label htmlFor="website">{label}</label>
      <input id="website" name="website" tabIndex={-1} autoComplete="off" />
    </div>
  );
}
