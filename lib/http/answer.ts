import { randomBytes } from "node:crypto";
import { AccessDenied, NotHere, NotSignedIn } from "@/lib/access/policy";
import { isOutage } from "@/lib/db/outage";
import { currentRequestId, log } from "@/lib/log";

/** What stands in every error answer beside the status. `fields` names what is wrong with each input. */
export type ErrorBody = {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fields?: Readonly<Record<string, string>>;
    readonly [more: string]: unknown;
  };
};

/** A request that is refused before any command ran: malformed, too large, too often, from elsewhere. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      readonly fields?: Readonly<Record<string, string>>;
      readonly retryAfterSeconds?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.fields = more.fields;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Refuses with 429 and the seconds to wait. */
export const tooManyRequests = (retryAfterSeconds: number): RequestRefused =>
  new RequestRefused(
    429,
    "too-many-requests",
    `Too many requests. Try again in ${retryAfterSeconds} seconds.`,
    { retryAfterSeconds },
  );

/** A short name for one request: 12 characters a person can read out. */
export const newReference = (): string => randomBytes(6).toString("hex");

/** A JSON answer. Bytes that a cache kept would outlive a revoked session, so none may keep it. */
export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });

/** `{"error":{"code","message",…}}` with what else the caller needs, such as the next free times. */
export const errorAnswer = (
  status: number,
  error: ErrorBody["error"],
  headers: Readonly<Record<string, string>> = {},
): Response => jsonAnswer(status, { error } satisfies ErrorBody, headers);

function refusedAnswer(refused: RequestRefused): Response {
  const { code, message, fields, retryAfterSeconds } = refused;
  return errorAnswer(
    refused.status,
    {
      code,
      message,
      ...(fields ? { fields } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
  );
}

function defectAnswer(error: unknown): Response {
  const reference = currentRequestId() ?? newReference();
  if (isOutage(error)) {
    log.error({ err: error, reference }, "the database could not be reached");
    return errorAnswer(
      503,
      { code: "unavailable", message: "The service is not available. Try again soon.", reference },
      { "retry-after": "5" },
    );
  }
  log.error({ err: error, reference }, "a request failed");
  const message = `Something went wrong on our side. Reference ${reference}.`;
  return errorAnswer(500, { code: "internal", message, reference });
}

/**
 * The one mapping from what was thrown to an answer. Denials and absence have their own words; everything else is
 * a defect: the person is told a reference, the log the cause.
 */
export function answerTo(error: unknown): Response {
  if (error instanceof RequestRefused) return refusedAnswer(error);
  if (error instanceof NotSignedIn) {
    return errorAnswer(
      401,
      { code: "not-signed-in", message: "Sign in, or send an API key." },
      { "www-authenticate": "Bearer" },
    );
  }
  if (error instanceof AccessDenied) {
    return errorAnswer(403, { code: "forbidden", message: error.words });
  }
  if (error instanceof NotHere) {
    return errorAnswer(404, { code: "not-found", message: "There is nothing here." });
  }
  return defectAnswer(error);
}
