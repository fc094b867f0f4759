import type { z } from "zod";
import { withAction } from "./with-action";

/** What a form sent, as text: one value, or several of the same name. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

type FormAnswers<Answer> = {
  /** Names the action in the log. */
  readonly name: string;
  /** The input is not valid: what is wrong with which field, and what was typed, so that it can be kept. */
  readonly invalid: (fields: Readonly<Record<string, string>>, typed: Typed) => Answer;
  /** It could not be done; `message` is for the person. */
  readonly refused: (message: string, typed: Typed) => Answer;
};

const MAX_FIELDS = 200;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** The form's own texts: without files, the framework's fields, prototype keys, and U+0000, which no column holds. */
export function typedIn(form: FormData): Typed {
  // A map, because a field may be called `toString`, which an object answers with a function.
  const typed = new Map<string, string | string[]>();
  for (const [name, value] of [...form].slice(0, MAX_FIELDS)) {
    if (typeof value !== "string" || name.startsWith("$ACTION") || FORBIDDEN.has(name)) continue;
    const text = value.replaceAll("\0", "");
    const before = typed.get(name);
    typed.set(name, before === undefined ? text : [before, text].flat());
  }
  return Object.fromEntries(typed);
}

/** The first message per field of a failed parse. */
export function fieldMessages(error: z.ZodError): Record<string, string> {
  const messages = new Map<string, string>();
  for (const issue of error.issues) {
    const field = issue.path.map(String).join(".") || "form";
    if (!messages.has(field)) messages.set(field, issue.message);
  }
  return Object.fromEntries(messages);
}

/**
 * A server action for a form, in the shape `useActionState` wants and a browser without scripts can post to: parse,
 * then `handler`. Whatever happens, the answer is one of the form's own.
 */
export const formAction =
  <Shape extends z.ZodType, Answer>(
    shape: Shape,
    answers: FormAnswers<Answer>,
    handler: (input: z.output<Shape>, typed: Typed) => Promise<Answer>,
  ): ((previous: Answer, form: FormData) => Promise<Answer>) =>
  async (_previous, form) => {
    const typed = form instanceof FormData ? typedIn(form) : {};
    return withAction(
      answers.name,
      async () => {
        const parsed = shape.safeParse(typed);
        if (!parsed.success) return answers.invalid(fieldMessages(parsed.error), typed);
        return handler(parsed.data, typed);
      },
      (message) => answers.refused(message, typed),
    );
  };
