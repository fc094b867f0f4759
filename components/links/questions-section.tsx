"use client";

import { Button, Select, Switch, Textarea, TextInput } from "@mantine/core";
import {
  IconCheckbox,
  IconForms,
  IconGripVertical,
  IconPhone,
  IconPlus,
  IconSelector,
  IconTextSize,
} from "@tabler/icons-react";
import type { DragEvent, KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { questionKey } from "@/lib/links/core/address";
import { errorOf } from "@/lib/links/core/field-errors";
import type { LinkDraft } from "@/lib/links/schema";
import { MOST_QUESTIONS } from "@/lib/links/schema";
import classes from "./editor.module.css";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

type Question = LinkDraft["questions"][number];
type Kind = Question["kind"];

const ICONS = {
  text: IconForms,
  long_text: IconTextSize,
  select: IconSelector,
  phone: IconPhone,
  checkbox: IconCheckbox,
} as const;
const KINDS = Object.keys(ICONS) as Kind[];

const optionsOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The fields of one question. Its name follows what is asked until somebody types a name of their own. */
function QuestionFields({
  question,
  index,
  errors,
  taken,
  onChange,
  onRemove,
  onDone,
}: {
  question: Question;
  index: number;
  errors: SectionProps["errors"];
  /** Names of the other questions. */
  taken: readonly string[];
  onChange: (question: Question) => void;
  onRemove: () => void;
  onDone: () => void;
}) {
  // Lines as they are typed: an empty one is no option yet, and must not vanish under the cursor.
  const [lines, setLines] = useState(question.options.join("\n"));
  const named = useRef(question.key !== questionKey(question.label, taken));
  const error = (field: string) => errorOf(errors, `questions.${index}.${field}`);
  const ask = (label: string) =>
    onChange({
      ...question,
      label,
      key: named.current ? question.key : questionKey(label, taken),
    });
  return (
    <div className={classes.questionFields}>
      <div className={classes.two}>
        <TextInput
          data-question-label
          label={words("questions.label")}
          value={question.label}
          error={error("label")}
          onChange={(event) => ask(event.currentTarget.value)}
        />
        <Select
          label={words("questions.kindLabel")}
          data={KINDS.map((kind) => ({ value: kind, label: words(`questions.kind.${kind}`) }))}
          value={question.kind}
          allowDeselect={false}
          onChange={(next) => {
            const kind = KINDS.find((each) => each === next);
            if (kind === undefined) return;
            onChange({ ...question, kind, options: kind === "select" ? optionsOf(lines) : [] });
          }}
        />
        <TextInput
          label={words("questions.help")}
          value={question.help ?? ""}
          error={error("help")}
          onChange={(event) => onChange({ ...question, help: event.currentTarget.value || null })}
        />
        <TextInput
          label={words("questions.key")}
          description={words("questions.keyHelp", { key: question.key })}
          inputWrapperOrder={["label", "input", "error", "description"]}
          value={question.key}
          error={error("key")}
          spellCheck={false}
          onChange={(event) => {
            named.current = true;
            onChange({ ...question, key: event.currentTarget.value });
          }}
        />
      </div>
      {question.kind === "select" ? (
        <Textarea
          label={words("questions.options")}
          autosize
          minRows={3}
          maxRows={12}
          value={lines}
          error={error("options")}
          onChange={(event) => {
            setLines(event.currentTarget.value);
            onChange({ ...question, options: optionsOf(event.currentTarget.value) });
          }}
        />
      ) : null}
      <div className={classes.questionActions}>
        <Button size="xs" variant="subtle" color="danger" onClick={onRemove}>
          {words("questions.remove")}
        </Button>
        <Button size="xs" onClick={onDone}>
          {words("questions.done")}
        </Button>
      </div>
    </div>
  );
}

const kindText = ({ kind, options }: Question): string =>
  kind === "select"
    ? words("questions.choiceOf", { count: options.length })
    : words(`questions.kind.${kind}`);

const moved = <Item,>(items: readonly Item[], from: number, to: number): Item[] => {
  const order = [...items];
  const [item] = order.splice(from, 1);
  if (item !== undefined) order.splice(to, 0, item);
  return order;
};

/** What a guest is asked besides name and e-mail; dragged or moved by the arrow keys into order. */
export function QuestionsSection({ draft, errors, set }: SectionProps) {
  const { questions } = draft;
  const [open, setOpen] = useState<number>();
  const [dragged, setDragged] = useState<number>();
  const [said, setSaid] = useState("");
  const grips = useRef<(HTMLButtonElement | null)[]>([]);
  const focusNext = useRef<number>(undefined);
  useEffect(() => {
    if (focusNext.current === undefined) return;
    grips.current[focusNext.current]?.focus();
    focusNext.current = undefined;
  });

  const put = (list: readonly Question[]) => set({ questions: [...list] });
  const labelOf = ({ label }: Question) => label.trim() || words("questions.new");
  const move = (from: number, to: number) => {
    const question = questions[from];
    if (question === undefined || to < 0 || to >= questions.length || to === from) return;
    put(moved(questions, from, to));
    setOpen(undefined);
    const facts = { label: labelOf(question), position: to + 1, count: questions.length };
    setSaid(words("questions.moved", facts));
  };
  const onGripKey = (event: KeyboardEvent, index: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    focusNext.current = Math.min(Math.max(index + by, 0), questions.length - 1);
    move(index, index + by);
  };
  const add = () => {
    const key = questionKey(
      "",
      questions.map((each) => each.key),
    );
    put([...questions, { key, kind: "text", label: "", help: null, required: false, options: [] }]);
    setOpen(questions.length);
  };
  const onDrop = (event: DragEvent, index: number) => {
    event.preventDefault();
    if (dragged !== undefined) move(dragged, index);
    setDragged(undefined);
  };
  return (
    <Section id="questions" title={words("questions.title")} words={words("questions.words")}>
      {questions.length === 0 ? null : (
        <ol className={classes.rows}>
          {questions.map((question, index) => {
            const Icon = ICONS[question.kind];
            const label = labelOf(question);
            const wrong = errorOf(errors, `questions.${index}`) !== undefined;
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: its name changes while it is typed, and there is nothing else.
                key={index}
                className={classes.question}
                data-dragged={dragged === index || undefined}
                onDragOver={(event) => event.preventDefault()}
                onDrop={(event) => onDrop(event, index)}
              >
                <div className={classes.questionRow}>
                  <button
                    ref={(element) => {
                      grips.current[index] = element;
                    }}
                    type="button"
                    className={classes.grip}
                    draggable
                    aria-label={words("questions.move", { label })}
                    onDragStart={() => setDragged(index)}
                    onDragEnd={() => setDragged(undefined)}
                    onKeyDown={(event) => onGripKey(event, index)}
                  >
                    <IconGripVertical size={16} stroke={1.6} aria-hidden="true" />
                  </button>
                  <Icon size={16} stroke={1.6} aria-hidden="true" className={classes.kindIcon} />
                  <button
                    type="button"
                    className={classes.questionLabel}
                    aria-expanded={open === index}
                    aria-label={words("questions.edit", { label })}
                    data-wrong={wrong || undefined}
                    onClick={() => setOpen(open === index ? undefined : index)}
                  >
                    {label}
                  </button>
                  <span className={classes.kind}>{kindText(question)}</span>
                  <Switch
                    size="sm"
                    labelPosition="left"
                    label={
                      <span className={classes.requiredWord}>{words("questions.required")}</span>
                    }
                    aria-label={words("questions.requiredOf", { label })}
                    checked={question.required}
                    onChange={(event) => {
                      const required = event.currentTarget.checked;
                      put(
                        questions.map((each, at) => (at === index ? { ...each, required } : each)),
                      );
                    }}
                  />
                </div>
                {open === index ? (
                  <QuestionFields
                    question={question}
                    index={index}
                    errors={errors}
                    taken={questions.filter((_, at) => at !== index).map(({ key }) => key)}
                    onChange={(next) =>
                      put(questions.map((each, at) => (at === index ? next : each)))
                    }
                    onRemove={() => {
                      put(questions.filter((_, at) => at !== index));
                      setOpen(undefined);
                    }}
                    onDone={() => setOpen(undefined)}
                  />
                ) : null}
              </li>
            );
          })}
        </ol>
      )}
      {errors.questions === undefined ? null : <p className={classes.error}>{errors.questions}</p>}
      <p className="sr-only" role="status">
        {said}
      </p>
      {questions.length < MOST_QUESTIONS ? (
        <button type="button" className={classes.add} onClick={add}>
          <IconPlus size={14} stroke={1.6} aria-hidden="true" />
          {words("questions.add")}
        </button>
      ) : (
        <p className={classes.hint}>{words("questions.full", { count: MOST_QUESTIONS })}</p>
      )}
    </Section>
  );
}
