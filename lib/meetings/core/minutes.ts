import type { Instant } from "@/lib/time/instant";

/** A part of minutes: a heading, a paragraph (its lines apart), or a point of a list. */
export type MinutesBlock = {
  readonly kind: "heading" | "paragraph" | "item";
  readonly text: string;
};

/** Minutes as their reader sees them. */
export type Minutes = {
  readonly body: string;
  readonly source: "provider" | "person";
  /** A person changed what a provider wrote. */
  readonly edited: boolean;
  readonly updatedAt: Instant;
  readonly updatedBy: string | null;
  readonly version: number;
};

/** Something agreed that became a task. */
export type AgreedAction = {
  readonly id: string;
  readonly title: string;
  readonly who: string;
  readonly done: boolean;
};

/** Minutes on a meeting's page. */
export type MinutesView = {
  readonly meetingId: string;
  readonly minutes: Minutes | null;
  readonly actions: readonly AgreedAction[];
  readonly mayWrite: boolean;
};

/** Longest text somebody may write, characters. Its HTML is at most six times that, and still fits its column. */
export const MINUTES_LENGTH = 30_000;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const unescaped = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => {
    const found = Object.entries(ESCAPES).find(([, written]) => written === sign);
    return found?.[0] ?? sign;
  });

const TAGS = { heading: "h3", paragraph: "p", item: "li" } as const;
const KINDS = new Map<string, MinutesBlock["kind"]>(
  Object.entries(TAGS).map(([kind, tag]) => [tag, kind as MinutesBlock["kind"]]),
);

/** What is stored: four tags, no attributes, everything else as text. */
export function htmlOf(blocks: readonly MinutesBlock[]): string {
  return blocks
    .map(({ kind, text }, index) => {
      const tag = TAGS[kind];
      const inner = escaped(text).replaceAll("\n", "<br>");
      const opens = kind === "item" && blocks[index - 1]?.kind !== "item" ? "<ul>" : "";
      const closes = kind === "item" && blocks[index + 1]?.kind !== "item" ? "</ul>" : "";
      return `${opens}<${tag}>${inner}</${tag}>${closes}`;
    })
    .join("");
}

/** The parts of stored minutes. What is none of our four tags is left out: it was never written by `htmlOf`. */
export const blocksOf = (html: string): readonly MinutesBlock[] =>
  [...html.matchAll(/<(?<tag>h3|p|li)>(?<inner>.*?)<\/\k<tag>>/gs)].map(({ groups }) => ({
    kind: KINDS.get(groups?.tag ?? "") ?? "paragraph",
    text: unescaped((groups?.inner ?? "").replaceAll("<br>", "\n").replace(/<[^>]*>/g, "")),
  }));

/** What somebody types: `# ` begins a heading, `- ` a point; an empty line ends a paragraph. */
export function blocksFromText(text: string): readonly MinutesBlock[] {
  const blocks: MinutesBlock[] = [];
  let open = false;
  for (const raw of text.replaceAll("\r\n", "\n").split("\n")) {
    const line = raw.trim();
    const [, mark = "", rest = ""] = /^(#{1,6}|[-*•])\s+(.*)$/u.exec(line) ?? [];
    const last = blocks.at(-1);
    if (line === "") {
      open = false;
    } else if (mark !== "") {
      blocks.push({ kind: mark.startsWith("#") ? "heading" : "item", text: rest });
      open = false;
    } else if (open && last?.kind === "paragraph") {
      blocks[blocks.length - 1] = { kind: "paragraph", text: `${last.text}\n${line}` };
    } else {
      blocks.push({ kind: "paragraph", text: line });
      open = true;
    }
  }
  return blocks.filter((block) => block.text !== "");
}

/** What stands between two parts: points of a list follow each other line by line. */
function gapBetween(before: MinutesBlock | undefined, kind: MinutesBlock["kind"]): string {
  if (before === undefined) return "";
  return before.kind === "item" && kind === "item" ? "\n" : "\n\n";
}

/** The same as somebody would type it; what `blocksFromText` reads back. */
export const textOf = (blocks: readonly MinutesBlock[]): string =>
  blocks
    .map(({ kind, text }, index) => {
      const mark = { heading: "# ", item: "- ", paragraph: "" }[kind];
      return `${gapBetween(blocks[index - 1], kind)}${mark}${text}`;
    })
    .join("");

type Told = {
  readonly title: string;
  readonly overview: string;
  readonly details: readonly { readonly label: string; readonly summary: string }[];
  readonly nextSteps: readonly string[];
};

/** Next steps under this heading become tasks; the same word is in the minutes. */
const NEXT_STEPS = "Next steps";

/** A provider's summary as minutes. `clean` makes plain text of what it wrote. */
export function blocksFromSummary(
  summary: Told,
  clean: (text: string) => string,
): readonly MinutesBlock[] {
  const text = (kind: MinutesBlock["kind"], words: string): MinutesBlock => ({
    kind,
    text: clean(words).trim().slice(0, 5_000),
  });
  const blocks = [
    text("paragraph", summary.overview),
    ...summary.details.flatMap(({ label, summary: words }) => [
      text("heading", label),
      text("paragraph", words),
    ]),
    ...(summary.nextSteps.length === 0 ? [] : [text("heading", NEXT_STEPS)]),
    ...summary.nextSteps.map((step) => text("item", step)),
  ];
  return blocks.filter((block) => block.text !== "").slice(0, 500);
}

type Colleague = { readonly userId: string; readonly name: string };

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether these words stand in that order, side by side. */
function stands(words: readonly string[], name: readonly string[]): boolean {
  return (
    name.length > 0 &&
    words.some((_, start) => name.every((part, index) => words[start + index] === part))
  );
}

/**
 * Whose task an agreed step is: the one colleague it names in full, else the one it names by the first name that
 * nobody else of the meeting has. Undefined when it names nobody, or several.
 */
export function findNamed(step: string, people: readonly Colleague[]): string | undefined {
  const words = wordsOf(step);
  const inFull = people.filter(({ name }) => stands(words, wordsOf(name)));
  if (inFull.length > 0) return inFull.length === 1 ? inFull[0]?.userId : undefined;
  const firstOf = (name: string): string => wordsOf(name)[0] ?? "";
  const byFirst = people.filter(
    ({ name }) => firstOf(name).length > 1 && words.includes(firstOf(name)),
  );
  return byFirst.length === 1 ? byFirst[0]?.userId : undefined;
}
