import type { Mailbox } from "./address";

/** A calendar part. `method` equals the METHOD inside `content`. */
export type CalendarPart = { readonly method: "REQUEST" | "CANCEL"; readonly content: string };

/** A file beside the text. */
export type MailFile = { readonly name: string; readonly type: string; readonly content: Buffer };

/**
 * One mail to one reader, complete. `raw` is the message as SMTP and the mailbox carry it, built once and
 * kept with the outbox row: every attempt sends the same bytes. The parts beside it are for providers
 * that build messages themselves.
 */
export type OutgoingMail = {
  /** `<event>/<meeting>/<reader>/<version>`: what a receiver uses to see a repetition. */
  readonly idempotencyKey: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly ics?: CalendarPart;
  readonly files?: readonly MailFile[];
  readonly raw: Buffer;
  /** With angle brackets, as in the header. */
  readonly messageId: string;
};

/** What became of one attempt. Reasons are for the log and the host: no secrets, no message text. */
export type Delivery =
  | { readonly status: "sent"; readonly providerId?: string }
  | {
      readonly status: "retry";
      readonly reason: string;
      readonly retryAfterSeconds?: number;
      /**
       * The message was handed over and no answer came: it may have been delivered. Where the receiver
       * honours no key, send it again at most once, and say so on the meeting.
       */
      readonly ambiguous?: true;
    }
  /** Refused for good: this mail will never be taken. */
  | {
      readonly status: "rejected";
      readonly reason: string;
      /** The refusal was about the reader's address, so no other mail will reach it either. */
      readonly deadAddress?: true;
    };

/** A way out of the house. Never throws for what a network or a server does: that is a `Delivery`. */
export interface MailTransport {
  readonly name: "smtp" | "resend" | "mailbox";
  send(message: OutgoingMail): Promise<Delivery>;
  /** Lets go of connections. Nothing can be sent afterwards. */
  close(): Promise<void>;
}

/** One line without control characters, short enough for a column of the outbox. */
export const reasonOf = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  text.replace(/[\u0000-\u001f\u007f]+/g, " ").slice(0, 300);
