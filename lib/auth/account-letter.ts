import { findAccountToken } from "@/lib/crypto/capability";
import { columnFromInstant } from "@/lib/db/columns";
import { translatorFor } from "@/lib/i18n/catalogue";
import { DEFAULT_LOCALE, localeDirection, parseLocale } from "@/lib/i18n/locale";
import { buildMime } from "@/lib/mail/mime";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { renderPlainLetter } from "@/lib/mail/plain-letter";
import type { RenderDeps } from "@/lib/mail/renderer";
import type { OutgoingMail } from "@/lib/mail/transport";
import { parseInstant } from "@/lib/time/instant";
import type { AccountMailFacts } from "./account-mail";
import { accountMailFacts, LINK_PATHS } from "./account-mail";

const isLinkKind = (kind: AccountMailFacts["kind"]): kind is keyof typeof LINK_PATHS =>
  Object.hasOwn(LINK_PATHS, kind);

/** The link of a mail; undefined when it was used, replaced or has expired since the mail was queued. */
async function urlOf(
  row: OutboxRow,
  facts: AccountMailFacts,
  deps: RenderDeps,
): Promise<string | undefined> {
  if (!isLinkKind(facts.kind) || facts.tokenId === undefined) return undefined;
  const found = await deps.db.accountToken.findFirst({
    where: {
      workspaceId: row.workspaceId,
      id: facts.tokenId,
      usedAt: null,
      expiresAt: { gt: columnFromInstant(deps.now()) },
    },
    select: { tokenHash: true },
  });
  const token = found ? findAccountToken(deps.keys, facts.tokenId, found.tokenHash) : undefined;
  return token === undefined ? undefined : `${deps.appUrl}${LINK_PATHS[facts.kind]}?token=${token}`;
}

/** Renders the outbox rows whose event begins with `account/`. Undefined when the link in it leads nowhere any more. */
export async function renderAccountMail(
  row: OutboxRow,
  deps: RenderDeps,
): Promise<OutgoingMail | undefined> {
  const facts = accountMailFacts.parse(row.facts);
  const { kind, name, workspaceName, by = "", newEmail = "", thing = "", reason = "" } = facts;
  const url = await urlOf(row, facts, deps);
  if (isLinkKind(kind) && url === undefined) return undefined;
  const locale = parseLocale(facts.locale) ?? DEFAULT_LOCALE;
  const say = translatorFor(locale, "account-mail");
  const values = { name, workspace: workspaceName, by, newEmail, thing, reason };
  const letter = {
    locale,
    direction: localeDirection(locale),
    subject: say(`${kind}.subject`, values),
    workspaceName,
    title: say(`${kind}.title`, values),
    words: [say(`${kind}.words`, values), ...(reason === "" ? [] : [say("reason", { reason })])],
    ...(url === undefined ? {} : { action: { label: say(`${kind}.action`), url } }),
    notes: [say(isLinkKind(kind) ? `${kind}.note` : "notMe")],
    legal: say("legal", { workspace: workspaceName }),
  };
  const { html, text } = await renderPlainLetter(letter);
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    from: { address: deps.from.address, name: workspaceName },
    to: { address: row.toEmail, name: row.toName },
    subject: letter.subject,
    html,
    text,
    date: parseInstant(facts.occurredAt) ?? deps.now(),
  });
}
