import { Heading, Link, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import { LetterFrame, text } from "@/lib/mail/letter-frame";
import { buildMime } from "@/lib/mail/mime";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { palette } from "@/lib/mail/palette";
import type { RenderDeps } from "@/lib/mail/renderer";
import type { OutgoingMail } from "@/lib/mail/transport";
import { parseInstant } from "@/lib/time/instant";
import type { DashboardFacts } from "../core/schedule";
import { dashboardFacts } from "../core/schedule";

const DOCTYPE = "<!DOCTYPE html>";

const cell: CSSProperties = {
  ...text(14, 20, palette.text),
  padding: "8px 8px 8px 0",
  borderTop: `1px solid ${palette.line}`,
  verticalAlign: "top",
};

type Urls = { readonly page: string; readonly stop: string };

function Figures({ cards }: { readonly cards: DashboardFacts["cards"] }) {
  return (
    <table width="100%" cellPadding={0} cellSpacing={0} style={{ marginTop: "16px" }}>
      <tbody>
        {cards.map(({ name, value, change, before }) => (
          <tr key={name}>
            <td className="m-text2 m-line" style={{ ...cell, color: palette.text2 }}>
              {name}
            </td>
            <td
              className="m-text m-line"
              style={{ ...cell, fontWeight: 600, textAlign: "right", whiteSpace: "nowrap" }}
            >
              {value}
            </td>
            <td
              className="m-text2 m-line"
              style={{ ...cell, color: palette.text2, textAlign: "right" }}
            >
              {change}
              {before === "" ? null : ` vs ${before}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Letter({ facts, urls }: { readonly facts: DashboardFacts; readonly urls: Urls }) {
  return (
    <LetterFrame
      locale="en"
      direction="ltr"
      subject={facts.name}
      preview={facts.lines[0] ?? facts.title}
      maxWidth="640px"
      legal={
        <>
          {facts.workspaceName}. Somebody who manages sales scheduled this mail for you.{" "}
          <Link href={urls.stop}>Stop it in your settings</Link>.
        </>
      }
    >
      <Text
        className="m-text"
        style={{ ...text(14, 20, palette.text, 600), padding: "24px 0 20px" }}
      >
        {facts.workspaceName}
      </Text>
      <Heading as="h1" className="m-text m-title" style={text(24, 30, palette.text, 600)}>
        {facts.name}
      </Heading>
      <Text className="m-text2" style={{ ...text(14, 20, palette.text2), paddingTop: "6px" }}>
        {facts.title}. {facts.lines.join(". ")}.
      </Text>
      <Figures cards={facts.cards} />
      <div style={{ padding: "20px 0 28px" }}>
        <Link href={urls.page} className="m-link" style={text(15, 22, palette.accent, 600)}>
          Open the dashboard
        </Link>
      </div>
    </LetterFrame>
  );
}

const plainText = (facts: DashboardFacts, urls: Urls): string =>
  `${[
    facts.name,
    [facts.title, ...facts.lines].join("\n"),
    facts.cards
      .map(({ name, value, change, before }) =>
        [`${name}: ${value}`, change, before && `vs ${before}`].filter(Boolean).join(" · "),
      )
      .join("\n"),
    `Open the dashboard:\n${urls.page}`,
    `-- \n${facts.workspaceName}\nSomebody who manages sales scheduled this mail for you. Stop it in your settings:\n${urls.stop}`,
  ].join("\n\n")}\n`;

/** Renders the outbox rows whose event begins with `dashboard/`: the figures as they were computed for their reader. */
export async function renderDashboardMail(row: OutboxRow, deps: RenderDeps): Promise<OutgoingMail> {
  const facts = dashboardFacts.parse(row.facts);
  const urls: Urls = {
    page: `${deps.appUrl}${facts.path}`,
    stop: `${deps.appUrl}/settings/notifications#dashboard-mails`,
  };
  // Imported when first needed: a static import of the server renderer is refused inside pages.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const { file } = facts;
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    from: { address: deps.from.address, name: facts.workspaceName },
    to: { address: row.toEmail, name: row.toName },
    subject: `${facts.name}: ${facts.title}, ${facts.lines[0]?.replace(/^Range: /, "") ?? ""}`,
    html: DOCTYPE + renderToStaticMarkup(<Letter facts={facts} urls={urls} />),
    text: plainText(facts, urls),
    date: parseInstant(facts.occurredAt) ?? deps.now(),
    ...(file === null
      ? {}
      : {
          files: [
            { name: file.name, type: file.type, content: Buffer.from(file.base64, "base64") },
          ],
        }),
  });
}
