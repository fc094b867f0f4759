"use client";

import { useActionState, useEffect, useMemo, useRef } from "react";
import controls from "@/components/guest/controls.module.css";
import { PlainCard } from "@/components/guest/plain-card";
import type { GuestTexts, Words } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import type { WaitingFormState } from "@/lib/booking/core/form-state";
import type { Locale } from "@/lib/i18n/locale";
import type { TimeZone } from "@/lib/time/zone";
import { NameAndEmail, Trap } from "./booking-fields";
import type { Problem } from "./form-problems";
import { ProblemSummary } from "./problem-summary";
import styles from "./wait.module.css";

type Typed = { readonly name: string; readonly email: string };

export type WaitFormProps = {
  readonly action: (previous: WaitingFormState, form: FormData) => Promise<WaitingFormState>;
  readonly locale: Locale;
  readonly texts: GuestTexts;
  readonly token: string;
  readonly linkName: string;
  readonly zone: TimeZone;
  /** The length the guest waits for, minutes; "" for the link's usual one. */
  readonly duration: string;
  /** Whom a name is told. */
  readonly hostLabel: string;
  readonly values: Typed;
  /** The address of the times. */
  readonly times: string;
  readonly hasTimes: boolean;
};

function refusalText(state: Extract<WaitingFormState, { status: "refused" }>, words: Words) {
  if (state.reason === "no-waiting-list") return words("wait.noneTitle");
  return words(`refused.${state.reason}`, { seconds: state.retryAfterSeconds ?? 60 });
}

/** What is wrong, in words that say what to do. */
function problemsIn(state: WaitingFormState, host: string, words: Words): readonly Problem[] {
  if (state.status !== "invalid") return [];
  return Object.entries(state.errors).map(([id, problem]) => {
    if (problem === "required" && id === "name") {
      return { id, text: words("error.name-required", { host }) };
    }
    if (problem === "required" && id === "email")
      return { id, text: words("error.email-required") };
    const known = ["not-an-address", "too-long", "control-characters", "leave-empty"];
    const key = id === "zone" ? "zone" : known.find((each) => each === problem);
    return { id, text: words(`error.${key ?? "invalid"}`) };
  });
}

function messageOf(state: WaitingFormState, words: Words): string | undefined {
  if (state.status === "refused") return refusalText(state, words);
  return state.status === "failed" ? state.message : undefined;
}

function Done({ props, words }: { readonly props: WaitFormProps; readonly words: Words }) {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <div ref={head} tabIndex={-1} className={styles.done}>
      <PlainCard icon="check" tone="ok" title={words("wait.doneTitle")}>
        <p>{words("wait.doneText")}</p>
        <a href={props.times}>{words("wait.see")}</a>
      </PlainCard>
    </div>
  );
}

/** Asks to be told when a time comes free. Works without a script. */
export function WaitForm(props: WaitFormProps) {
  const { locale, texts, token, zone, duration, hostLabel, times } = props;
  const words = useMemo(() => wordsOf(locale, texts), [locale, texts]);
  const [state, action, pending] = useActionState(props.action, { status: "idle" });
  const alert = useRef<HTMLElement>(null);
  useEffect(() => {
    if (state.status !== "idle" && state.status !== "done") alert.current?.focus();
  }, [state]);
  if (state.status === "done") return <Done props={props} words={words} />;
  const values = state.status === "idle" ? props.values : state.values;
  const problems = problemsIn(state, hostLabel, words);
  const message = messageOf(state, words);
  const problemOf = (id: string) => problems.find((problem) => problem.id === id)?.text;
  return (
    <form className={`${controls.card} ${styles.form}`} action={action} noValidate>
      <input type="hidden" name="link" value={token} />
      <input type="hidden" name="zone" value={zone} />
      <input type="hidden" name="locale" value={locale} />
      {duration === "" ? null : <input type="hidden" name="duration" value={duration} />}
      <div className={styles.head}>
        <h1 className={controls.h1}>{words("wait.heading")}</h1>
        <p className={controls.quiet}>
          <bdi>{props.linkName}</bdi>
        </p>
        <p className={controls.quiet}>{words("wait.text")}</p>
        {props.hasTimes ? (
          <p className={controls.quiet}>
            {words("wait.freeTitle")}. <a href={times}>{words("wait.see")}</a>
          </p>
        ) : null}
      </div>
      {problems.length > 0 || message !== undefined ? (
        <ProblemSummary problems={problems} message={message} words={words} alert={alert} />
      ) : null}
      <NameAndEmail values={values} problemOf={problemOf} words={words} />
      <Trap label={words("details.website")} />
      <div className={styles.send}>
        <a className={controls.button} href={times}>
          {words("wait.see")}
        </a>
        <button
          className={`${controls.button} ${controls.primary}`}
          type="submit"
          aria-disabled={pending || undefined}
        >
          {words(pending ? "details.sending" : "wait.join")}
        </button>
      </div>
    </form>
  );
}
