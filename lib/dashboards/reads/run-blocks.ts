import { scopeWords } from "@/lib/crm/core/scope";
import type { Database, Transaction } from "@/lib/db/client";
import type { Snapshot } from "@/lib/db/snapshot";
import { withSnapshot } from "@/lib/db/snapshot";
import { sqlStateOf } from "@/lib/db/violations";
import { log } from "@/lib/log";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import { comparedWith, elapsedOf, periodOf } from "@/lib/metrics/core/range";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Batch, Block } from "../core/batch";
import type { ViewState } from "../core/view-state";
import type { KeptBlock } from "./kept-blocks";
import { findKept, keep, makeLater } from "./kept-blocks";

/** What a block is made from. Everything it reads, it reads of one moment. */
export type BlockContext = {
  readonly db: Transaction;
  readonly reader: MetricReader;
  readonly state: ViewState;
  /** The elapsed part of the range; of a range that lies ahead, its first day alone. */
  readonly period: Period;
  readonly whole: Period;
  readonly comparedWith: Period | null;
};

export type BlockMakers<Blocks extends Readonly<Record<string, unknown>>> = {
  readonly [Name in keyof Blocks]: (context: BlockContext) => Promise<Blocks[Name]>;
};

// Two, as many as the small machine has cores; a third would only wait.
const LIMITS = { lanes: 2, timeoutMs: 2_000 };
// What is made after an answer has time, and one core.
const LATER = { lanes: 1, timeoutMs: 60_000 };
const PATIENT = { lanes: 2, timeoutMs: 30_000 };
const QUERY_CANCELED = "57014";

const newReference = (): string => crypto.randomUUID().slice(0, 8);

const isSlow = (error: unknown): boolean => sqlStateOf(error) === QUERY_CANCELED;

function failedBlock(name: string, error: unknown): Block<never> {
  const reference = newReference();
  log.error({ err: error, reference }, `the block ${name} of a dashboard failed`);
  return { status: "failed", reference, cause: isSlow(error) ? "slow" : "defect" };
}

/** What one answer is asked for. */
export type Asked = {
  readonly reader: MetricReader;
  readonly state: ViewState;
  /** Reads the data version, in the snapshot everything else is read in. */
  readonly versionOf: (tx: Transaction) => Promise<string>;
  /**
   * Somebody waits for a page: a statement has two seconds, and a slow block may be shown as it was a little earlier, with
   * its time. Files and mails have more time, and everything in them is of one moment.
   */
  readonly forPage?: boolean;
};

/** A dashboard's name, and which of its blocks grow slow with the data. */
export type Slow<Blocks> = { readonly of: string; readonly names: readonly (keyof Blocks)[] };

type Making = {
  readonly db: Database;
  readonly asked: Asked;
  readonly slow: Slow<Readonly<Record<string, unknown>>>;
  readonly around: Omit<BlockContext, "db" | "reader">;
};

type Make = (context: BlockContext) => Promise<unknown>;

/** Under what a block is kept: everything it depends on but the data; undefined where it is not. */
function keyOf({ asked, slow, around }: Making, name: string): string | undefined {
  if (asked.forPage !== true || !slow.names.includes(name)) return undefined;
  const { scope, place } = asked.reader;
  const { workspaceId, kind, userId, teams } = scope;
  const mine = kind === "all" ? [workspaceId] : [workspaceId, kind, userId, teams];
  return JSON.stringify([slow.of, name, mine, place.today, place.zone, place.currency, around]);
}

async function makeNow(
  { asked, around }: Making,
  make: Make,
  { tx, version }: { readonly tx: Transaction; readonly version: string },
): Promise<KeptBlock> {
  const begun = performance.now();
  const data = await make({ ...around, reader: asked.reader, db: tx });
  const asOf: Instant = asked.reader.place.now;
  return { version, asOf, data, tookMs: performance.now() - begun };
}

/** The same block of the data as it is then, with more time. */
function later(making: Making, key: string, [name, make]: readonly [string, Make]): void {
  makeLater(
    key,
    () =>
      withSnapshot(making.db, LATER, (snapshot) =>
        snapshot.read(async (tx) =>
          makeNow(making, make, { tx, version: await making.asked.versionOf(tx) }),
        ),
      ),
    (error) => log.error({ err: error }, `the block ${name} could not be made after an answer`),
  );
}

// The office speaks English only.
const timeOf = (moment: Instant, { asked }: Making): string =>
  formatTime(moment, { zone: asked.reader.place.zone, locale: "en", hourCycle: 24 });

async function blockOf(
  making: Making,
  named: readonly [string, Make],
  at: { readonly snapshot: Snapshot; readonly version: string },
): Promise<Block<unknown>> {
  const [name, make] = named;
  const { snapshot, version } = at;
  const key = keyOf(making, name);
  const found =
    key === undefined ? undefined : findKept(key, version, making.asked.reader.place.now);
  if (found?.kind === "same") return { status: "ready", data: found.block.data };
  if (found?.kind === "older" && key !== undefined) {
    if (found.due) later(making, key, named);
    return { status: "ready", data: found.block.data, asOf: timeOf(found.block.asOf, making) };
  }
  try {
    const made = await snapshot.read((tx) => makeNow(making, make, { tx, version }));
    if (key !== undefined) keep(key, made);
    return { status: "ready", data: made.data };
  } catch (error) {
    // Too slow for an answer; the next one finds it made.
    if (key !== undefined && isSlow(error)) later(making, key, named);
    return failedBlock(name, error);
  }
}

/**
 * Makes every block of a dashboard from one snapshot of the database. A block that fails, or whose statement takes too
 * long, fails alone and is logged under the reference its reader is shown.
 */
export async function runBlocks<Blocks extends Readonly<Record<string, unknown>>>(
  { db }: { readonly db: Database },
  asked: Asked,
  { makers, slow }: { readonly makers: BlockMakers<Blocks>; readonly slow: Slow<Blocks> },
): Promise<Batch<Blocks>> {
  const { reader, state } = asked;
  const { place } = reader;
  const begun = performance.now();
  const whole = periodOf(state.range, place.today, place.fiscalStart);
  const period = elapsedOf(whole, place.today) ?? { from: whole.from, to: whole.from };
  const compared = comparedWith(state.range, state.compare, place);
  const around = { state, period, whole, comparedWith: compared };
  const making = { db, asked, slow, around } as Making;
  const limits = asked.forPage === true ? LIMITS : PATIENT;
  const { version, blocks } = await withSnapshot(db, limits, async (snapshot) => {
    const at = { snapshot, version: await snapshot.read(asked.versionOf) };
    const made = Object.entries<Make>(makers).map(
      async (named) => [named[0], await blockOf(making, named, at)] as const,
    );
    return { version: at.version, blocks: Object.fromEntries(await Promise.all(made)) };
  });
  return {
    version,
    asOf: toIso(place.now),
    computedMs: Math.round(performance.now() - begun),
    scope: scopeWords(reader.scope),
    zone: place.zone,
    currency: place.currency,
    today: place.today,
    period,
    whole,
    comparedWith: compared,
    blocks: blocks as Batch<Blocks>["blocks"],
  };
}
