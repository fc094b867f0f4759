import { createHmac } from "node:crypto";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** One entry as it is chained. `details` holds JSON values only; never secrets, never a guest's mail address. */
export type AuditEntry = {
  readonly workspaceId: string;
  readonly at: Instant;
  readonly actor: "user" | "guest" | "system";
  readonly userId: string | null;
  readonly actorName: string;
  /** What was done, such as `sign-in` or `meeting.cancel (override)`. */
  readonly action: string;
  /** What it was done to: an id. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What the first row of a chain follows. */
export const CHAIN_START = Buffer.alloc(32);

/** Text PostgreSQL can hold and gives back unchanged. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "");

/** A JSON value with its keys in order, so that it reads the same after a column has kept it its own way. */
function ordered(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [storable(key), ordered(inner)] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

export const canonicalDetails = (details: unknown): string =>
  JSON.stringify(ordered(JSON.parse(JSON.stringify(details ?? {}))));

/** The entry exactly as it can be stored and read again. */
export const storableEntry = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  actorName: storable(entry.actorName),
  action: storable(entry.action),
  subject: storable(entry.subject),
});

/** HMAC-SHA256 over the previous row's hash and every column of this row. */
export const hashOf = (
  key: Buffer,
  previousHash: Uint8Array,
  sequence: bigint,
  entry: AuditEntry,
): Buffer =>
  createHmac("sha256", key)
    .update(previousHash)
    .update(
      JSON.stringify([
        entry.workspaceId,
        String(sequence),
        toIso(entry.at),
        entry.actor,
        entry.userId,
        entry.actorName,
        entry.action,
        entry.subject,
        canonicalDetails(entry.details),
      ]),
    )
    .digest();
