import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import pg from "pg";
import { OperatorError } from "@/lib/operations/operator-error";

const OLDEST_SERVER = 16;
const CONNECT_TIMEOUT_MS = 5_000;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;

/** Refuses a port somebody listens on already, or one this user may not listen on. */
export function requireFreePort(port: number, host: string): Promise<void> {
  return new Promise((fulfil, reject) => {
    const probe = createServer();
    probe.on("error", (cause) => reject(describePort(port, host, cause)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => fulfil()));
  });
}

function describePort(port: number, host: string, cause: unknown): OperatorError {
  const code = codeOf(cause);
  if (code === "EADDRINUSE") {
    return new OperatorError(
      `Port ${port} is taken: another program, or another Meridian, listens on it. Stop that one, or choose ` +
        `another port: PORT=${port === 65_535 ? 3000 : port + 1} npm start`,
      { cause },
    );
  }
  if (code === "EACCES") {
    return new OperatorError(
      `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
      { cause },
    );
  }
  return new OperatorError(
    `Cannot listen on ${host}, port ${port} (${code}). HOST must be an address of this machine.`,
    { cause },
  );
}

/** Makes the data directory if it is missing, and refuses one that cannot be written. */
export function requireWritableFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new OperatorError(
      `The data directory ${resolve(path)} cannot be written (${codeOf(cause)}). Give this user the right to write ` +
        `there, or set MERIDIAN_DATA_DIR to a folder it may write.`,
      { cause },
    );
  }
}

/** A database's address for people: host, port and name; never the user or the password. */
export function describeDatabase(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.hostname || "localhost"}:${url.port || "5432"}${url.pathname}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Is PostgreSQL running, and are host and port right?",
  ENOTFOUND: "the host name is not known. Check its spelling.",
  EAI_AGAIN: "the host name could not be looked up. Is the name server reachable?",
  ETIMEDOUT: "there was no answer. Is a firewall in between?",
  EHOSTUNREACH: "the host cannot be reached from here.",
  "28P01": "user or password is wrong.",
  "28000": "the server refuses this user from this address (pg_hba.conf).",
  "3D000": "the server has no database of that name. Create it first.",
  "53300": "the server has no connection left. Raise max_connections or close others.",
  "57P03": "the server is starting up or shutting down. Try again in a moment.",
};

function describeUnreachable(databaseUrl: string, error: unknown): OperatorError {
  const where = describeDatabase(databaseUrl);
  const code = codeOf(error);
  const known = code === undefined ? undefined : REASONS[code];
  const said = error instanceof Error ? error.message : String(error);
  const isTimeout = /timeout/i.test(said);
  const why = known ?? (isTimeout ? REASONS.ETIMEDOUT : `${said}.`);
  return new OperatorError(`DATABASE_URL (${where}) cannot be used: ${why}`, { cause: error });
}

/** Refuses a server older than PostgreSQL 16. `versionNumber` as in `server_version_num`: 160004 is 16.4. */
export function requireServerVersion(versionNumber: number): void {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= OLDEST_SERVER) return;
  throw new OperatorError(
    `DATABASE_URL leads to PostgreSQL ${major}; Meridian needs ${OLDEST_SERVER} or newer. Upgrade the server, or ` +
      `leave DATABASE_URL away to use the embedded one.`,
  );
}

/** Connects once and refuses a server that does not answer, does not let us in, or is too old. */
export async function requireServer(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    requireServerVersion(Number(rows[0]?.server_version_num));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw describeUnreachable(databaseUrl, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
