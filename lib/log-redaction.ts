/** Field names whose values never reach the log, wherever they stand up to two levels down. */
const SECRET_FIELDS = [
  "password",
  "passwordHash",
  "token",
  "manageToken",
  "tokenHash",
  "key",
  "apiKey",
  "secret",
  "secretKey",
  "authorization",
  "Authorization",
  "cookie",
  "Cookie",
  "email",
  "toEmail",
  "guestEmail",
  "guests",
] as const;

/** Paths for pino's redaction. */
export const REDACTED_PATHS: readonly string[] = [
  ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
  '*["set-cookie"]',
  "headers",
  "*.headers",
];

// Bounded quantifiers: a line may be long and hostile, and these run on every line.
const MAIL_ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const API_KEY = /\bmk_[\w-]{20,}/g;
const BEARER = /\bBearer\s+[\w.~+/=-]{8,}/gi;
// 32 random bytes in base64url are exactly 43 characters; a capability is recognised by that, not by its name.
const CAPABILITY = /(?<![\w-])(?=[\w-]{0,42}[A-Z])[\w-]{43}(?![\w-])/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"]{1,100}:)[^\s@"]{1,200}@/gi;

/** Replaces mail addresses, capabilities, keys and passwords in a finished text. */
export const scrub = (text: string): string =>
  text
    .replace(URL_PASSWORD, "$1[redacted]@")
    .replace(MAIL_ADDRESS, "[e-mail]")
    .replace(BEARER, "Bearer [redacted]")
    .replace(API_KEY, "mk_[redacted]")
    .replace(CAPABILITY, "[token]");

/**
 * An error as the log shows it: name, message, stack, codes and its causes. Never PostgreSQL's `detail`, which
 * quotes other people's rows, and nothing else a library hung onto the error.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  const { code, constraint, cause } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    name: error.name,
    message: scrub(error.message),
    stack: scrub(error.stack ?? ""),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof constraint === "string" ? { constraint } : {}),
    ...(cause !== undefined && depth < 4 ? { cause: describeError(cause, depth + 1) } : {}),
  };
}
