import pg from "pg";
import { listStages } from "@/lib/crm/reads/lead";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { idOf } from "./dice";
import { rateBook } from "./history";
import { lifeMaker } from "./life";
import { PRODUCTS } from "./names";
import { ensureSellers } from "./sellers";
import type { SalesWorld } from "./world";
import { makeCompanies, makeRates } from "./world";
import type { Writing, Written } from "./write";
import { copyCompanies, copyLives, KeptWords, liveThroughTriggers, makeLines } from "./write";

export type GenerateLeads = {
  readonly workspaceId: string;
  /** Leads in all; each with its history, changes and activities. */
  readonly count: number;
  /** The same seed makes the same leads around the same day. */
  readonly seed: number;
  readonly now: Instant;
  /** Days they are spread over; three years unless told otherwise. */
  readonly days?: number;
  readonly say?: (line: string) => void;
};

export type GeneratedLeads = Written & {
  readonly companies: number;
  readonly seconds: number;
};

const THREE_YEARS = 1_096;
const BATCH = 5_000;
/** From here on secondary indexes are dropped and made again at the end: that is several times faster. */
const MANY = 50_000;
const PRODUCT = 0xc5;

async function ensureCatalogue(
  db: Database,
  { workspaceId, seed }: GenerateLeads,
  base: string,
): Promise<void> {
  const [found] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT EXISTS (SELECT FROM product WHERE workspace_id = ${workspaceId}::uuid) AS there`;
  if (found?.there) return;
  const rows = PRODUCTS.map((name, index) => ({
    workspace_id: workspaceId,
    id: idOf(seed, PRODUCT, index),
    name,
    price_minor: 100_000 * (index + 2),
    currency: base,
  }));
  await insertRows(db, [{ table: "product", rows }]);
}

async function ensureRates(
  db: Database,
  { workspaceId, now, days = THREE_YEARS }: GenerateLeads,
  base: string,
) {
  const rows = makeRates(base, now, days).map(({ currency, day, rate }) => ({
    workspace_id: workspaceId,
    currency,
    on_date: day,
    rate,
  }));
  await db.$executeRaw`
    INSERT INTO fx_rate (workspace_id, currency, on_date, rate)
    SELECT workspace_id, currency, on_date, rate FROM jsonb_populate_recordset(NULL::fx_rate, ${JSON.stringify(rows)}::jsonb)
    ON CONFLICT DO NOTHING`;
  return db.$queryRaw<{ currency: string; day: string; rate: string }[]>`
    SELECT currency::text AS currency, on_date::text AS day, rate::text AS rate FROM fx_rate WHERE workspace_id = ${workspaceId}::uuid`;
}

type Place = { readonly base: string; readonly zone: TimeZone; readonly today: CalendarDate };

async function placeOf(db: Database, workspaceId: string): Promise<Place> {
  const [found] = await db.$queryRaw<Place[]>`
    SELECT base_currency::text AS base, zone, (now() AT TIME ZONE zone)::date::text AS today FROM workspace WHERE id = ${workspaceId}::uuid`;
  if (found === undefined) throw new Error(`no workspace ${workspaceId}`);
  return found;
}

/** Everything a life refers to, made where it is missing. */
export async function openWorld(db: Database, asked: GenerateLeads): Promise<SalesWorld & Place> {
  const { workspaceId, count, seed, now, days = THREE_YEARS } = asked;
  const place = await placeOf(db, workspaceId);
  await ensureCatalogue(db, asked, place.base);
  const named = (sql: Promise<{ id: string; name: string }[]>) => sql;
  const stages = await listStages(db, workspaceId);
  const reasons = await db.$queryRaw<{ id: string; name: string; kind: string }[]>`
    SELECT id, name, kind FROM lost_reason WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL ORDER BY position, name`;
  return {
    ...place,
    workspaceId,
    count,
    seed,
    now,
    days,
    stages: stages.filter(({ pipelineId }) => pipelineId === stages[0]?.pipelineId),
    lostReasons: reasons.filter(({ kind }) => kind === "lost"),
    junkReasons: reasons.filter(({ kind }) => kind === "junk"),
    sources: await named(db.$queryRaw`
      SELECT id, name FROM lead_source WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL ORDER BY position, name`),
    products: await named(db.$queryRaw`
      SELECT id, name FROM product WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL ORDER BY name`),
    teams: await ensureSellers(db, asked),
    companies: makeCompanies(seed, Math.max(20, Math.ceil(count / 6))),
    rates: await ensureRates(db, asked, place.base),
  };
}

const TABLES = ["lead", "stage_history", "opportunity_change", "activity", "company", "contact"];
const FRESH = [...TABLES, "crm_word"];

/**
 * Puts the tables' own triggers to sleep for this transaction and, for many rows, takes away the indexes and foreign
 * keys: they are made (and every row checked) again at its end. Answers the statements that bring all of it back.
 */
async function undress(client: pg.Client, many: boolean): Promise<readonly string[]> {
  const { rows } = await client.query<{ away: string; back: string }>(
    `SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', t) AS away, format('ALTER TABLE %s ENABLE TRIGGER USER', t) AS back FROM unnest($1::regclass[]) t
     UNION ALL
     SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
       FROM pg_index i WHERE $2 AND i.indrelid = ANY($1::regclass[]) AND NOT i.indisunique
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
     UNION ALL
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
       FROM pg_constraint c WHERE $2 AND c.conrelid = ANY($1::regclass[]) AND c.contype = 'f'`,
    [TABLES, many],
  );
  for (const { away } of rows) await client.query(away);
  return rows.map(({ back }) => back);
}

async function takeNumbers(client: pg.Client, count: number): Promise<number> {
  const { rows } = await client.query<{ first: string }>("SELECT nextval('lead_number') AS first");
  const first = Number(rows[0]?.first);
  await client.query("SELECT setval('lead_number', $1)", [first + count - 1]);
  return first;
}

async function fill(
  client: pg.Client,
  world: SalesWorld & Place,
  say: (line: string) => void,
): Promise<Written> {
  const total = { leads: 0, history: 0, changes: 0, activities: 0 };
  const lifeOf = lifeMaker(world);
  const writing: Omit<Writing, "firstNumber"> = {
    workspaceId: world.workspaceId,
    baseOf: rateBook(world.base, world.rates),
    zone: world.zone,
    today: world.today,
    words: new KeptWords(),
  };
  const firstNumber = await takeNumbers(client, world.count);
  const batch = (from: number) =>
    makeLines(
      lifeOf,
      { from, to: Math.min(from + BATCH, world.count) },
      { ...writing, firstNumber },
    );
  let lines = await batch(0);
  for (let from = 0; from < world.count; from += BATCH) {
    // The next batch is made while this one is copied.
    const [written, next] = await Promise.all([
      copyLives(client, lines),
      from + BATCH < world.count ? batch(from + BATCH) : undefined,
    ]);
    for (const what of Object.keys(total) as (keyof Written)[]) total[what] += written[what];
    if (total.leads % 100_000 === 0) say(`  ${total.leads.toLocaleString("en")} leads`);
    if (next !== undefined) lines = next;
  }
  await client.query(
    "INSERT INTO crm_word (workspace_id, word) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING",
    [world.workspaceId, [...writing.words.words]],
  );
  return total;
}

async function copyAll(client: pg.Client, world: SalesWorld & Place, say: (line: string) => void) {
  await client.query("BEGIN");
  // Nobody writes a lead meanwhile; the rest of sales waits too, once triggers and indexes go.
  await client.query("LOCK TABLE lead IN SHARE ROW EXCLUSIVE MODE");
  const back = await undress(client, world.count >= MANY);
  await copyCompanies(
    client,
    world.workspaceId,
    world.companies,
    instantOf(world.now - world.days * DAY_MS),
  );
  const written = await fill(client, world, say);
  if (world.count >= MANY) say("  indexes and references");
  await client.query("SET LOCAL maintenance_work_mem = '384MB'");
  for (const statement of back) await client.query(statement);
  if (world.count >= MANY) say("  figures by day");
  // Nothing was marked while the triggers slept.
  await client.query("ANALYZE lead");
  await client.query("SELECT metric_rebuild($1)", [world.workspaceId]);
  await client.query(
    `INSERT INTO deal_slip (workspace_id, lead_id, times)
     SELECT c.workspace_id, c.lead_id, count(*) FROM opportunity_change c
      WHERE c.workspace_id = $1 AND CASE c.field WHEN 'expected_close' THEN (c.after #>> '{}')::date > (c.before #>> '{}')::date END
      GROUP BY 1, 2 ON CONFLICT (workspace_id, lead_id) DO UPDATE SET times = excluded.times`,
    [world.workspaceId],
  );
  await client.query("INSERT INTO metric_touch (workspace_id) VALUES ($1)", [world.workspaceId]);
  await client.query("COMMIT");
  return written;
}

async function liveAll(client: pg.Client, world: SalesWorld & Place): Promise<Written> {
  await client.query("BEGIN");
  await copyCompanies(
    client,
    world.workspaceId,
    world.companies,
    instantOf(world.now - world.days * DAY_MS),
  );
  const lifeOf = lifeMaker(world);
  const lives = Array.from({ length: world.count }, (_, index) => lifeOf(index));
  const firstNumber = await takeNumbers(client, world.count);
  await liveThroughTriggers(client, lives, { workspaceId: world.workspaceId, firstNumber });
  await client.query("COMMIT");
  return { leads: world.count, history: 0, changes: 0, activities: 0 };
}

/**
 * Fills a workspace with leads and all that hangs on them, in one transaction; a million takes some minutes. The
 * triggers sleep meanwhile and their rows are copied with the rest; `lived` lets them write, step by step, which a
 * test compares.
 */
export async function generateLeads(
  { db, databaseUrl }: { readonly db: Database; readonly databaseUrl: string },
  asked: GenerateLeads & { readonly way?: "copied" | "lived" },
): Promise<GeneratedLeads> {
  const begun = performance.now();
  const { say = () => undefined } = asked;
  const world = await openWorld(db, asked);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // What a crash would lose is made again in the same time.
    await client.query("SET synchronous_commit = off");
    const written =
      asked.way !== "lived" ? await copyAll(client, world, say) : await liveAll(client, world);
    for (const table of FRESH) await client.query(`VACUUM (ANALYZE) ${table}`);
    const seconds = (performance.now() - begun) / 1_000;
    return { ...written, companies: world.companies.length, seconds };
  } finally {
    await client.end();
  }
}
