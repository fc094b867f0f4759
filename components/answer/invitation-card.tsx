import type { ReactNode } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import { PlainCard } from "@/components/guest/plain-card";
import type { Translate } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { answerInvitationAction } from "@/lib/mailroom/actions";
import type { InvitationView } from "@/lib/mailroom/core/invitation-view";
import { LONGEST_NOTE } from "@/lib/mailroom/schema";
import type { MailAnswer } from "@/lib/meetings/core/mail-events";
import { MAIL_ANSWERS } from "@/lib/meetings/core/mail-events";
import { formatDateLong, formatTimeRange } from "@/lib/time/format";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./answer.module.css";

const SAID = {
  accepted: "answer.saidAccepted",
  tentative: "answer.saidTentative",
  declined: "answer.saidDeclined",
} as const;

const TONES = { accepted: "ok", tentative: "wait", declined: "neutral" } as const;

type Props = {
  readonly invitation: InvitationView;
  readonly token: string;
  readonly locale: Locale;
  readonly words: Translate;
  /** The answer whose button led here. */
  readonly chosen: MailAnswer | undefined;
  readonly trouble: "busy" | "invalid" | undefined;
};

function Facts({ invitation, locale }: Pick<Props, "invitation" | "locale">) {
  const { start, end, zone, hourCycle, place } = invitation;
  const reader = { zone, locale, hourCycle };
  return (
    <ul className={controls.facts}>
      <li>
        <Icon name="clock" />
        <span>
          <b>{formatDateLong(start, reader)}</b>
          <br />
          <bdi>{formatTimeRange({ from: start, to: end }, reader)}</bdi>{" "}
          {zoneAbbreviation(start, zone, locale)}
        </span>
      </li>
      {place === null ? null : (
        <li>
          <Icon name="pin" />
          <span>
            <bdi>{place}</bdi>
          </span>
        </li>
      )}
    </ul>
  );
}

function AnswerForm({ invitation, token, locale, words, chosen }: Omit<Props, "trouble">) {
  const { host, answer, note } = invitation;
  const selected = chosen ?? answer ?? undefined;
  return (
    <form action={answerInvitationAction} className={classes.form}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="locale" value={locale} />
      <fieldset className={classes.answers}>
        <legend className={controls.h2}>{words("answer.question")}</legend>
        {MAIL_ANSWERS.map((one) => (
          <label className={controls.check} key={one}>
            <input
              type="radio"
              name="answer"
              value={one}
              required
              defaultChecked={one === selected}
            />
            <span>{words(`answer.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className={controls.field}>
        <label className={controls.label} htmlFor="answer-note">
          {words("answer.note", { host })}{" "}
          <span className={controls.optional}>{words("details.optional")}</span>
        </label>
        <textarea
          className={controls.input}
          id="answer-note"
          name="note"
          rows={2}
          maxLength={LONGEST_NOTE}
          defaultValue={note}
        />
      </div>
      <button className={`${controls.button} ${controls.primary}`} type="submit">
        {words("answer.send")}
      </button>
    </form>
  );
}

/** One invitation with the question whether its reader comes, or why there is nothing to answer any more. */
export function InvitationCard(props: Props): ReactNode {
  const { invitation, locale, words, chosen, trouble } = props;
  const { state, topic, host, answer } = invitation;
  if (state !== "asks") {
    return (
      <PlainCard icon="clock" title={words(`answer.${state}Title`)}>
        <p>{words(`answer.${state}Text`, state === "draft" ? { topic, host } : { topic })}</p>
      </PlainCard>
    );
  }
  const said = answer !== null && (chosen === undefined || chosen === answer) ? answer : null;
  return (
    <PlainCard
      icon={said === null ? "clock" : "check"}
      tone={said === null ? "wait" : TONES[said]}
      title={topic}
    >
      <p>{words("answer.lead", { host })}</p>
      {said === null ? null : <p role="status">{words(SAID[said], { host })}</p>}
      {trouble === undefined ? null : (
        <p className={controls.error} role="alert">
          {words(`answer.${trouble}`)}
        </p>
      )}
      <Facts invitation={invitation} locale={locale} />
      <AnswerForm {...props} />
    </PlainCard>
  );
}
