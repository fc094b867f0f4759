import { createHash } from "node:crypto";
import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Limit, LimitName } from "./limits";
import { limits, readLimits } from "./limits";

export type Throttled =
  | { readonly ok: true }
  | { readonly ok: false; readonly retryAfterSeconds: number };

export type Throttle = {
  /** Counts one use. Of any number of uses at once, exactly as many pass as the limit allows. */
  readonly consume: (limit: LimitName, key: string) => Promise<Throttled>;
  /** Looks without counting. */
  readonly check: (limit: LimitName, key: string) => Promise<Throttled>;
  /** Takes back one use, for what was counted before it was known to fail. */
  readonly giveBack: (limit: LimitName, key: string) => Promise<void>;
  /** Forgets the key: a right password ends the count of wrong ones. */
  readonly forget: (limit: LimitName, key: string) => Promise<void>;
};

type Queryable = {
  readonly query: (query: { text: string; values: unknown[] }) => Promise<unknown>;
};

const ALLOWED: Throttled = { ok: true };
const refusedFor = (milliseconds: number): Throttled => ({
  ok: false,
  retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
});

/** Keys are e-mail addresses, tokens and addresses; the table keeps a digest, of one length. */
const digestOf = (key: string): string =>
  createHash("sha256").update(key.normalize("NFKC").trim().toLowerCase()).digest("base64url");

/**
 * A counter may forget the last moments before the database's crash; waiting for its disk at every request costs
 * more than that. Set for this one statement's own transaction, so that it holds behind a pooler too.
 */
const withoutWaitingForDisk = (text: string): string =>
  text.replace(
    /RETURNING points, expire;?\s*$/,
    "RETURNING points, expire, set_config('synchronous_commit', 'off', true)",
  );

function limiterFor(client: Queryable, name: LimitName, limit: Limit): RateLimiterPostgres {
  return new RateLimiterPostgres({
    // Without its `name` a statement is not prepared under one, which a pooler in transaction mode would lose.
    storeClient: {
      query: ({ text, values }: { text: string; values: unknown[] }) =>
        client.query({ text: withoutWaitingForDisk(text), values }),
    },
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: limit.points,
    duration: limit.seconds,
  });
}

/**
 * Throttles counted in PostgreSQL, so that several nodes count as one. When the counter cannot be reached, each
 * limit says whether it refuses or allows; both are logged.
 */
export function createThrottle(
  client: Queryable,
  changed: Partial<Record<LimitName, Limit>> = {},
  report: (error: unknown, limit: LimitName) => void = (err, limit) =>
    log.error({ err, limit }, "the throttle could not count"),
): Throttle {
  const limitOf = (name: LimitName): Limit => changed[name] ?? limits[name];
  const limiters = new Map<LimitName, RateLimiterPostgres>();
  const limiter = (name: LimitName): RateLimiterPostgres => {
    const known = limiters.get(name);
    if (known) return known;
    const made = limiterFor(client, name, limitOf(name));
    limiters.set(name, made);
    return made;
  };
  const broken = (name: LimitName, error: unknown): Throttled => {
    const { whenBroken } = limitOf(name);
    report(error, name);
    return whenBroken === "allow" ? ALLOWED : refusedFor(5000);
  };

  return {
    async consume(name, key) {
      try {
        await limiter(name).consume(digestOf(key));
        return ALLOWED;
      } catch (error) {
        if (error instanceof RateLimiterRes) return refusedFor(error.msBeforeNext);
        return broken(name, error);
      }
    },
    async check(name, key) {
      try {
        const found = await limiter(name).get(digestOf(key));
        const used = found !== null && found.consumedPoints >= limitOf(name).points;
        return used ? refusedFor(found.msBeforeNext) : ALLOWED;
      } catch (error) {
        return broken(name, error);
      }
    },
    async giveBack(name, key) {
      await limiter(name)
        .reward(digestOf(key))
        .catch((error: unknown) => broken(name, error));
    },
    async forget(name, key) {
      await limiter(name)
        .delete(digestOf(key))
        .catch((error: unknown) => broken(name, error));
    },
  };
}

const UNTHROTTLED: Throttle = {
  consume: async () => ALLOWED,
  check: async () => ALLOWED,
  giveBack: async () => undefined,
  forget: async () => undefined,
};

const SWEEP_EVERY_MS = 600_000;

/** Counters that ended an hour ago or earlier count nothing any more. Each node sweeps; one is enough. */
async function sweep(pool: pg.Pool): Promise<void> {
  await pool
    .query("DELETE FROM rate_limit WHERE expire < $1", [Date.now() - 3_600_000])
    .catch((error: unknown) => log.warn({ err: error }, "old throttle counters were not removed"));
}

function throttleOfThisProcess(): Throttle {
  const mayBeOff = env.NODE_ENV !== "production" || env.MERIDIAN_ALLOW_UNTHROTTLED;
  if (env.MERIDIAN_THROTTLE === "off") {
    log.warn(
      { honoured: mayBeOff },
      mayBeOff
        ? "MERIDIAN_THROTTLE=off: nothing is throttled"
        : "MERIDIAN_THROTTLE=off is ignored in production without MERIDIAN_ALLOW_UNTHROTTLED=1",
    );
    if (mayBeOff) return UNTHROTTLED;
  }
  // A pool of its own: a burst that is being refused must not hold the connections that bookings need.
  const pool = new pg.Pool({
    connectionString: env.DATABASE_URL,
    max: 4,
    connectionTimeoutMillis: 5000,
    application_name: "meridian-throttle",
  });
  pool.on("error", (error) => log.warn({ err: error }, "an idle throttle connection was lost"));
  setInterval(() => void sweep(pool), SWEEP_EVERY_MS).unref();
  return createThrottle(pool, readLimits(env.MERIDIAN_LIMITS));
}

// One per process, however many bundles hold a copy of this module.
const THROTTLE = Symbol.for("meridian.throttle");
const shared = globalThis as { [THROTTLE]?: Throttle };

/** The throttle of this process, on DATABASE_URL, with the limits of MERIDIAN_LIMITS. */
export const throttle = (): Throttle => {
  shared[THROTTLE] ??= throttleOfThisProcess();
  return shared[THROTTLE];
};

/** Counts one use on the throttle of this process. */
export const consume = (limit: LimitName, key: string): Promise<Throttled> =>
  throttle().consume(limit, key);
