import { Container, Head, Html, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";
import { font, headCss, palette } from "./palette";

/** Type of a mail: size and line in pixels. */
export const text = (size: number, line: number, color: string, weight = 400): CSSProperties => ({
  margin: 0,
  fontFamily: font,
  fontSize: `${size}px`,
  lineHeight: `${line}px`,
  fontWeight: weight,
  color,
});

/**
 * The frame of every mail: head, both colour schemes, one card, the small print below it. The direction is said on the
 * table as well, because some readers throw the document's own away.
 */
export function LetterFrame({
  locale,
  direction,
  subject,
  preview,
  maxWidth,
  legal,
  children,
}: {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly subject: string;
  readonly preview: string;
  readonly maxWidth: string;
  readonly legal: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Html lang={locale} dir={direction}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{headCss}</style>
      </Head>
      <Preview>{preview}</Preview>
      {/* The kit's own body repeats its colour on an inner cell, out of reach of the dark scheme. */}
      <body className="m-page" style={{ margin: 0, padding: 0, backgroundColor: palette.bgSunken }}>
        <main>
          <Container
            className="m-outer"
            dir={direction}
            style={{
              textAlign: direction === "rtl" ? "right" : "left",
              maxWidth,
              padding: "24px 12px 40px",
            }}
          >
            <Section
              className="m-card"
              style={{
                backgroundColor: palette.surface,
                border: `1px solid ${palette.line}`,
                borderRadius: "12px",
                borderCollapse: "separate",
              }}
            >
              <tr>
                <td className="m-pad" style={{ padding: "0 36px" }}>
                  {children}
                </td>
              </tr>
            </Section>
            <Text
              className="m-text2 m-pad"
              style={{ ...text(13, 18, palette.text2), padding: "16px 36px 0" }}
            >
              {legal}
            </Text>
          </Container>
        </main>
      </body>
    </Html>
  );
}
