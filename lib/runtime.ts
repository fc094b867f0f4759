import type { PgBoss } from "pg-boss";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";

/** What a command needs from the outside world. Tests pass their own; the application passes `runtime()`. */
export type Deps = {
  readonly db: Database;
  readonly queue: PgBoss;
  readonly now: () => Instant;
  readonly keys: KeyRing;
  /** Address all links are built from, without a trailing slash. Never taken from a request. */
  readonly appUrl: string;
  /** The organizer of every calendar file and the sender of every mail: one plain address, for life. */
  readonly senderAddress: string;
  /** Drops the cached pages of these links on every node; resolves when no node can serve an old one. */
  readonly invalidate: (tokens: readonly string[]) => Promise<void>;
};
