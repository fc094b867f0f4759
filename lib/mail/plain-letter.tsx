import { Heading, Link, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import { LetterFrame, text } from "./letter-frame";
import { palette } from "./palette";

/** A mail of a few sentences and at most one button. Every string is in the reader's language already. */
export type PlainLetter = {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly subject: string;
  readonly workspaceName: string;
  readonly title: string;
  readonly words: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Below the button: how long it works, what to do when one did not ask. */
  readonly notes: readonly string[];
  /** The small print: why the reader gets this. */
  readonly legal: string;
};

const DOCTYPE = "<!DOCTYPE html>";

const button: CSSProperties = {
  ...text(15, 22, palette.onAccent, 600),
  display: "inline-block",
  padding: "10px 18px",
  borderRadius: "8px",
  textDecoration: "none",
  border: `1px solid ${palette.accent}`,
  backgroundColor: palette.accent,
};

function Card({ letter }: { readonly letter: PlainLetter }) {
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
        style={{
          ...text(24, 30, palette.text, 600),
          letterSpacing: letter.direction === "rtl" ? "normal" : "-0.022em",
        }}
      >
        {letter.title}
      </Heading>
      {letter.words.map((words) => (
        <Text
          key={words}
          className="m-text"
          style={{ ...text(15, 22, palette.text), paddingTop: "10px" }}
        >
          {words}
        </Text>
      ))}
      {letter.action && (
        <div style={{ padding: "20px 0 4px" }}>
          <Link href={letter.action.url} className="m-button m-primary" style={button}>
            {letter.action.label}
          </Link>
        </div>
      )}
      {letter.notes.map((note) => (
        <Text
          key={note}
          className="m-text2"
          style={{ ...text(14, 20, palette.text2), paddingTop: "12px" }}
        >
          {note}
        </Text>
      ))}
      <div style={{ height: "28px", lineHeight: "28px", fontSize: "1px" }}>&nbsp;</div>
    </>
  );
}

function LetterPage({ letter }: { readonly letter: PlainLetter }) {
  return (
    <LetterFrame
      locale={letter.locale}
      direction={letter.direction}
      subject={letter.subject}
      preview={letter.words[0] ?? letter.title}
      maxWidth="560px"
      legal={letter.legal}
    >
      <Card letter={letter} />
    </LetterFrame>
  );
}

const plainText = ({ title, words, action, notes, workspaceName, legal }: PlainLetter): string =>
  `${[
    title,
    ...words,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...notes,
    `-- \n${workspaceName}\n${legal}`,
  ].join("\n\n")}\n`;

/** The letter as the two parts of a mail. Equal letters give equal parts. */
export async function renderPlainLetter(
  letter: PlainLetter,
): Promise<{ readonly html: string; readonly text: string }> {
  // Imported when first needed: a static import of the server renderer is refused inside pages.
  const { renderToStaticMarkup } = await import("react-dom/server");
  return {
    html: DOCTYPE + renderToStaticMarkup(<LetterPage letter={letter} />),
    text: plainText(letter),
  };
}
