import { z } from "zod";
import type { Summary } from "./provider";

const text = z.string().catch("");
const details = z
  .array(z.object({ label: text, summary: text }))
  .catch([])
  .default([]);
const steps = z.array(z.string()).catch([]).default([]);

/** A summary as Zoom's interface and its webhook `meeting.summary_completed` spell it. Unknown fields are left aside. */
const zoomSummary = z.object({
  meeting_topic: text.default(""),
  summary_title: text.default(""),
  summary_overview: text.default(""),
  summary_details: details,
  next_steps: steps,
  /** What the host made of it, which counts more. */
  edited_summary: z
    .object({ summary_overview: text.default(""), summary_details: details, next_steps: steps })
    .partial()
    .nullish()
    .catch(undefined),
  /** Newer accounts: everything in one Markdown text. */
  summary_content: text.default(""),
});

const HEADING = /^(?<marks>#{1,6})\s+(?<title>.+?)\s*#*$/;
const LISTED = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s*)?/;
const OVERVIEW = /^(?:quick recap|overview|recap|meeting summary)$/i;
const STEPS = /^(?:next steps|action items|to-?dos?)$/i;
/** Holds the sections, and says nothing itself. */
const FRAME = /^(?:summary|details|detailed summary|key (?:points|takeaways))$/i;

const plain = (line: string): string =>
  line
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/__(.+?)__/g, "$1")
    .replace(/\[([^\]]{1,500})\]\([^)]{1,2000}\)/g, "$1")
    .trim();

type Section = { readonly level: number; readonly title: string; readonly lines: string[] };

function sectionsOf(markdown: string): readonly Section[] {
  const sections: Section[] = [{ level: 0, title: "", lines: [] }];
  for (const line of markdown.split(/\r?\n/)) {
    const { marks, title } = HEADING.exec(line.trim())?.groups ?? {};
    if (marks !== undefined && title !== undefined) {
      sections.push({ level: marks.length, title: plain(title).replace(/:$/, ""), lines: [] });
    } else if (line.trim() !== "") sections.at(-1)?.lines.push(line);
  }
  return sections;
}

const proseOf = ({ lines }: Section): string =>
  lines.map((line) => plain(line.replace(LISTED, ""))).join("\n");

/** Reads the one Markdown text: recap, sections, next steps. What stands under no heading is the overview. */
function readContent(markdown: string): Omit<Summary, "title"> {
  const sections = sectionsOf(markdown);
  const steps = sections.filter(({ title }) => STEPS.test(title));
  const overview = sections.filter(({ title }) => title === "" || OVERVIEW.test(title));
  const rest = sections.filter(
    (section) => !steps.includes(section) && !overview.includes(section) && proseOf(section) !== "",
  );
  return {
    overview: overview.map(proseOf).filter(Boolean).join("\n"),
    details: rest.map((section) => ({
      label: FRAME.test(section.title) ? "" : section.title,
      summary: proseOf(section),
    })),
    nextSteps: steps.flatMap(({ lines }) =>
      lines.map((line) => plain(line.replace(LISTED, ""))).filter(Boolean),
    ),
  };
}

/**
 * A summary from Zoom's answer, or from the `object` of its webhook; null when it says nothing. What a host edited
 * counts more than what was generated, fields more than the Markdown text.
 */
export function readZoomSummary(value: unknown): Summary | null {
  const { data } = zoomSummary.safeParse(value);
  if (!data) return null;
  const { edited_summary: edited } = data;
  const content = readContent(data.summary_content);
  const pick = <Item>(...choices: readonly (readonly Item[] | undefined)[]): readonly Item[] =>
    choices.find((list) => list !== undefined && list.length > 0) ?? [];
  const summary: Summary = {
    title: data.summary_title || data.meeting_topic,
    overview: edited?.summary_overview || data.summary_overview || content.overview,
    details: pick(edited?.summary_details, data.summary_details, content.details),
    nextSteps: pick(edited?.next_steps, data.next_steps, content.nextSteps),
  };
  const isEmpty =
    summary.overview === "" && summary.details.length === 0 && summary.nextSteps.length === 0;
  return isEmpty ? null : summary;
}
