import { Heading, Link, Section as Slab, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";
import { comma } from "@/lib/i18n/locale";
import { LetterFrame, text } from "@/lib/mail/letter-frame";
import { palette } from "@/lib/mail/palette";
import type { Letter, Phrase, Section, When } from "./letter";
import { AnswerButtons, Buttons } from "./letter-buttons";
import { PlacesTable } from "./places-table";
import { aligned, padEnd, tight } from "./sides";

const body = text(15, 22, palette.text);
const muted = text(14, 20, palette.text2);
const heading: CSSProperties = { ...text(15, 22, palette.text, 600), padding: "28px 0 6px" };

function Words({ phrases }: { readonly phrases: readonly Phrase[] }): ReactNode {
  return phrases.map((phrase) => {
    if (phrase.url === undefined) return <span key={phrase.words}>{phrase.words}</span>;
    return (
      <Link key={phrase.url} href={phrase.url} className="m-link" style={link}>
        {phrase.words}
      </Link>
    );
  });
}

const link: CSSProperties = { color: palette.accent, textDecoration: "underline" };

/** Keeps the line breaks somebody typed without letting anything else of it be markup. */
function Lines({ words }: { readonly words: string }): ReactNode {
  return words.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once to a string, never reordered
    <span key={index} dir="auto">
      {index > 0 && <br />}
      {line}
    </span>
  ));
}

type Direction = Letter["direction"];

function WhenBox({ when, letter }: { readonly when: When; readonly letter: Letter }) {
  const tint = when.off ? "m-off" : "m-box";
  const line = when.off ? palette.line : palette.accentLine;
  const box: CSSProperties = {
    width: "100%",
    margin: "24px 0 20px",
    borderCollapse: "separate",
    border: `1px solid ${line}`,
    borderRadius: "8px",
    backgroundColor: when.off ? palette.bgSubtle : palette.accentSoft,
  };
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} className={tint} style={box}>
      <tbody>
        <tr>
          <td style={{ padding: "18px 20px" }}>
            <Text className="m-text" style={text(15, 22, palette.text, 500)}>
              {when.date}
            </Text>
            <Text
              className="m-text m-time"
              style={{ ...text(32, 40, palette.text, 600), ...tight("-0.026em", letter.direction) }}
            >
              <span style={{ textDecoration: when.off ? "line-through" : "none" }}>
                {when.range}
              </span>{" "}
              <span
                className="m-text2"
                style={{ ...text(17, 22, palette.text2), letterSpacing: "normal" }}
              >
                {when.zone}
              </span>
            </Text>
            <Text className="m-text2" style={muted}>
              {when.yourTime}
            </Text>
            {when.notes.map((note) => (
              <Text
                key={note}
                className="m-text"
                style={{ ...text(14, 20, palette.text, 500), paddingTop: "8px" }}
              >
                {note}
              </Text>
            ))}
          </td>
        </tr>
        <tr>
          <td
            className={when.off ? "m-line m-text2" : "m-boxline m-text2"}
            style={{ ...muted, padding: "10px 20px", borderTop: `1px solid ${line}` }}
          >
            <span className="m-text" style={{ fontWeight: 500, color: palette.text }}>
              {when.utc}
            </span>
            {comma(letter.locale)}
            {when.duration}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function SectionBody({
  section,
  direction,
}: {
  readonly section: Section;
  readonly direction: Direction;
}) {
  if (section.kind === "words")
    return (
      <Text className="m-text" style={body}>
        <Lines words={section.words} />
      </Text>
    );
  const rows =
    section.kind === "steps"
      ? section.items.map((item, index) => ({
          label: `${index + 1}`,
          value: { words: item } as Phrase,
        }))
      : section.rows;
  const width = section.kind === "steps" ? 16 : 84;
  return (
    <table
      cellPadding={0}
      cellSpacing={0}
      width="100%"
      {...(section.kind === "steps" ? { role: "presentation" } : {})}
    >
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label}>
            <th
              scope="row"
              className="m-text3"
              style={{
                ...rowHead,
                ...aligned("start", direction),
                ...padEnd(8, direction),
                width: `${width}px`,
              }}
            >
              {label}
            </th>
            <td className="m-text" style={rowValue}>
              {value.url ? <Words phrases={[value]} /> : <Lines words={value.words} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const rowValue: CSSProperties = {
  ...body,
  padding: "4px 0",
  verticalAlign: "top",
  wordBreak: "break-word",
};

const rowHead: CSSProperties = {
  ...text(14, 22, palette.text3),
  verticalAlign: "top",
  padding: "4px 0",
};

function Card({ letter }: { readonly letter: Letter }) {
  return (
    <>
      <Text
        className="m-text"
        style={{ ...text(14, 20, palette.text, 600), padding: "24px 0 20px" }}
      >
        {letter.workspaceName}
      </Text>
      <Heading
        as="h1"
        className="m-text m-title"
        style={{ ...text(28, 34, palette.text, 600), ...tight("-0.024em", letter.direction) }}
      >
        {letter.title}
      </Heading>
      <Text className="m-text2" style={{ ...text(15, 22, palette.text2), paddingTop: "6px" }}>
        <Lines words={letter.lead} />
      </Text>
      <WhenBox when={letter.when} letter={letter} />
      {letter.actions.length > 0 && (
        <Buttons actions={letter.actions} direction={letter.direction} />
      )}
      {letter.answers && <AnswerButtons answers={letter.answers} direction={letter.direction} />}
      {letter.addTo.length > 0 && (
        <Text className="m-text2" style={{ ...muted, paddingTop: "12px" }}>
          <Words phrases={letter.addTo} />
        </Text>
      )}
      <Heading as="h2" className="m-text" style={heading}>
        {letter.places.title}
      </Heading>
      <PlacesTable places={letter.places} direction={letter.direction} />
      {letter.sections.map((section) => (
        <Slab key={section.title}>
          <Heading as="h2" className="m-text" style={heading}>
            {section.title}
          </Heading>
          <SectionBody section={section} direction={letter.direction} />
        </Slab>
      ))}
      <div style={{ height: "24px", lineHeight: "24px", fontSize: "1px" }}>&nbsp;</div>
      {letter.closing.map((closing) => (
        <Text
          key={closing[0]?.words}
          className="m-text2 m-line"
          style={{ ...muted, padding: "20px 0 24px", borderTop: `1px solid ${palette.line}` }}
        >
          <Words phrases={closing} />
        </Text>
      ))}
    </>
  );
}

// A space between sentences, except where the language uses none.
const separated = (phrases: readonly Phrase[], gap: string): readonly Phrase[] =>
  phrases.flatMap((phrase, index) => (index === 0 ? [phrase] : [{ words: gap }, phrase]));

/** The HTML part: tables carry the layout, styles are inline, and both schemes are declared. */
export function LetterHtml({ letter }: { readonly letter: Letter }) {
  const gap = letter.locale === "ja" ? "" : " ";
  return (
    <LetterFrame
      locale={letter.locale}
      direction={letter.direction}
      subject={letter.subject}
      preview={`${letter.when.date}, ${letter.when.range} ${letter.when.zone}`}
      maxWidth="624px"
      legal={<Words phrases={separated(letter.legal, gap)} />}
    >
      <Card letter={letter} />
    </LetterFrame>
  );
}
