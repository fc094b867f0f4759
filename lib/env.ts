import { isIP } from "node:net";
import { z } from "zod";

/** A setting that cannot be used. Its message is one sentence per variable, each naming the variable. */
export class EnvironmentError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "EnvironmentError";
    this.problems = problems;
  }
}

const CIDR = /^(?<address>[^/]+)(?:\/(?<bits>\d{1,3}))?$/;

function isAddressOrNetwork(text: string): boolean {
  const { address, bits } = CIDR.exec(text)?.groups ?? {};
  const family = isIP(address ?? "");
  if (family === 0) return false;
  return bits === undefined || Number(bits) <= (family === 4 ? 32 : 128);
}

function urlWith(protocols: readonly string[]) {
  return (text: string) =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol.replace(":", ""));
}

const plainMailAddress = /^[^\s<>@,;"]+@[^\s<>@,;"]+$/;
const namedMailAddress = /^[^<>\r\n]*<[^\s<>@,;"]+@[^\s<>@,;"]+>$/;

/**
 * The 32 bytes of a key-encryption key, written as 44 characters of base64 (also base64url) or 64 of hex.
 * Anything else is undefined: a passphrase stretched silently would be a weak key that looks like a strong one.
 */
export function decodeSecretKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 ? bytes : undefined;
}

const flag = (fallback: boolean) =>
  z
    .enum(["0", "1", "true", "false"], "must be 1 or 0")
    .transform((text) => text === "1" || text === "true")
    .default(fallback);

const http = z
  .string()
  .refine(urlWith(["http", "https"]), "must be an http:// or https:// address")
  .transform((text) => text.replace(/\/+$/, ""));

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be a whole number from ${from} to ${to}`);

const shape = z.object({
  /** TCP port of the server. */
  PORT: wholeNumber(1, 65_535).default(3000),
  /** Address to listen on. Unset: loopback with the embedded database, all interfaces with DATABASE_URL. */
  HOST: z.string().optional(),
  /** Folder of the embedded database, captured mail, keys and backups. */
  MERIDIAN_DATA_DIR: z.string().default(".data"),
  /** PostgreSQL in use; the launcher sets it to the embedded server's own when it was not given. */
  DATABASE_URL: z
    .string()
    .refine(urlWith(["postgres", "postgresql"]), "must look like postgresql://user@host:5432/name")
    .optional(),
  /** Address written into mails and links, without a trailing slash. Defaults to http://localhost:PORT. */
  APP_URL: http.optional(),
  SMTP_URL: z
    .string()
    .refine(urlWith(["smtp", "smtps"]), "must look like smtp://user:password@host:587")
    .optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_API_URL: http.default("https://api.resend.com"),
  /** Sender of every mail: `name@host` or `Name <name@host>`. */
  MAIL_FROM: z
    .string()
    .refine(
      (text) => plainMailAddress.test(text) || namedMailAddress.test(text),
      "must be one mail address, such as Meridian <meetings@example.org>",
    )
    .default("Meridian <meetings@meridian.example>"),
  /**
   * Where calendars send their answers: one address whose mail, and that of its plus-addresses, is handed to
   * /api/webhooks/mail, and the secret it is handed over with.
   */
  MAIL_INBOUND: z
    .string()
    .refine(
      (text) => plainMailAddress.test(text) && !text.includes("+") && text.length <= 180,
      "must be one plain mail address without a plus, such as answers@example.org",
    )
    .optional(),
  MAIL_INBOUND_SECRET: z.string().min(16, "must be at least 16 characters").optional(),
  /** Resend's signing secrets (whsec_…) for /api/webhooks/resend, separated by commas while one replaces another. */
  RESEND_WEBHOOK_SECRET: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ""))
    .refine(
      (parts) => parts.every((part) => /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/.test(part)),
      "must be whsec_… as Resend shows it, several separated by commas",
    )
    .default([]),
  /** Key-encryption key of stored secrets; the launcher makes and keeps one in the data directory when unset. */
  MERIDIAN_SECRET_KEY: z
    .string()
    .refine(
      (text) => decodeSecretKey(text) !== undefined,
      "must be 32 random bytes in base64 or hex, such as the output of: openssl rand -base64 32",
    )
    .optional(),
  /** An identity provider people may sign in with, by its issuer's address, and what its button is called. */
  OIDC_ISSUER: http.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, "must be at most 60 characters").optional(),
  GOOGLE_OIDC_CLIENT_ID: z.string().optional(),
  GOOGLE_OIDC_CLIENT_SECRET: z.string().optional(),
  /** The tenant's id, not its name: the issuer of its tokens is spelled with it. */
  ENTRA_TENANT_ID: z.guid("must be the tenant's id, such as 8f14e45f-….").optional(),
  ENTRA_CLIENT_ID: z.string().optional(),
  ENTRA_CLIENT_SECRET: z.string().optional(),
  /** Default credentials of the providers of online meetings; a virtual room may hold its own (lib/conferencing). */
  ZOOM_ACCOUNT_ID: z.string().optional(),
  ZOOM_CLIENT_ID: z.string().optional(),
  ZOOM_CLIENT_SECRET: z.string().optional(),
  /** Proves that a webhook is Zoom's. Unset: none is accepted. */
  ZOOM_WEBHOOK_SECRET: z.string().optional(),
  ZOOM_API_URL: http.default("https://api.zoom.us"),
  ZOOM_AUTH_URL: http.default("https://zoom.us"),
  /** Not needed by any call; taken because a service account's file names it. */
  GOOGLE_PROJECT_ID: z.string().optional(),
  GOOGLE_CLIENT_EMAIL: z.string().optional(),
  GOOGLE_PRIVATE_KEY: z.string().optional(),
  GOOGLE_API_URL: http.default("https://www.googleapis.com"),
  GOOGLE_AUTH_URL: http.default("https://oauth2.googleapis.com"),
  TEAMS_TENANT_ID: z.string().optional(),
  TEAMS_CLIENT_ID: z.string().optional(),
  TEAMS_CLIENT_SECRET: z.string().optional(),
  TEAMS_API_URL: http.default("https://graph.microsoft.com"),
  TEAMS_AUTH_URL: http.default("https://login.microsoftonline.com"),
  /** Older key-encryption keys, separated by commas, that still open what was sealed with them (rotation). */
  MERIDIAN_OLD_SECRET_KEYS: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ""))
    .refine(
      (parts) => parts.every((part) => decodeSecretKey(part) !== undefined),
      "must be keys of 32 bytes in base64 or hex, separated by commas",
    )
    .default([]),
  /** Who sends this as Bearer is told how the house is doing inside (/api/ready); from this machine it is not needed. */
  MERIDIAN_MONITOR_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  /** Other limits than the built-in ones: `<limit>=<points>/<seconds>`, separated by commas (lib/http/limits.ts). */
  MERIDIAN_LIMITS: z
    .string()
    .regex(
      /^(\s*[\w-]+=\d{1,9}\/\d{1,7}\s*(,|$))*$/,
      "must be <limit>=<points>/<seconds>, separated by commas",
    )
    .default(""),
  /** `off`: nothing is throttled. In production only together with MERIDIAN_ALLOW_UNTHROTTLED=1 (load tests). */
  MERIDIAN_THROTTLE: z.enum(["on", "off"], "must be on or off").default("on"),
  MERIDIAN_ALLOW_UNTHROTTLED: flag(false),
  /** False: the embedded database starts without the demonstration workspace. */
  MERIDIAN_DEMO: flag(true),
  /** Set by the launcher when the database is the embedded one; never by hand. */
  MERIDIAN_EMBEDDED: flag(false),
  /** Addresses or networks whose X-Forwarded-For is believed. None by default. */
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ""))
    .refine(
      (parts) => parts.every(isAddressOrNetwork),
      "must be addresses or networks separated by commas, such as 10.0.0.0/8,127.0.0.1",
    )
    .default([]),
  /**
   * Origins inside our own network that calendars may be read from and webhooks sent to, separated by commas. To
   * everything else no inner address is ever called.
   */
  MERIDIAN_TRUSTED_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim().replace(/\/+$/, "")))
    .transform((parts) => parts.filter((part) => part !== ""))
    .refine(
      (parts) => parts.every((part) => URL.canParse(part) && new URL(part).origin === part),
      "must be origins separated by commas, such as https://cloud.internal,http://10.0.0.5:8080",
    )
    .default([]),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be one of fatal, error, warn, info, debug, trace, silent",
    )
    .default("info"),
  /** Name of this node among several on one database, in logs, heartbeats and cache invalidation. */
  MERIDIAN_NODE_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "must be up to 64 letters, digits, dots, dashes or underscores")
    .optional(),
  /** Address at which the other nodes reach this one. Defaults to the address it listens on. */
  MERIDIAN_NODE_URL: http.optional(),
  /** False: this server runs no jobs; `npm run worker` does. */
  MERIDIAN_WORKER: flag(true),
  /** Folder of the production build, inside the checkout. */
  MERIDIAN_DIST: z
    .string()
    .regex(/^\.next[\w.-]*$/, "must be a folder name that begins with .next")
    .default(".next"),
  NODE_ENV: z.string().default("development"),
});

type Written = z.infer<typeof shape>;

/** Settings that mean something only together: all of a group, or none. */
const TOGETHER: readonly (readonly (keyof Written)[])[] = [
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
  ["GOOGLE_OIDC_CLIENT_ID", "GOOGLE_OIDC_CLIENT_SECRET"],
  ["MAIL_INBOUND", "MAIL_INBOUND_SECRET"],
  ["ENTRA_TENANT_ID", "ENTRA_CLIENT_ID", "ENTRA_CLIENT_SECRET"],
  ["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"],
  ["GOOGLE_CLIENT_EMAIL", "GOOGLE_PRIVATE_KEY"],
  ["TEAMS_TENANT_ID", "TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET"],
];

const isLoopbackAddress = (address: string): boolean =>
  /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(new URL(address).origin);

/** What is wrong with settings that are each right. */
function problemsAmong(values: Written): readonly string[] {
  const problems = TOGETHER.flatMap((group) => {
    const missing = group.filter((name) => values[name] === undefined);
    return missing.length === 0 || missing.length === group.length
      ? []
      : [`${missing.join(" and ")} must be set too, or none of ${group.join(", ")}.`];
  });
  // Identity over plain http is only for trying things out on one machine.
  const issuer = values.OIDC_ISSUER;
  const tryingOut = values.APP_URL === undefined || isLoopbackAddress(values.APP_URL);
  return issuer?.startsWith("http:") && !(tryingOut && isLoopbackAddress(issuer))
    ? [...problems, "OIDC_ISSUER must be an https:// address."]
    : problems;
}

/** Every setting, typed. Absent and empty are the same thing. */
export type Environment = Readonly<
  Omit<z.infer<typeof shape>, "APP_URL"> & {
    APP_URL: string;
    /** The embedded database with its demonstration workspace: mailbox and demonstration accounts exist. */
    DEMONSTRATION: boolean;
  }
>;

/** Reads settings from any record. Throws EnvironmentError naming every variable that cannot be used. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== "");
  const parsed = shape.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    throw new EnvironmentError(
      parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`),
    );
  }
  const values = parsed.data;
  const problems = problemsAmong(values);
  if (problems.length > 0) throw new EnvironmentError(problems);
  return Object.freeze({
    ...values,
    APP_URL: values.APP_URL ?? `http://localhost:${values.PORT}`,
    DEMONSTRATION: values.MERIDIAN_EMBEDDED && values.MERIDIAN_DEMO,
  });
}

let current: Environment | undefined;

const read = (): Environment => {
  current ??= readEnvironment(process.env);
  return current;
};

/**
 * The settings of this process: the only reader of process.env in the application. Read on first use, not on
 * import, so that a module that merely knows about settings can be imported where they are missing.
 */
export const env: Environment = new Proxy({} as Environment, {
  get: (_target, name) => Reflect.get(read(), name),
  has: (_target, name) => Reflect.has(read(), name),
  ownKeys: () => Reflect.ownKeys(read()),
  getOwnPropertyDescriptor: (_target, name) => {
    const found = Reflect.getOwnPropertyDescriptor(read(), name);
    return found && { ...found, configurable: true };
  },
});

/** Changes settings of this process, as the launcher does once it knows the database, and reads them afresh. */
export function setEnvironment(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
  current = undefined;
}
