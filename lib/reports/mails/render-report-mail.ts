import { buildMime } from "@/lib/mail/mime";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { renderPlainLetter } from "@/lib/mail/plain-letter";
import type { RenderDeps } from "@/lib/mail/renderer";
import type { OutgoingMail } from "@/lib/mail/transport";
import { parseInstant } from "@/lib/time/instant";
import { reportFacts } from "../core/report-mail";
import { t } from "../core/report-text";

/** Renders the outbox rows whose event begins with `report/`: the week's figures, and the way to their rows. */
export async function renderReportMail(row: OutboxRow, deps: RenderDeps): Promise<OutgoingMail> {
  const facts = reportFacts.parse(row.facts);
  const { from, to, meetings, workspaceName } = facts;
  const subject = t("mail.subject", { meetings: String(meetings), from, to });
  const { html, text } = await renderPlainLetter({
    locale: "en",
    direction: "ltr",
    subject,
    workspaceName,
    title: t("mail.title"),
    words: facts.lines.map((line) => t("mail.line", line)),
    action: {
      label: t("mail.action"),
      url: `${deps.appUrl}/reports/meetings?${new URLSearchParams({ from, to })}`,
    },
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
