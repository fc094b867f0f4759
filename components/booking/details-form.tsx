"use client";

import type { ReactNode, RefObject } from "react";
import { useActionState, useEffect, useMemo, useRef, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import { useScripted } from "@/components/guest/use-scripted";
import type { GuestTexts, Words } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import type { BookingField, BookingFormState, TypedBooking } from "@/lib/booking/core/form-state";
import type { Locale } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import { parseInstant, toIso } from "@/lib/time/instant";
import { ChosenTime } from "./chosen-time";
import styles from "./details.module.css";
import { FormField } from "./form-field";
import { problemText } from "./form-problems";
import { GuestChips } from "./guest-chips";
import { isAboutTime, RefusalAlert } from "./refusal-alert";
import type { Clocks } from "./slot-text";

export type BookAction = (previous: BookingFormState, form: FormData) => Promise<BookingFormState>;

export type DetailsFormProps = {
  readonly action: BookAction;
  readonly locale: Locale;
  readonly texts: GuestTexts;
  readonly token: string;
  readonly workspaceName: string;
  readonly durationMinutes: number;
  readonly needsApproval: boolean;
  readonly extraGuests: number;
  readonly hostName: string | undefined;
  /** How the host is called where a name must stand. */
  readonly hostLabel: string;
  readonly clocks: Clocks;
  readonly start: Instant | undefined;
  /** What the form says on arrival: idle, or that the start is not free. */
  readonly initial: BookingFormState;
  readonly idempotencyKey: string;
  readonly allTimes: string;
  /** The link's title, above the chosen time, and its facts below. */
  readonly heading: ReactNode;
  readonly facts: ReactNode;
};

const NOTHING_TYPED: TypedBooking = {
  name: "",
  email: "",
  guests: [],
  subject: "",
  note: "",
  start: "",
  zone: "",
  duration: "",
  place: "",
  placeAnswer: "",
  answers: {},
};

/** A new key for each new attempt; the same attempt sent twice carries the same one. */
function useAttemptKey(base: string, state: BookingFormState): string {
  const [attempt, setAttempt] = useState(0);
  const seen = useRef(state);
  useEffect(() => {
    if (seen.current === state) return;
    seen.current = state;
    setAttempt((before) => before + 1);
  }, [state]);
  return attempt === 0 ? base : `${base}-${attempt}`;
}

/** What the form's answer means for what is shown. `mustPick`: another time has to be chosen first. */
function readState(state: BookingFormState, start: Instant | undefined) {
  const values = state.status === "idle" ? NOTHING_TYPED : state.values;
  const refused = state.status === "refused" ? state.refused : undefined;
  return {
    values,
    wanted: parseInstant(values.start) ?? start,
    refused,
    mustPick: refused !== undefined && isAboutTime(refused),
  };
}

type Problems = readonly (readonly [BookingField, string])[];

function problemsOf(state: BookingFormState, props: DetailsFormProps, words: Words): Problems {
  if (state.status !== "invalid") return [];
  const context = { values: state.values, host: props.hostLabel, limit: props.extraGuests };
  return (Object.entries(state.errors) as [BookingField, string][]).map(([field, problem]) => [
    field,
    problemText(field, problem, context, words),
  ]);
}

function ProblemSummary({
  problems,
  message,
  words,
  alert,
}: {
  readonly problems: Problems;
  readonly message: string | undefined;
  readonly words: Words;
  readonly alert: RefObject<HTMLElement | null>;
}) {
  const title = message ?? words("details.problems", { count: problems.length });
  return (
    <section
      className={styles.alert}
      role="alert"
      tabIndex={-1}
      aria-labelledby="problems"
      ref={alert}
    >
      <Icon name="alert" />
      <div>
        <h2 id="problems">{title}</h2>
        <ul className={styles.problems}>
          {problems.map(([field, text]) => (
            <li key={field}>
              <a href={`#${field}`}>{text}</a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Fields({
  props,
  values,
  problems,
  words,
}: {
  readonly props: DetailsFormProps;
  readonly values: TypedBooking;
  readonly problems: Problems;
  readonly words: Words;
}) {
  const scripted = useScripted();
  const problem = (field: BookingField) => problems.find(([name]) => name === field)?.[1];
  return (
    <>
      <div className={styles.pair}>
        <FormField
          name="name"
          label={words("details.name")}
          problem={problem("name")}
          autoComplete="name"
          maxLength={120}
          required
          value={values.name}
        />
        <FormField
          name="email"
          type="email"
          label={words("details.email")}
          problem={problem("email")}
          autoComplete="email"
          maxLength={254}
          required
          value={values.email}
        />
      </div>
      {props.extraGuests === 0 ? null : (
        <div className={controls.field}>
          <label className={controls.label} htmlFor="guests">
            {words("details.guests")}{" "}
            <span className={controls.optional}>
              {words("details.guestsLimit", { count: props.extraGuests })}
            </span>
          </label>
          <GuestChips
            key={values.guests.join()}
            initial={values.guests}
            limit={props.extraGuests}
            invalid={problem("guests") !== undefined}
            describedBy={problem("guests") === undefined ? "guests-help" : "guests-problem"}
            words={words}
          />
          {problem("guests") === undefined ? (
            <p className={controls.help} id="guests-help">
              {words(scripted ? "details.guestsHelp" : "details.guestsHelpPlain")}
            </p>
          ) : (
            <p className={controls.error} id="guests-problem">
              <Icon name="alert" />
              {problem("guests")}
            </p>
          )}
        </div>
      )}
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
      <div className={styles.trap} aria-hidden="true">
        <label htmlFor="website">{words("details.website")}</label>
        <input id="website" name="website" tabIndex={-1} autoComplete="off" />
      </div>
    </>
  );
}

function SendRow({
  waits,
  pending,
  approval,
  words,
}: {
  /** True while another time has to be chosen first. */
  readonly waits: boolean;
  readonly pending: boolean;
  readonly approval: boolean;
  readonly words: Words;
}) {
  const scripted = useScripted();
  const label = approval ? "details.request" : "details.book";
  return (
    <div className={styles.send}>
      {waits ? (
        <p className={`${controls.small} ${controls.quiet}`} id="why">
          {words("details.chooseFirst")}
        </p>
      ) : null}
      <button
        className={`${controls.button} ${controls.primary}`}
        type="submit"
        aria-disabled={(waits && scripted) || pending || undefined}
        aria-describedby={waits ? "why" : undefined}
        onClick={(event) => {
          if (pending) event.preventDefault();
        }}
      >
        {words(pending ? "details.sending" : label)}
      </button>
    </div>
  );
}

/** Who comes, and the button that books. Works without a script; with one, nothing typed is ever lost. */
export function DetailsForm(props: DetailsFormProps) {
  const { clocks, extraGuests, locale, texts, start } = props;
  const words = useMemo(() => wordsOf(locale, texts), [locale, texts]);
  const [state, action, pending] = useActionState(props.action, props.initial);
  const [picked, setPicked] = useState<Instant>();
  const alert = useRef<HTMLElement>(null);
  const key = useAttemptKey(props.idempotencyKey, state);

  const { values, wanted, refused, mustPick } = readState(state, start);
  const chosen = mustPick ? picked : wanted;
  const problems = problemsOf(state, props, words);
  const waits = mustPick && chosen === undefined;

  useEffect(() => {
    if (state.status === "idle") return;
    setPicked(undefined);
    alert.current?.focus();
  }, [state]);

  return (
    <div className={`${controls.card} ${styles.two}`}>
      <aside className={styles.side} aria-label={words("details.chosen")}>
        <div>
          {props.heading}
          <ChosenTime
            start={chosen}
            gone={mustPick ? wanted : undefined}
            clocks={clocks}
            durationMinutes={props.durationMinutes}
            hostLabel={props.hostLabel}
            words={words}
          />
          {props.facts}
        </div>
      </aside>
      <form className={styles.form} action={action} noValidate={!mustPick}>
        <input type="hidden" name="link" value={props.token} />
        <input type="hidden" name="zone" value={clocks.zone} />
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="key" value={key} />
        {mustPick || wanted === undefined ? null : (
          <input type="hidden" name="start" value={toIso(wanted)} />
        )}
        {refused ? (
          <RefusalAlert
            refused={refused}
            wanted={wanted}
            picked={picked}
            onPick={setPicked}
            clocks={clocks}
            hostName={props.hostName}
            allTimes={props.allTimes}
            words={words}
            alert={alert}
          />
        ) : null}
        {problems.length > 0 || state.status === "failed" ? (
          <ProblemSummary
            problems={problems}
            message={state.status === "failed" ? state.message : undefined}
            words={words}
            alert={alert}
          />
        ) : null}
        <h2 className={controls.h2}>{words("details.heading")}</h2>
        <Fields
          props={{ ...props, extraGuests }}
          values={values}
          problems={problems}
          words={words}
        />
        <p className={`${controls.small} ${controls.quiet}`}>
          {words("details.consent", { workspace: props.workspaceName })}{" "}
          <a href={`/privacy?locale=${locale}`} target="_blank" rel="noreferrer">
            {words("details.consentLink")}
          </a>
        </p>
        <SendRow waits={waits} pending={pending} approval={props.needsApproval} words={words} />
      </form>
    </div>
  );
}
