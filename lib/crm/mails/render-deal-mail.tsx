import { Body, Head, Html, Text } from "@react-email/components";
import { buildMime } from "@/lib/mail/mime";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { font, palette } from "@/lib/mail/palette";
import { renderPlainLetter } from "@/lib/mail/plain-letter";
import type { RenderDeps } from "@/lib/mail/renderer";
import type { OutgoingMail } from "@/lib/mail/transport";
import { parseInstant } from "@/lib/time/instant";
import { t } from "../core/activity-text";
import type { DealLetterFacts } from "../core/deal-mail";
import { DEAL_LETTER, dealLetterFacts, dealNoticeFacts, paragraphsOf } from "../core/deal-mail";

/** A letter as a person writes one: no card, no button, nothing that says a machine made it. */
function Letter({ facts }: { readonly facts: DealLetterFacts }) {
  const line = { margin: "0 0 14px", fontFamily: font, fontSize: "15px", lineHeight: "22px" };
  return (
    <Html lang="en">
      <Head>
        <title>{facts.subject}</title>
      </Head>
      <Body>
        {[...paragraphsOf(facts.body).entries()].map(([at, lines]) => (
          <Text key={at} style={{ ...line, color: palette.text, whiteSpace: "pre-line" }}>
            {lines.join("\n")}
          </Text>
        ))}
        <Text style={{ ...line, color: palette.text2, fontSize: "13px", lineHeight: "18px" }}>
          {t("mail.letterLegal", { seller: facts.seller.name, workspace: facts.workspaceName })}
        </Text>
      </Body>
    </Html>
  );
}

async function renderLetter(row: OutboxRow, deps: RenderDeps): Promise<OutgoingMail> {
  const facts = dealLetterFacts.parse(row.facts);
  const { seller, workspaceName } = facts;
  const { renderToStaticMarkup } = await import("react-dom/server");
  const legal = t("mail.letterLegal", { seller: seller.name, workspace: workspaceName });
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    // The envelope is the house's, which may send; the name and the answers are the seller's.
    from: { address: deps.from.address, name: `${seller.name}, ${workspaceName}` },
    to: { address: row.toEmail, name: row.toName },
    replyTo: seller.email,
    subject: facts.subject,
    html: `<!DOCTYPE html>${renderToStaticMarkup(<Letter facts={facts} />)}`,
    text: `${facts.body.trim()}\n\n-- \n${legal}\n`,
    personal: true,
    date: parseInstant(facts.occurredAt) ?? deps.now(),
  });
}

async function renderNotice(row: OutboxRow, deps: RenderDeps): Promise<OutgoingMail> {
  const facts = dealNoticeFacts.parse(row.facts);
  const { subject, workspaceName } = facts;
  const { html, text } = await renderPlainLetter({
    locale: "en",
    direction: "ltr",
    subject,
    workspaceName,
    title: subject,
    words: facts.words,
    action: { label: facts.action, url: `${deps.appUrl}${facts.path}` },
    notes: [],
    legal: t("mail.legal", { workspace: workspaceName }),
  });
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    from: { address: deps.from.address, name: workspaceName },
    to: { address: row.toEmail, name: row.toName },
    subject,
    html,
    text,
    date: parseInstant(facts.occurredAt) ?? deps.now(),
  });
}

/** Renders the outbox rows whose event begins with `crm/`: a seller's own letters, and what sellers are told. */
export const renderDealMail = (row: OutboxRow, deps: RenderDeps): Promise<OutgoingMail> =>
  row.event === DEAL_LETTER ? renderLetter(row, deps) : renderNotice(row, deps);
