"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconLock, IconPencil } from "@tabler/icons-react";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { useEffect, useId, useRef, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Meanwhile } from "@/lib/crm/core/deal-answer";
import classes from "./deal-facts.module.css";
import { t } from "./deal-text";
import { valueWords } from "./fact-words";
import type { Act, DealActs } from "./use-deal-acts";
import type { PartySource } from "./use-suggestions";
import { useSuggestions } from "./use-suggestions";

type Choice = { readonly value: string; readonly label: string };

/** How one fact is read and, in its place, changed. A draft is always text; `toAct` says what it means. */
export type FactSpec = {
  readonly id: string;
  readonly label: string;
  readonly shown: ReactNode;
  readonly draft: string;
  readonly input:
    | { readonly kind: "line" | "area" | "date" }
    | { readonly kind: "choice"; readonly choices: readonly Choice[] }
    | { readonly kind: "party"; readonly source: PartySource };
  readonly help?: string;
  readonly toAct: (draft: string) => { readonly act: Act } | { readonly trouble: string };
  /** Why it cannot be changed; absent: it can, by whoever may change the deal. */
  readonly locked?: string | undefined;
};

function Input({
  spec,
  draft,
  onDraft,
  error,
}: {
  spec: FactSpec;
  draft: string;
  onDraft: (draft: string) => void;
  error: string | undefined;
}) {
  const { input, label, help } = spec;
  const listId = useId();
  const suggested = useSuggestions(input.kind === "party" ? input.source : undefined, draft);
  const shared = {
    "aria-label": label,
    value: draft,
    error,
    size: "xs",
    autoFocus: true,
    ...(help === undefined ? {} : { description: help }),
  };
  switch (input.kind) {
    case "choice":
      return (
        <NativeSelect
          {...shared}
          data={[...input.choices]}
          onChange={(event) => onDraft(event.currentTarget.value)}
        />
      );
    case "area":
      return (
        <Textarea
          {...shared}
          autosize
          minRows={4}
          maxRows={16}
          onChange={(event) => onDraft(event.currentTarget.value)}
        />
      );
    default:
      return (
        <>
          <TextInput
            {...shared}
            type={input.kind === "date" ? "date" : "text"}
            {...(input.kind === "party" ? { list: listId, autoComplete: "off" } : {})}
            onChange={(event) => onDraft(event.currentTarget.value)}
          />
          {input.kind === "party" ? (
            <datalist id={listId}>
              {suggested.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          ) : null}
        </>
      );
  }
}

/** What others did to this fact while it was being typed: their value, and which of the two shall stand. */
function Conflict({
  changes,
  reader,
  onTheirs,
}: {
  changes: readonly Meanwhile[];
  reader: ScreenReader;
  onTheirs: () => void;
}) {
  return (
    <div className={classes.conflict} role="alert">
      {changes.map(({ field, before, after, by }) => (
        <p key={`${field} ${String(after)}`}>
          {t("facts.conflict", {
            by: by ?? t("facts.somebody"),
            before: valueWords(field, before, reader),
            after: valueWords(field, after, reader),
          })}
        </p>
      ))}
      <div className={classes.acts}>
        <Button type="submit" size="xs">
          {t("facts.keepMine")}
        </Button>
        <Button size="xs" variant="subtle" onClick={onTheirs}>
          {t("facts.takeTheirs")}
        </Button>
      </div>
    </div>
  );
}

function Editor({
  spec,
  acts,
  reader,
  onDone,
}: {
  spec: FactSpec;
  acts: DealActs;
  reader: ScreenReader;
  onDone: () => void;
}) {
  const [draft, setDraft] = useState(spec.draft);
  const [error, setError] = useState<string>();
  const [changes, setChanges] = useState<readonly Meanwhile[]>();

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === spec.draft && changes === undefined) return onDone();
    const meant = spec.toAct(draft);
    if ("trouble" in meant) return setError(meant.trouble);
    const answer = await acts.run(meant.act);
    if (answer.status === "done") return onDone();
    if (answer.status === "changed") return setChanges(answer.changes);
    setError(Object.values(answer.fields ?? {})[0] ?? answer.message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The panel around it would close on the same key.
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => void save(event)}
      onKeyDown={onKeyDown}
      noValidate
    >
      <Input
        spec={spec}
        draft={draft}
        onDraft={(text) => {
          setDraft(text);
          setError(undefined);
        }}
        error={error}
      />
      {changes === undefined ? (
        <div className={classes.acts}>
          <Button type="submit" size="xs" loading={acts.busy}>
            {t("facts.save")}
          </Button>
          <Button size="xs" variant="subtle" onClick={onDone}>
            {t("facts.cancel")}
          </Button>
        </div>
      ) : (
        <Conflict changes={changes} reader={reader} onTheirs={onDone} />
      )}
    </form>
  );
}

function Locked({ spec }: { spec: FactSpec }) {
  return (
    <span className={classes.fixed}>
      <span className={classes.shown}>{spec.shown}</span>
      {spec.locked === undefined ? null : (
        <span title={spec.locked} className={classes.lock}>
          <IconLock size={12} stroke={1.6} aria-hidden="true" />
          <span className="sr-only">{spec.locked}</span>
        </span>
      )}
    </span>
  );
}

function Changeable({
  spec,
  acts,
  reader,
}: {
  spec: FactSpec;
  acts: DealActs;
  reader: ScreenReader;
}) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The focus goes back to where it was taken from.
    if (!editing && wasEditing.current) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing)
    return <Editor spec={spec} acts={acts} reader={reader} onDone={() => setEditing(false)} />;
  return (
    <button ref={button} type="button" className={classes.value} onClick={() => setEditing(true)}>
      <span className={classes.shown}>{spec.shown}</span>
      <span className="sr-only">, {t("facts.edit", { label: spec.label })}</span>
      <IconPencil size={12} stroke={1.6} aria-hidden="true" />
    </button>
  );
}

/** One fact: read, and with a click or Enter changed where it stands. Enter saves, Escape leaves it as it was. */
export function FactField({
  spec,
  acts,
  reader,
  mayChange,
}: {
  spec: FactSpec;
  acts: DealActs;
  reader: ScreenReader;
  mayChange: boolean;
}) {
  return (
    <div data-fact={spec.id} data-wide={spec.input.kind === "area" || undefined}>
      <dt>{spec.label}</dt>
      <dd>
        {mayChange && spec.locked === undefined ? (
          <Changeable spec={spec} acts={acts} reader={reader} />
        ) : (
          <Locked spec={spec} />
        )}
      </dd>
    </div>
  );
}
