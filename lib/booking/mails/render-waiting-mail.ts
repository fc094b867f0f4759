import { findManageToken } from "@/lib/crypto/capability";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { comma, DEFAULT_LOCALE, localeDirection, parseLocale } from "@/lib/i18n/locale";
import { buildMime } from "@/lib/mail/mime";
import type { OutboxRow } from "@/lib/mail/outbox-rows";
import { renderPlainLetter } from "@/lib/mail/plain-letter";
import type { RenderDeps } from "@/lib/mail/renderer";
import type { OutgoingMail } from "@/lib/mail/transport";
import { formatDateLong, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { parseInstant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import type { WaitingFacts } from "../core/waiting";
import { WAITING_MAIL, waitingFacts } from "../core/waiting";

/** The address that takes its reader off the list: derived, never stored in clear. Undefined when they are off it. */
async function leaveUrl(
  row: OutboxRow,
  facts: WaitingFacts,
  deps: RenderDeps,
): Promise<string | undefined> {
  const guest = await deps.db.waitingGuest.findFirst({
    where: { workspaceId: row.workspaceId, id: facts.waitingId, endedAt: null },
    select: { tokenHash: true },
  });
  const about = { meetingId: facts.waitingId, attendeeId: WAITING_MAIL, generation: 0 };
  const token = guest ? findManageToken(deps.keys, about, guest.tokenHash) : undefined;
  return token === undefined ? undefined : `${deps.appUrl}/waiting/${token}`;
}

function bookUrl(
  { linkToken, start, zone, locale, durationMinutes }: WaitingFacts,
  appUrl: string,
) {
  const asked = new URLSearchParams({ start: start ?? "", zone, locale });
  if (durationMinutes !== undefined) asked.set("duration", String(durationMinutes));
  return `${appUrl}/book/${linkToken}/details?${asked}`;
}

/** "Tuesday 24 November 2026, 19:00 JST", in the guest's own zone. */
const timeWords = (start: Instant, zone: TimeZone, locale: Locale): string =>
  [
    formatDateLong(start, { zone, locale }),
    `${formatTime(start, { zone, locale, hourCycle: 24 })} ${zoneAbbreviation(start, zone, locale)}`,
  ].join(comma(locale));

/** Renders the outbox rows whose event begins with `waiting/`. Undefined when the reader is off the list by now. */
export async function renderWaitingMail(
  row: OutboxRow,
  deps: RenderDeps,
): Promise<OutgoingMail | undefined> {
  const facts = waitingFacts.parse(row.facts);
  const leave = await leaveUrl(row, facts, deps);
  if (leave === undefined) return undefined;
  const locale = parseLocale(facts.locale) ?? DEFAULT_LOCALE;
  const say = translatorFor(locale, "waiting-mail");
  const start = parseInstant(facts.start ?? "");
  const zone = parseTimeZone(facts.zone) ?? UTC;
  const time = start === undefined ? "" : timeWords(start, zone, locale);
  const values = { workspace: facts.workspaceName, link: facts.linkName, time };
  const subject = say(`${facts.kind}.subject`, values);
  const freed = facts.kind === "freed";
  const { html, text } = await renderPlainLetter({
    locale,
    direction: localeDirection(locale),
    subject,
    workspaceName: facts.workspaceName,
    title: say(`${facts.kind}.title`),
    words: [say(`${facts.kind}.words`, values)],
    ...(freed ? { action: { label: say("freed.action"), url: bookUrl(facts, deps.appUrl) } } : {}),
    notes: [...(freed ? [say("freed.note")] : []), say("leave", { url: leave })],
    legal: say("legal", values),
  });
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    from: { address: deps.from.address, name: facts.workspaceName },
    to: { address: row.toEmail, name: row.toName },
    subject,
    html,
    text,
    date: parseInstant(facts.occurredAt) ?? deps.now(),
  });
}
