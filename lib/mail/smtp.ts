import type { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { plainAddress } from "./address";
import type { Delivery, MailTransport, OutgoingMail } from "./transport";
import { reasonOf } from "./transport";

/** Milliseconds. Shorter than the library's, because a queue waits behind every send. */
export type SmtpTimeouts = {
  readonly connectionMs: number;
  readonly greetingMs: number;
  readonly socketMs: number;
};

// RFC 5321 4.5.3.2 asks for minutes; a relay that needs over a minute is as good as down for a job queue.
const TIMEOUTS: SmtpTimeouts = { connectionMs: 10_000, greetingMs: 10_000, socketMs: 60_000 };

// Three connections drain a hundred mails in seconds; relays commonly allow five to ten per client.
const MAX_CONNECTIONS = 3;
const MAX_MESSAGES_PER_CONNECTION = 100;

type SmtpFailure = {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly response?: string;
  readonly message: string;
};

const failureOf = (error: unknown): SmtpFailure =>
  error instanceof Error ? error : { message: String(error) };

// Wrong credentials, a certificate nobody trusts or a server that talks nonsense are the operator's to
// mend. The mail itself is fine and must not be given up, whatever number the server answers with.
const OPERATORS_MATTER = new Set([
  "EAUTH",
  "ENOAUTH",
  "EOAUTH2",
  "ETLS",
  "EREQUIRETLS",
  "EPROTOCOL",
]);

// Enhanced codes (RFC 3463): 5.1 and 5.2 are about the address and its mailbox. 5.3 to 5.7 are about
// systems, networks, protocol, content and policy; a relay that dislikes us says nothing about a reader.
const aboutTheAddress = ({ command, response = "" }: SmtpFailure): boolean =>
  command === "RCPT TO" && !/^5\d\d[ -]5\.[3-7]\./.test(response);

function refusalOf(failure: SmtpFailure, reason: string): Delivery {
  // A sender who is not taken (no credentials, unknown domain) is the operator's matter as well.
  if (failure.command === "MAIL FROM") return { status: "retry", reason };
  return aboutTheAddress(failure)
    ? { status: "rejected", reason, deadAddress: true }
    : { status: "rejected", reason };
}

/** How an attempt ended. `handedOver`: at least one byte of the message itself had gone out. */
function deliveryOf(failure: SmtpFailure, handedOver: boolean): Delivery {
  const { code, responseCode, command } = failure;
  const reason = reasonOf([code, command, failure.message].filter(Boolean).join(" "));
  if (code !== undefined && OPERATORS_MATTER.has(code)) return { status: "retry", reason };
  if (responseCode !== undefined && responseCode >= 500) return refusalOf(failure, reason);
  if (responseCode !== undefined && responseCode >= 400) return { status: "retry", reason };
  // No answer at all. Once the message was on its way, nobody knows whether it arrived.
  return handedOver ? { status: "retry", reason, ambiguous: true } : { status: "retry", reason };
}

function pooledTransport(url: string, timeouts: SmtpTimeouts) {
  return createTransport({
    url,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    maxMessages: MAX_MESSAGES_PER_CONNECTION,
    connectionTimeout: timeouts.connectionMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Mail through an SMTP server, over a small pool of connections. `url` is `smtp://` (STARTTLS when
 * offered) or `smtps://`, with credentials. The message goes out as its stored bytes.
 */
export function smtpTransport(url: string, timeouts = TIMEOUTS): MailTransport {
  const pool = pooledTransport(url, timeouts);
  // The library's stream of one message, kept to learn whether any of it was read, which happens only
  // after the server answered DATA with 354.
  const streams = new WeakMap<Buffer, Readable>();
  pool.use("stream", (mail, done) => {
    const { message } = mail;
    const { raw } = mail.data;
    if (message && Buffer.isBuffer(raw)) {
      const open = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const stream = open(options);
        streams.set(raw, stream);
        return stream;
      };
    }
    done();
  });

  async function send(mail: OutgoingMail): Promise<Delivery> {
    // A copy of its own identity per attempt, so that two attempts at one mail are told apart.
    const raw = Buffer.from(mail.raw);
    try {
      const info = await pool.sendMail({
        envelope: { from: plainAddress(mail.from.address), to: [plainAddress(mail.to.address)] },
        raw,
      });
      return { status: "sent", providerId: reasonOf(info.response) };
    } catch (error) {
      return deliveryOf(failureOf(error), streams.get(raw)?.readableDidRead ?? false);
    }
  }

  return {
    name: "smtp",
    send,
    close: async () => pool.close(),
  };
}
