import type { PgBoss } from "pg-boss";
import { fromPrisma } from "pg-boss";
import type { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { asPrepared } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** A kind of work: its queue's name, the shape of its payload, how often and how patiently it is tried. */
export type Job<Payload extends object> = {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly retryLimit: number;
  /** Seconds before the first retry; each further one waits twice as long, up to `retryDelayMax`. */
  readonly retryDelay: number;
  readonly retryDelayMax: number;
  readonly expireInSeconds: number;
};

export const defineJob = <Payload extends object>(
  job: Pick<Job<Payload>, "name" | "payload"> & Partial<Job<Payload>>,
): Job<Payload> => ({
  retryLimit: 20,
  retryDelay: 2,
  retryDelayMax: 300,
  expireInSeconds: 60,
  ...job,
});

/** One piece of work to be done, now or from `notBefore` on. */
export type Order<Payload extends object> = {
  readonly payload: Payload;
  readonly notBefore?: Instant;
};

/**
 * The queue's statement is one text for each queue and takes longer to plan than to run, mostly while a booking holds
 * its host's lock: planned once per connection.
 */
function preparing(tx: Transaction) {
  const { executeSql } = fromPrisma(tx);
  return {
    executeSql: (text: string, values?: unknown[]) => executeSql(asPrepared(text), values),
  };
}

/**
 * Queues work inside the caller's transaction: it exists if and only if the change that caused it does.
 * There is no form without a transaction, on purpose. One statement, whatever the number of orders.
 */
export async function enqueue<Payload extends object>(
  queue: PgBoss,
  tx: Transaction,
  job: Job<Payload>,
  orders: readonly Order<Payload>[],
): Promise<void> {
  if (orders.length === 0) return;
  await queue.insert(
    job.name,
    orders.map(({ payload, notBefore }) => ({
      data: job.payload.parse(payload),
      ...(notBefore === undefined ? {} : { startAfter: toIso(notBefore) }),
    })),
    { db: preparing(tx) },
  );
}

/** Makes the job's queue, or brings an existing one to these settings. */
export async function ensureQueue<Payload extends object>(
  queue: PgBoss,
  job: Job<Payload>,
): Promise<void> {
  const settings = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelay,
    retryDelayMax: job.retryDelayMax,
    retryBackoff: true,
    expireInSeconds: job.expireInSeconds,
    // A worker that was killed stops beating, and its jobs go to another one within half a minute.
    heartbeatSeconds: 15,
  };
  if ((await queue.getQueue(job.name)) === null) await queue.createQueue(job.name, settings);
  else await queue.updateQueue(job.name, settings);
}
