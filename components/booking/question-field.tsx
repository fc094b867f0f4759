import controls from "@/components/guest/controls.module.css";
import type { Words } from "@/components/guest/words";
import type { BookingQuestion } from "@/lib/booking/core/booking-page";
import { describedBy, FieldProblem, FormField } from "./form-field";

/** The id of a question's field. */
export const answerId = (key: string): string => `answer-${key}`;

const LONGEST: Readonly<Record<BookingQuestion["kind"], number>> = {
  text: 300,
  long_text: 2_000,
  select: 300,
  phone: 40,
  checkbox: 10,
};

type QuestionProps = {
  readonly question: BookingQuestion;
  readonly value: string;
  readonly problem: string | undefined;
  readonly words: Words;
};

function Tick({ question, value, problem, words }: QuestionProps) {
  const { key, label, help, required } = question;
  const id = answerId(key);
  return (
    <div className={controls.field}>
      <label className={`${controls.check} ${controls.tick}`}>
        <input
          // A reset form would fall back to what it first had; see the choices of form-field.tsx.
          key={value}
          type="checkbox"
          id={id}
          name={`answers.${key}`}
          value="yes"
          defaultChecked={value !== ""}
          aria-required={required || undefined}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={describedBy(id, { help, problem })}
        />
        <span>
          <bdi>{label}</bdi>
          {required ? null : (
            <span className={controls.optional}> {words("details.optional")}</span>
          )}
        </span>
      </label>
      {help === null ? null : (
        <p className={`${controls.help} theirs`} id={`${id}-help`}>
          {help}
        </p>
      )}
      <FieldProblem id={id} problem={problem} />
    </div>
  );
}

/** One question of a link, as the kind of field it asks for. */
export function QuestionField(props: QuestionProps) {
  const { question, value, problem, words } = props;
  const { key, kind, label, help, required, options } = question;
  if (kind === "checkbox") return <Tick {...props} />;
  return (
    <FormField
      name={`answers.${key}`}
      id={answerId(key)}
      label={<bdi>{label}</bdi>}
      hint={required ? undefined : words("details.optional")}
      help={help}
      problem={problem}
      type={kind === "phone" ? "tel" : "text"}
      {...(kind === "long_text" ? { lines: 3 } : {})}
      {...(kind === "select" ? { options, nothing: words("details.chooseOne") } : {})}
      autoComplete={kind === "phone" ? "tel" : "off"}
      maxLength={LONGEST[kind]}
      required={required}
      value={value}
    />
  );
}
