"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import { startTransition, useActionState, useEffect, useRef, useState } from "react";
import { LeaveGuard } from "@/components/links/leave-guard";
import { AnswerLine } from "@/components/people/answer-line";
import { resetTemplateAction, saveTemplateAction } from "@/lib/mailroom/actions/templates";
import type { MailroomAnswer } from "@/lib/mailroom/core/mail-answers";
import type { MailWords, TemplateVariable } from "@/lib/meetings/core/mail-template";
import { TEMPLATE_VARIABLES, troublesIn } from "@/lib/meetings/core/mail-template";
import { t } from "./mail-text";
import classes from "./template.module.css";
import type { MailName } from "./use-mail-preview";

const IDLE: MailroomAnswer = { status: "idle" };

type Field = "subject" | "opening";

const sameWords = (one: MailWords, other: MailWords): boolean =>
  one.subject === other.subject && one.opening === other.opening;

/** What is wrong with a text while it is typed; the server asks again. */
const troubleOf = (text: string): string | undefined => {
  const [first] = troublesIn(text).filter((trouble) => trouble.length > 2);
  return first === undefined ? undefined : `${first} is no variable here.`;
};

/** The variables, each with what it says; a click puts one where somebody was typing. */
function Variables({ onPick }: { onPick: (name: TemplateVariable) => void }) {
  return (
    <fieldset className={classes.variables}>
      <legend>{t("templates.variables")}</legend>
      <p className={classes.words}>{t("templates.variablesHelp")}</p>
      <ul>
        {TEMPLATE_VARIABLES.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => onPick(name)}>
              <code>{`{{${name}}}`}</code>
              <span>{t(`templates.variable.${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** What somebody else saved meanwhile, to compare with and to take. */
function Theirs({ words, onTake }: { words: MailWords | null; onTake: () => void }) {
  return (
    <section className={classes.theirs} aria-label={t("templates.theirs")}>
      <h3>{t("templates.theirs")}</h3>
      {words === null ? (
        <p>{t("templates.theirsNone")}</p>
      ) : (
        <>
          <p>{words.subject}</p>
          <p>{words.opening}</p>
        </>
      )}
      <Button size="xs" variant="default" onClick={onTake}>
        {t("templates.take")}
      </Button>
    </section>
  );
}

type Props = {
  name: MailName;
  /** 0 when the mail has no words of its own. */
  version: number;
  product: MailWords;
  words: MailWords;
  onWords: (words: MailWords) => void;
};

/** Subject and opening of one mail; nothing is lost by a mistake or by somebody else's change. */
export function TemplateForm({ name, version: first, product, words, onWords }: Props) {
  const [saved, setSaved] = useState({ words: first === 0 ? product : words, version: first });
  const [answer, save, saving] = useActionState(saveTemplateAction, IDLE);
  const [wasReset, reset, resetting] = useActionState(resetTemplateAction, IDLE);
  const [last, setLast] = useState<"save" | "reset">("save");
  const sent = useRef(words);
  const typing = useRef<{ field: Field; at: number }>({ field: "opening", at: 0 });
  useEffect(() => {
    if (answer.status === "done") {
      setSaved({ words: sent.current, version: answer.version ?? 0 });
    }
  }, [answer]);
  useEffect(() => {
    if (wasReset.status === "done") {
      setSaved({ words: product, version: 0 });
      onWords(product);
    }
  }, [wasReset, product, onWords]);
  const said = last === "save" ? answer : wasReset;
  const fields = answer.status === "refused" && last === "save" ? answer.fields : {};
  const theirs = said.status === "refused" ? said.current : undefined;
  const isChanged = !sameWords(words, saved.words);
  const set = (field: Field, text: string) => onWords({ ...words, [field]: text });
  const pick = (variable: TemplateVariable) => {
    const { field, at } = typing.current;
    const text = words[field];
    set(field, `${text.slice(0, at)}{{${variable}}}${text.slice(at)}`);
    typing.current = { field, at: at + variable.length + 4 };
  };
  const watch = (field: Field) => ({
    onSelect: (event: React.SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      typing.current = { field, at: event.currentTarget.selectionStart ?? 0 };
    },
  });
  const problem = (field: Field) => {
    const error = fields[field] ?? troubleOf(words[field]);
    return error === undefined ? {} : { error };
  };
  const named = (form: FormData) => {
    for (const [field, value] of Object.entries(name)) form.set(field, value);
    form.set("version", String(theirs?.version ?? saved.version));
    return form;
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        sent.current = words;
        setLast("save");
        const form = named(new FormData(event.currentTarget));
        startTransition(() => save(form));
      }}
    >
      <p className={classes.words} role="status">
        {t(saved.version === 0 ? "templates.isProduct" : "templates.isOwn")}
      </p>
      <TextInput
        name="subject"
        label={t("templates.subject")}
        value={words.subject}
        maxLength={300}
        autoComplete="off"
        onChange={(event) => set("subject", event.currentTarget.value)}
        {...watch("subject")}
        {...problem("subject")}
      />
      <Textarea
        name="opening"
        label={t("templates.opening")}
        description={t("templates.openingHelp")}
        value={words.opening}
        maxLength={4000}
        autosize
        minRows={4}
        maxRows={14}
        onChange={(event) => set("opening", event.currentTarget.value)}
        {...watch("opening")}
        {...problem("opening")}
      />
      <Variables onPick={pick} />
      <AnswerLine answer={isChanged && said.status === "done" ? IDLE : said} />
      {theirs === undefined ? null : (
        <Theirs words={theirs.words} onTake={() => onWords(theirs.words ?? product)} />
      )}
      <div className={classes.acts}>
        <p aria-live="polite">{t(isChanged ? "templates.changes" : "templates.noChanges")}</p>
        {saved.version === 0 ? null : (
          <Button
            variant="default"
            loading={resetting}
            onClick={() => {
              setLast("reset");
              startTransition(() => reset(named(new FormData())));
            }}
          >
            {t("templates.reset")}
          </Button>
        )}
        {isChanged ? (
          <Button variant="subtle" onClick={() => onWords(saved.words)}>
            {t("templates.discard")}
          </Button>
        ) : null}
        <Button type="submit" variant="filled" loading={saving}>
          {t("templates.save")}
        </Button>
      </div>
      <LeaveGuard unsaved={isChanged && !saving ? 1 : 0} />
    </form>
  );
}
