import { PgBoss } from "pg-boss";
import { invalidateLinks } from "@/lib/cache/invalidate";
import type { KeyRing } from "@/lib/crypto/keys";
import { loadKeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { parseMailbox } from "@/lib/mail/address";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";

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
  /** Where calendars send their answers, one plain address; absent when nothing takes them. */
  readonly inboundAddress?: string | undefined;
  /** Drops the cached pages of these links on every node; resolves when no node can serve an old one. */
  readonly invalidate: (tokens: readonly string[]) => Promise<void>;
};

// One per process, whichever of Next's bundles asks: each has its own copy of this module.
const PLACE = Symbol.for("meridian.runtime");
const shared = globalThis as typeof globalThis & { [PLACE]?: Deps };

function makeRuntime(): Deps {
  const url = env.DATABASE_URL;
  if (url === undefined) throw new Error("DATABASE_URL is not set; start with npm start");
  const queue = new PgBoss({
    connectionString: url,
    application_name: "meridian-web",
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
  });
  queue.on("error", (error) => log.error({ err: error }, "the job queue has trouble"));
  return {
    db: openDatabase(url, 24),
    queue: startedOnUse(queue),
    now: () => instantOf(Date.now()),
    keys: loadKeyRing({
      secretKey: env.MERIDIAN_SECRET_KEY,
      oldSecretKeys: env.MERIDIAN_OLD_SECRET_KEYS,
      dataDir: env.MERIDIAN_DATA_DIR,
    }),
    appUrl: env.APP_URL,
    senderAddress: parseMailbox(env.MAIL_FROM).address,
    inboundAddress: env.MAIL_INBOUND,
    invalidate: invalidateLinks,
  };
}

/**
 * Jobs are only ever queued through a caller's transaction, yet the library insists on being started first. Starting
 * is put off to the first job, so that a page or a command that queues nothing opens no second pool.
 */
function startedOnUse(queue: PgBoss): PgBoss {
  let started: Promise<unknown> | undefined;
  const insert = queue.insert.bind(queue);
  queue.insert = async (...order: Parameters<PgBoss["insert"]>) => {
    started ??= queue.start().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    await started;
    return insert(...order);
  };
  return queue;
}

/** What the application itself runs on. Made on first use: a build imports this module without a database. */
export function runtime(): Deps {
  shared[PLACE] ??= makeRuntime();
  return shared[PLACE];
}
