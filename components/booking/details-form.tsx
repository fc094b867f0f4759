"use client";

import type { ReactNode } from "react";
import { useActionState, useEffect, useMemo, useRef, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { useScripted } from "@/components/guest/use-scripted";
import type { GuestTexts, Words } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { BookingFormState, TypedBooking } from "@/lib/booking/core/form-state";
import type { Locale } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import { parseInstant, toIso } from "@/lib/time/instant";
import { BookingFields } from "./booking-fields";
import { ChosenTime } from "./chosen-time";
import styles from "./details.module.css";
import { problemsOf } from "./form-problems";
import { ProblemSummary } from "./problem-summary";
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
  /** True where the link offers several lengths, so that the booking has to say which. */
  readonly lengthChosen: boolean;
  readonly needsApproval: boolean;
  /** What the form asks for. */
  readonly page: Pick<BookingPage, "questions" | "places" | "extraGuests">;
  /** What the address filled in. */
  readonly prefilled: TypedBooking;
  /** Campaign and page the guest came from, by name. */
  readonly source: Readonly<Record<string, string>>;
  readonly hostName: string | undefined;
  /** How the host is called where a name must stand. */
  readonly hostLabel: string;
  readonly clocks: Clocks;
  /** The cities of the guest's zone and of the host's. */
  readonly cities: { readonly own: string; readonly host: string };
  readonly start: Instant | undefined;
  /** What the form says on arrival: idle, or that the start is not free. */
  readonly initial: BookingFormState;
  readonly idempotencyKey: string;
  readonly allTimes: string;
  /** The link's title, above the chosen time, and its facts below. */
  readonly heading: ReactNode;
  readonly facts: ReactNode;
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
function readState(state: BookingFormState, prefilled: TypedBooking, start: Instant | undefined) {
  const values = state.status === "idle" ? prefilled : state.values;
  const refused = state.status === "refused" ? state.refused : undefined;
  return {
    values,
    wanted: parseInstant(values.start) ?? start,
    refused,
    mustPick: refused !== undefined && isAboutTime(refused),
  };
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
  const { clocks, locale, texts, start } = props;
  const words = useMemo(() => wordsOf(locale, texts), [locale, texts]);
  const [state, action, pending] = useActionState(props.action, props.initial);
  const [picked, setPicked] = useState<Instant>();
  const alert = useRef<HTMLElement>(null);
  const key = useAttemptKey(props.idempotencyKey, state);

  const { values, wanted, refused, mustPick } = readState(state, props.prefilled, start);
  const chosen = mustPick ? picked : wanted;
  const { page, hostLabel, source } = props;
  const context = { host: hostLabel, limit: page.extraGuests, page };
  const problems = problemsOf(state, context, words);
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
            hostLabel={hostLabel}
            cities={props.cities}
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
        {props.lengthChosen ? (
          <input type="hidden" name="duration" value={props.durationMinutes} />
        ) : null}
        {Object.entries(source).map(([name, value]) => (
          <input key={name} type="hidden" name={`source.${name}`} value={value} />
        ))}
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
        <BookingFields
          page={page}
          hostLabel={hostLabel}
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
