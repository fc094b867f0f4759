import { comma } from "@/lib/i18n/locale";
import type { Letter, Phrase, Section } from "./letter";

const WIDTH = 72;

// Chinese, Japanese and Korean characters take two columns of a fixed-width face.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

// Marks that stand on other letters, and those that only steer direction, take no column.
const NO_WIDTH = /[\p{M}\u200b\u200e\u200f\u2066-\u2069]/u;

const columnsOf = (text: string): number =>
  [...text].reduce((columns, character) => {
    if (NO_WIDTH.test(character)) return columns;
    return columns + (WIDE.test(character) ? 2 : 1);
  }, 0);

const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - columnsOf(text)));

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columnsOf));

/** Breaks at spaces, so that a sentence is readable where lines are not wrapped. Words are never split. */
function wrapped(text: string, indent = ""): string {
  const lines = text.split("\n").map((line) => {
    const rows: string[] = [];
    let row = "";
    for (const word of line.split(" ")) {
      if (row !== "" && columnsOf(indent + row) + 1 + columnsOf(word) > WIDTH) {
        rows.push(row);
        row = word;
      } else row = row === "" ? word : `${row} ${word}`;
    }
    return [...rows, row].map((one) => `${indent}${one}`).join("\n");
  });
  return lines.join("\n");
}

const underlined = (text: string, mark: string): string =>
  `${text}\n${mark.repeat(Math.min(WIDTH, columnsOf(text)))}`;

const block = (title: string, content: string): string => `${underlined(title, "-")}\n${content}`;

/** An address, after its words where those say more than the address does. */
const linkText = ({ words, url }: Phrase): string => {
  if (url === undefined) return words;
  return url.includes(words) ? url : `${words}: ${url}`;
};

function sectionText(section: Section): string {
  if (section.kind === "words") return block(section.title, wrapped(section.words));
  if (section.kind === "steps")
    return block(
      section.title,
      section.items.map((item, index) => wrapped(`${index + 1}. ${item}`)).join("\n"),
    );
  const width = widest(section.rows.map(({ label }) => label));
  return block(
    section.title,
    section.rows
      .map(({ label, value }) => {
        const lines = linkText(value).split("\n");
        return `${padded(label, width)}  ${lines.join(`\n${" ".repeat(width + 2)}`)}`;
      })
      .join("\n"),
  );
}

// Times come first: they are of one width, so the table stands straight in any face.
function placesText({ places, locale }: Letter): string {
  const times = places.rows.map((row) => `${row.range} ${row.zone}`);
  const width = widest(times);
  const rows = places.rows.map((row, index) => {
    const name = [row.name, row.detail].filter(Boolean).join(comma(locale));
    return `${padded(times[index] ?? "", width)}   ${name}${row.date ? ` [${row.date}]` : ""}`;
  });
  return block(`${places.title} (${places.dateHead})`, rows.join("\n"));
}

const answersText = ({ answers }: Letter): string =>
  answers === undefined
    ? ""
    : [answers.question, ...answers.options.map(({ label, url }) => `${label}: ${url}`)].join("\n");

function whenText({ when, locale }: Letter): string {
  return [
    when.date,
    `${when.range} ${when.zone}`,
    when.yourTime,
    `${when.utc}${comma(locale)}${when.duration}`,
    ...when.notes.map((note) => wrapped(note)),
  ].join("\n");
}

// A sentence with a link in it: the words, then each address on a line of its own.
function sentence(phrases: readonly Phrase[]): string {
  const words = wrapped(
    phrases
      .map((phrase) => phrase.words)
      .join("")
      .trim(),
  );
  const links = phrases.filter((phrase) => phrase.url !== undefined);
  return [words, ...links.map((phrase) => `${phrase.words}: ${phrase.url}`)].join("\n");
}

/** The plain-text part: laid out for itself, with everything the HTML part says. Lines end in LF. */
export function letterText(letter: Letter): string {
  const [legal, ...notes] = letter.legal;
  const parts = [
    underlined(letter.title, "="),
    wrapped(letter.lead),
    block(letter.when.label, whenText(letter)),
    letter.actions.map(({ label, url }) => `${label}:\n${url}`).join("\n\n"),
    answersText(letter),
    placesText(letter),
    ...letter.sections.map(sectionText),
    letter.addTo.length > 0 ? sentence(letter.addTo) : "",
    ...letter.closing.map(sentence),
    // "-- " opens a signature, which mail programs fold away.
    ["-- ", letter.workspaceName, legal && wrapped(legal.words), ...notes.map(noteText)].join("\n"),
  ];
  const whole = `${parts.filter(Boolean).join("\n\n")}\n`;
  return letter.direction === "rtl" ? fromTheRight(whole) : whole;
}

const RIGHT_TO_LEFT_MARK = "\u200f";
const RTL_LETTER = /[\u0590-\u08ff\ufb1d-\ufefc]/u;

// Programs choose the direction of each line of plain text by its first letter, so a line of words that begins with a
// time or a foreign name gets a mark before it. Addresses on lines of their own stay as they are.
const fromTheRight = (text: string): string =>
  text
    .split("\n")
    .map((line) => (RTL_LETTER.test(line) ? `${RIGHT_TO_LEFT_MARK}${line}` : line))
    .join("\n");

const noteText = (phrase: Phrase): string =>
  phrase.url === undefined ? wrapped(phrase.words) : `${phrase.words}: ${phrase.url}`;
