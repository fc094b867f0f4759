import { open, seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import { enqueue } from "@/lib/jobs/queue";
import type { Mailbox } from "@/lib/mail/address";
import { buildMime } from "@/lib/mail/mime";
import { sendMail } from "@/lib/mail/outbox";
import type { MailId, OutboxRow } from "@/lib/mail/outbox-rows";
import { findOutboxRow, insertSuppression, markOutcome, markSending } from "@/lib/mail/outbox-rows";
import type { MailRenderers } from "@/lib/mail/renderer";
import { rendererOf } from "@/lib/mail/renderer";
import type { Delivery, MailTransport, OutgoingMail } from "@/lib/mail/transport";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf, parseInstant } from "@/lib/time/instant";
import type { MailFacts } from "../core/mail-facts";
import { parseMailFacts } from "../core/mail-facts";
import { renderMeetingMail } from "../mails/render-meeting-mail";
import { findTemplate } from "../reads/mail-templates";
import { keepMeetingFacts, lockLink } from "../writes/mail-link";
import { tellHostOfMail } from "../writes/mail-trouble";
import { withAddresses } from "./mail-addresses";

export type MailDeps = Pick<Deps, "db" | "queue" | "now" | "keys" | "appUrl" | "inboundAddress"> & {
  readonly transport: MailTransport;
  readonly from: Mailbox;
  /** Who renders mails that are not of a meeting, by the prefix of their event. */
  readonly renderers: MailRenderers;
};

/** The provider was not reached: the job is tried again, later each time, with the same bytes. */
export class MailDeferred extends Error {
  override readonly name = "MailDeferred";
}

type Kept = Omit<OutgoingMail, "raw"> & { readonly raw: string };

const placeOf = (row: Pick<OutboxRow, "workspaceId" | "id">) => ({
  table: "mail_message",
  column: "sealed",
  id: row.id,
  workspaceId: row.workspaceId,
});

/** How long a mail waits for a link that is being made, and how often it looks. */
const LINK_WAIT_MS = 30_000;
const LINK_LOOK_MS = 2_000;

/**
 * The facts with the link of the meeting, if it came since; without it once it has been waited for, or when nobody is
 * making one. Undefined while it is worth waiting: of those who confirm, most providers answer within a second.
 */
async function withLink(
  row: OutboxRow,
  facts: MailFacts,
  deps: MailDeps,
): Promise<MailFacts | undefined> {
  const { linkFollows, wentWithoutLink: _, ...meeting } = facts.meeting;
  if (linkFollows !== true || !meeting.settled || row.meetingId === null) return facts;
  return deps.db.$transaction(async (tx) => {
    const link = await lockLink(tx, row);
    const age = deps.now() - (parseInstant(facts.occurredAt) ?? 0);
    const joinUrl = link?.joinUrl ?? null;
    if (joinUrl === null && link?.state === "wanted" && age < LINK_WAIT_MS) return undefined;
    const known =
      joinUrl === null ? { ...facts.meeting, wentWithoutLink: true } : { ...meeting, joinUrl };
    await keepMeetingFacts(tx, row, known);
    return { ...facts, meeting: known };
  });
}

async function render(row: OutboxRow, deps: MailDeps): Promise<OutgoingMail | "later"> {
  const ready = await withLink(row, parseMailFacts(row.facts), deps);
  if (ready === undefined) return "later";
  const facts = withAddresses(row, ready, deps);
  const mail = await renderMeetingMail(facts, await findTemplate(deps.db, row.workspaceId, facts));
  return buildMime({
    idempotencyKey: row.idempotencyKey,
    from: { address: deps.from.address, name: row.senderName ?? mail.fromName },
    to: { address: row.toEmail, name: row.toName },
    // A host answers the guest; a guest's answer goes where the workspace wants it.
    replyTo: (facts.reader.role === "host" ? null : row.workspaceReplyTo) ?? mail.replyTo,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    ...(mail.ics === undefined ? {} : { ics: mail.ics }),
    date: parseInstant(facts.occurredAt) ?? deps.now(),
  });
}

function unpack(row: OutboxRow, sealed: Uint8Array, keys: KeyRing): OutgoingMail {
  const kept = JSON.parse(open(keys, Buffer.from(sealed), placeOf(row)).toString("utf8")) as Kept;
  return { ...kept, raw: Buffer.from(kept.raw, "base64") };
}

type Ready = {
  readonly message: OutgoingMail;
  /** What is to be kept of it; undefined when it is kept already. */
  readonly rendered?: { readonly sealed: Buffer; readonly messageId: string };
};

/** Mails of other renderers carry the workspace's sender name, too. */
const asWorkspace = (row: OutboxRow, deps: MailDeps): MailDeps =>
  row.senderName === null ? deps : { ...deps, from: { ...deps.from, name: row.senderName } };

/**
 * The message of a row: rendered at the first attempt, the same bytes at every later one. Undefined when its renderer
 * has nothing to say any more, "later" while its link is being made.
 */
async function messageOf(row: OutboxRow, deps: MailDeps): Promise<Ready | "later" | undefined> {
  if (row.sealed !== null) return { message: unpack(row, row.sealed, deps.keys) };
  const other = rendererOf(deps.renderers, row.event);
  const message = await (other === undefined
    ? render(row, deps)
    : other(row, asWorkspace(row, deps)));
  if (message === undefined || message === "later") return message;
  const kept: Kept = { ...message, raw: message.raw.toString("base64") };
  const sealed = seal(deps.keys, Buffer.from(JSON.stringify(kept)), placeOf(row));
  return { message, rendered: { sealed, messageId: message.messageId } };
}

const tellHost = (row: OutboxRow, reason: string, deps: MailDeps, now: Instant): Promise<void> =>
  tellHostOfMail(deps.db, row, reason, now);

/** A row found in `sending` was being handed over when its worker died: nobody knows whether it arrived. */
const asFound = (row: OutboxRow): OutboxRow =>
  row.state !== "sending"
    ? row
    : {
        ...row,
        lastError: `${row.lastError?.startsWith("ambiguous") === true ? "ambiguous again" : "ambiguous"}: the worker ended while it was handed over`,
      };

/** True when this attempt must not happen: over SMTP, a second unanswered hand-over would be a third copy at worst. */
const wasTriedTwiceBlindly = (row: OutboxRow, transport: MailTransport): boolean =>
  transport.name === "smtp" && row.lastError?.startsWith("ambiguous again") === true;

async function settle(row: OutboxRow, delivery: Delivery, deps: MailDeps): Promise<void> {
  const id: MailId = { workspaceId: row.workspaceId, mailId: row.id };
  const now = deps.now();
  if (delivery.status === "sent") {
    const providerId = delivery.providerId ?? null;
    await markOutcome(deps.db, id, { state: "sent", providerId }, now);
    return;
  }
  if (delivery.status === "rejected") {
    await markOutcome(deps.db, id, { state: "bounced", error: delivery.reason }, now);
    // A message refused for its size or by a policy says nothing about the reader's address.
    if (delivery.deadAddress)
      await insertSuppression(deps.db, row.workspaceId, row.toEmail, delivery.reason);
    await tellHost(row, delivery.reason, deps, now);
    return;
  }
  const before = row.lastError?.startsWith("ambiguous") === true ? "ambiguous again" : "ambiguous";
  const error = delivery.ambiguous === true ? `${before}: ${delivery.reason}` : delivery.reason;
  await markOutcome(deps.db, id, { state: "queued", error }, now);
  const { retryAfterSeconds } = delivery;
  if (retryAfterSeconds === undefined) throw new MailDeferred(delivery.reason);
  // A provider that names a time is asked again then, neither sooner nor by the queue's own patience.
  const notBefore = instantOf(now + retryAfterSeconds * 1_000);
  await deps.db.$transaction((tx) =>
    enqueue(deps.queue, tx, sendMail, [{ payload: id, notBefore }]),
  );
}

/**
 * Sends one outbox row, at most once as its reader sees it: the bytes and the key are the same at every attempt,
 * and a row that was sent, suppressed or taken back is left alone. Throws MailDeferred to be tried again.
 */
export async function handleSendMail(id: MailId, deps: MailDeps): Promise<void> {
  const found = await findOutboxRow(deps.db, id);
  if (found === undefined || (found.state !== "queued" && found.state !== "sending")) return;
  const row = asFound(found);
  const now = deps.now();
  if (row.suppressed || row.unwanted) {
    const error = row.suppressed ? "this address takes no mail" : "its reader switched these off";
    await markOutcome(deps.db, id, { state: "suppressed", error }, now);
    return;
  }
  if (wasTriedTwiceBlindly(row, deps.transport)) {
    const error = "handed over twice without an answer; it was probably delivered";
    await markOutcome(deps.db, id, { state: "failed", error }, now);
    await tellHost(row, error, deps, now);
    return;
  }
  const ready = await messageOf(row, deps);
  if (ready === undefined) {
    await markOutcome(deps.db, id, { state: "suppressed", error: "nothing to say any more" }, now);
    return;
  }
  if (ready === "later") {
    const notBefore = instantOf(now + LINK_LOOK_MS);
    await deps.db.$transaction((tx) =>
      enqueue(deps.queue, tx, sendMail, [{ payload: id, notBefore }]),
    );
    return;
  }
  const { message, rendered } = ready;
  if (!(await markSending(deps.db, id, rendered, now))) return;
  await settle(row, await deps.transport.send(message), deps);
}
