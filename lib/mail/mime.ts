import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Instant } from "@/lib/time/instant";
import type { Mailbox } from "./address";
import { plainAddress } from "./address";
import type { OutgoingMail } from "./transport";

/** A mail before it is a message. */
export type MailDraft = Omit<OutgoingMail, "raw" | "messageId"> & {
  readonly date: Instant;
  /** A person wrote it: whoever is away may say so. */
  readonly personal?: boolean;
};

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * `<hash@sender's domain>`: the same for every attempt at one mail, so that a receiver, or a person, can
 * tell a repetition. 128 bits of SHA-256, so that the header fits on one line: some receivers misread a
 * folded Message-ID. `from` is a plain address.
 */
export const messageIdOf = (idempotencyKey: string, from: string): string =>
  `<${digest(idempotencyKey).slice(0, 32)}@${plainAddress(from).split("@")[1]}>`;

// The library encodes what is not ASCII; breaks and controls have no business in a header at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const headerText = (text: string): string =>
  text.toWellFormed().replace(UNPRINTABLE, " ").trim().slice(0, 400);

const mailbox = ({ address, name }: Mailbox) => ({
  address: plainAddress(address),
  name: headerText(name ?? ""),
});

// RFC 5322 wants CRLF; text is written with LF everywhere else.
const crlf = (text: string): string => text.toWellFormed().replace(/\r\n?|\n/g, "\r\n");

/** Throws unless METHOD stands in the calendar text exactly once and is the one of the part. */
function assertSameMethod({ method, content }: NonNullable<MailDraft["ics"]>): void {
  const methods = [...content.matchAll(/^METHOD:(.*)\r$/gm)].map((match) => match[1]);
  if (methods.length !== 1 || methods[0] !== method)
    throw new Error(`calendar part says ${method}, its text says ${methods.join(", ")}`);
}

/**
 * The complete message (RFC 5322, RFC 6047): multipart/alternative with text, HTML and, last, the
 * calendar as `text/calendar; method=…`, which mail programs draw as an invitation; around it
 * multipart/mixed with `invite.ics` for those that do not. Deterministic: boundaries and Message-ID come
 * from the key, the date is given, so equal drafts give equal bytes.
 * Throws on an address that is not one plain address, or a calendar whose METHOD is another one.
 */
export async function buildMime(draft: MailDraft): Promise<OutgoingMail> {
  const { date, personal = false, ...mail } = draft;
  const from = mailbox(mail.from);
  const to = mailbox(mail.to);
  const messageId = messageIdOf(mail.idempotencyKey, from.address);
  const subject = headerText(mail.subject);
  if (mail.ics) assertSameMethod(mail.ics);
  const composer = new MailComposer({
    from,
    to,
    subject,
    text: crlf(mail.text),
    html: crlf(mail.html),
    messageId,
    date: new Date(date),
    baseBoundary: digest(`boundary ${mail.idempotencyKey}`).slice(0, 32),
    // Keeps vacation responders quiet (RFC 3834).
    headers: personal
      ? {}
      : { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply" },
    // Nothing a mail says may make this process read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(mail.replyTo ? { replyTo: plainAddress(mail.replyTo) } : {}),
    ...(mail.ics
      ? {
          icalEvent: {
            method: mail.ics.method,
            content: Buffer.from(mail.ics.content),
            filename: "invite.ics",
          },
        }
      : {}),
    ...(mail.files
      ? {
          attachments: mail.files.map(({ name, type, content }) => ({
            filename: name,
            contentType: type,
            content,
          })),
        }
      : {}),
  });
  const raw = await composer.compile().build();
  return { ...mail, subject, raw, messageId };
}
