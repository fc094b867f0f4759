/**
 * A manager's own words for one mail. `{{topic}}` and its like stand for what the mail is about; nothing else in the
 * text means anything, and what a variable brings in is text as well.
 */
export type MailWords = { readonly subject: string; readonly opening: string };

/** Everything a template may name. */
export const TEMPLATE_VARIABLES = [
  "topic",
  "host",
  "guest",
  "who",
  "reader",
  "when",
  "date",
  "time",
  "zone",
  "duration",
  "place",
  "room",
  "workspace",
] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];
export type TemplateValues = Readonly<Record<TemplateVariable, string>>;

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isVariable = (name: string): name is TemplateVariable =>
  (TEMPLATE_VARIABLES as readonly string[]).includes(name);

/** What of a text is no variable: names nobody knows, and braces that are not closed. Empty is right. */
export function troublesIn(text: string): readonly string[] {
  const unknown = [...text.matchAll(VARIABLE)]
    .map(([, name = ""]) => name)
    .filter((name) => !isVariable(name))
    .map((name) => `{{${name}}}`);
  const rest = text.replace(VARIABLE, "");
  const loose = ["{{", "}}"].filter((braces) => rest.includes(braces));
  return [...new Set([...unknown, ...loose])];
}

/**
 * The text with its variables said. What a variable brings in is not read again, so a topic called `{{guest}}` stays
 * that. Throws RangeError on a text that names something unknown: such a one is never kept.
 */
export function fillTemplate(text: string, values: TemplateValues): string {
  return text.replace(VARIABLE, (_, name: string) => {
    if (!isVariable(name)) throw new RangeError(`no such variable in a mail: ${name}`);
    return values[name];
  });
}
