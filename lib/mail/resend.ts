import { z } from "zod";
import { retryAfterSeconds } from "@/lib/http/retry-after";
import type { Mailbox } from "./address";
import { plainAddress } from "./address";
import type { Delivery, MailTransport, OutgoingMail } from "./transport";
import { reasonOf } from "./transport";

/** The one outbound client, as far as this provider needs it. */
export type FetchOutbound = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly signal?: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

export type ResendOptions = {
  readonly apiKey: string;
  /** Without a trailing slash: `https://api.resend.com`. */
  readonly apiUrl: string;
  readonly fetchOutbound: FetchOutbound;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 15_000;

const accepted = z.object({ id: z.string() });
const refused = z.object({ name: z.string().catch(""), message: z.string().catch("") });

// A phrase is quoted whole; quotes and backslashes would end it early.
const header = ({ address, name }: Mailbox): string => {
  const plain = plainAddress(address);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const phrase = (name ?? "").replace(/[\s\u0000-\u001f\u007f"\\<>]+/g, " ").trim();
  return phrase === "" ? plain : `"${phrase}" <${plain}>`;
};

function bodyOf(mail: OutgoingMail): string {
  const { ics, files = [] } = mail;
  const attachments = [
    ...(ics
      ? [
          {
            filename: "invite.ics",
            content: Buffer.from(ics.content).toString("base64"),
            content_type: `text/calendar; charset=utf-8; method=${ics.method}`,
          },
        ]
      : []),
    ...files.map(({ name, type, content }) => ({
      filename: name,
      content: content.toString("base64"),
      content_type: type,
    })),
  ];
  return JSON.stringify({
    from: header(mail.from),
    to: [header(mail.to)],
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    ...(mail.replyTo ? { reply_to: plainAddress(mail.replyTo) } : {}),
    headers: { "Message-ID": mail.messageId, "Auto-Submitted": "auto-generated" },
    ...(attachments.length > 0 ? { attachments } : {}),
  });
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// Not the mail's fault: our key, our plan, our domain. Somebody mends that, and then the mail goes out.
const OPERATORS_STATUS = new Set([401, 403, 404, 405]);

type Answer = { readonly status: number; readonly text: string; readonly wait: number | undefined };

function deliveryOf({ status, text, wait }: Answer): Delivery {
  const json = parseJson(text);
  if (status >= 200 && status < 300) {
    const id = accepted.safeParse(json).data?.id;
    return id === undefined ? { status: "sent" } : { status: "sent", providerId: id };
  }
  const problem = refused.safeParse(json).data;
  const reason = reasonOf(`${status} ${problem?.name ?? ""} ${problem?.message ?? ""}`.trim());
  const retry: Delivery = {
    status: "retry",
    reason,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  };
  if (status === 429 || status >= 500 || OPERATORS_STATUS.has(status)) return retry;
  // The first request with this key is still running: its answer is the one that counts.
  if (status === 409 && problem?.name === "concurrent_idempotent_requests") return retry;
  return { status: "rejected", reason };
}

/**
 * Mail through Resend's HTTP interface. Its `Idempotency-Key` makes a repeated attempt within 24 hours
 * the same mail, so an answer that got lost is asked for again without harm.
 */
export function resendTransport(options: ResendOptions): MailTransport {
  const { apiKey, apiUrl, fetchOutbound, timeoutMs = TIMEOUT_MS } = options;

  async function send(mail: OutgoingMail): Promise<Delivery> {
    try {
      const response = await fetchOutbound(`${apiUrl}/emails`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${apiKey}`,
          "content-type": "application/json",
          "idempotency-key": mail.idempotencyKey,
        },
        body: bodyOf(mail),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { headers } = response;
      return deliveryOf({
        status: response.status,
        text: await response.text(),
        wait: retryAfterSeconds(headers.get("retry-after"), headers.get("date")),
      });
    } catch (error) {
      // Perhaps it got through; the key makes the next attempt harmless, so this is not ambiguous.
      return {
        status: "retry",
        reason: reasonOf(error instanceof Error ? error.message : "no answer"),
      };
    }
  }

  return { name: "resend", send, close: async () => undefined };
}
