import { sqlStateOf } from "./violations";

/** The server is going down, coming up, full, or cut off: SQLSTATE classes and codes. */
const OUTAGE_STATES = /^(?:08...|53300|57P0[1-5]|25006)$/;
/** Prisma's words for a server that cannot be reached, closed the connection, or has no connection to spare. */
const OUTAGE_CODES = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);
const SOCKET_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "EAI_AGAIN",
  "ENOTFOUND",
]);
const SOCKET_WORDS =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect|Can't reach database server|Server has closed the connection|ConnectionClosed|DatabaseNotReachable/;

type Layer = {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
};

function speaksOfOutage(layer: Layer): boolean {
  const code = String(layer.code ?? "");
  if (OUTAGE_CODES.has(code)) return true;
  // A missing file is ENOENT too; only a connection attempt is an outage.
  if (SOCKET_CODES.has(code) && layer.syscall !== "open") return true;
  return SOCKET_WORDS.test(String(layer.message ?? ""));
}

/** Is this error the database being away, rather than the database answering? Another try may succeed soon. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 6) return false;
  const layer = error as Layer;
  return (
    OUTAGE_STATES.test(sqlStateOf(error) ?? "") ||
    speaksOfOutage(layer) ||
    isOutage(layer.cause, depth + 1) ||
    isOutage(layer.meta?.driverAdapterError, depth + 1) ||
    (Array.isArray(layer.errors) && layer.errors.some((inner) => isOutage(inner, depth + 1)))
  );
}
