import type { OutboundAnswer } from "./outbound";
import { OutboundRefused } from "./outbound";

/** Why a calendar elsewhere could not be read or written, by key: what its owner is told, and nothing secret. */
export type TroubleCause =
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "not-a-calendar"
  | "refused"
  | "no-answer"
  | "too-large"
  | "too-often"
  | "server-error"
  | "malformed"
  | "too-many-events"
  | "too-many-repetitions"
  | "too-slow";

/** A calendar that gave no answer one can use. `retryAfterSeconds` is what its server asked for. */
export class CalendarTrouble extends Error {
  override readonly name = "CalendarTrouble";
  readonly why: TroubleCause;
  readonly retryAfterSeconds: number | undefined;
  constructor(why: TroubleCause, more: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(why, { cause: more.cause });
    this.why = why;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Seconds of a Retry-After header, written as a number or as a date; at most a day. */
export function retryAfterOf(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d{1,9}$/.test(header.trim())
    ? Number(header)
    : Math.ceil((Date.parse(header) - nowMs) / 1000);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : undefined;
}

const BY_STATUS: Readonly<Record<number, TroubleCause>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  410: "not-found",
  413: "too-large",
  429: "too-often",
};

/** What an answer that is not 2xx means. */
export function troubleOf(
  answer: Pick<OutboundAnswer, "status" | "headers">,
  nowMs: number,
): CalendarTrouble {
  const retryAfterSeconds = retryAfterOf(answer.headers.get("retry-after"), nowMs);
  const why =
    BY_STATUS[answer.status] ?? (answer.status >= 500 ? "server-error" : "not-a-calendar");
  return new CalendarTrouble(why, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
}

/** What the failure of a call itself means: where it led, how long it took, or that nobody was there. */
export function troubleFrom(error: unknown): CalendarTrouble {
  if (error instanceof CalendarTrouble) return error;
  if (!(error instanceof OutboundRefused))
    return new CalendarTrouble("no-answer", { cause: error });
  if (/larger than/.test(error.message)) return new CalendarTrouble("too-large", { cause: error });
  const late = /in time/.test(error.message);
  return new CalendarTrouble(late ? "no-answer" : "refused", { cause: error });
}
