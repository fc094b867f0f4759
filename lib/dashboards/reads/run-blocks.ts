import { scopeWords } from "@/lib/crm/core/scope";
import type { Database, Transaction } from "@/lib/db/client";
import { withSnapshot } from "@/lib/db/snapshot";
import { sqlStateOf } from "@/lib/db/violations";
import { log } from "@/lib/log";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import { comparedWith, elapsedOf, periodOf } from "@/lib/metrics/core/range";
import { toIso } from "@/lib/time/instant";
import type { Batch, Block } from "../core/batch";
import type { ViewState } from "../core/view-state";

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
const QUERY_CANCELED = "57014";

const newReference = (): string => crypto.randomUUID().slice(0, 8);

function failedBlock(name: string, error: unknown): Block<never> {
  const reference = newReference();
  log.error({ err: error, reference }, `the block ${name} of a dashboard failed`);
  return {
    status: "failed",
    reference,
    cause: sqlStateOf(error) === QUERY_CANCELED ? "slow" : "defect",
  };
}

/**
 * Makes every block of a dashboard from one snapshot of the database. A block that fails, or whose statement takes over
 * two seconds, fails alone and is logged under the reference its reader is shown. `versionOf` reads the data version in
 * the same snapshot.
 */
export async function runBlocks<Blocks extends Readonly<Record<string, unknown>>>(
  { db }: { readonly db: Database },
  asked: {
    readonly reader: MetricReader;
    readonly state: ViewState;
    readonly versionOf: (tx: Transaction) => Promise<string>;
  },
  makers: BlockMakers<Blocks>,
): Promise<Batch<Blocks>> {
  const { reader, state } = asked;
  const { place } = reader;
  const begun = performance.now();
  const whole = periodOf(state.range, place.today, place.fiscalStart);
  const period = elapsedOf(whole, place.today) ?? { from: whole.from, to: whole.from };
  const compared = comparedWith(state.range, state.compare, place);
  const { version, blocks } = await withSnapshot(db, LIMITS, async (snapshot) => {
    const reading = snapshot.read(asked.versionOf);
    const made = Object.entries(makers).map(async ([name, make]) => {
      const block: Block<unknown> = await snapshot
        .read((tx) =>
          (make as BlockMakers<Blocks>[string])({
            db: tx,
            reader,
            state,
            period,
            whole,
            comparedWith: compared,
          }),
        )
        .then((data): Block<unknown> => ({ status: "ready", data }))
        .catch((error: unknown) => failedBlock(name, error));
      return [name, block] as const;
    });
    return { version: await reading, blocks: Object.fromEntries(await Promise.all(made)) };
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
