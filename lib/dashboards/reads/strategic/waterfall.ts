import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { MetricFilter } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import { toIso } from "@/lib/time/instant";
import { addDays, startOfDay } from "@/lib/time/offset";
import { Prisma } from "@/prisma/generated/client";
import type { PartRecords } from "../../core/strategic";
import type { Flow, FlowSum, PipelineSums } from "../../core/waterfall";
import { FLOWS } from "../../core/waterfall";
import { listPart, standingOf } from "./parts";

/** Of which deals, and between which two moments: the first instant of `from`, and of `to` or now. */
export type WaterfallQuestion = { readonly days: Period; readonly filter: MetricFilter };

/** Whether the deal was in the open pipeline after a row of its history. */
const standsOpen = Prisma.sql`(h.kind = 'opportunity' AND h.status = 'open' AND h.event NOT IN ('deleted', 'merged'))`;

/**
 * What a minor unit of each currency was worth on a day in minor units of the workspace's: asked once for a currency, and
 * not for each deal. The same rule as `to_base_minor` of the database.
 */
const worthOn = ({ place }: MetricReader, day: string): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT ON (r.currency) r.currency::text AS currency,
         r.rate * power(10::numeric, minor_digits(${place.currency}) - minor_digits(r.currency)) AS factor
    FROM fx_rate r WHERE r.workspace_id = ${place.workspaceId}::uuid AND r.on_date <= ${day}::date AND r.currency <> ${place.currency}
   ORDER BY r.currency, r.on_date DESC`;

/** An amount in the workspace's currency, by the factor of its own; null without a rate. */
const based = ({ place }: MetricReader, amount: Prisma.Sql, currency: Prisma.Sql, of: Prisma.Sql) =>
  Prisma.sql`(CASE WHEN ${currency} = ${place.currency} THEN ${amount} WHEN ${amount} * ${of}.factor IS NOT NULL THEN least(round(${amount} * ${of}.factor), 9007199254740992)::bigint END)`;

const sumWhen = (when: Prisma.Sql, as: string) =>
  Prisma.sql`coalesce(sum(s.minor) FILTER (WHERE s.inside AND ${when}), 0) AS ${Prisma.raw(`"${as}"`)},
             count(*) FILTER (WHERE s.inside AND ${when}) AS ${Prisma.raw(`"n_${as}"`)}`;

const entered = (events: readonly string[]) =>
  Prisma.sql`(s.open AND NOT s.was AND s.event = ANY(${[...events]}::text[]))`;
const left = (events: readonly string[]) =>
  Prisma.sql`(s.was AND NOT s.open AND s.event = ANY(${[...events]}::text[]))`;

const CAME = ["created", "converted"];
const CLOSED = ["won", "lost"];

/**
 * One row for each deal that was in the open pipeline at either end or in between: what it was worth at the start, at
 * the end, and at each time it came in or went out. `l` is the lead. Its team and owner are those of now, as of the
 * whole open pipeline: a deal given to another team has been there all along.
 */
function lives(reader: MetricReader, { days, filter }: WaterfallQuestion): Prisma.Sql {
  const { place } = reader;
  const here = Prisma.sql`workspace_id = ${place.workspaceId}::uuid`;
  const start = toIso(startOfDay(days.from, place.zone));
  const endsNow = days.to > place.today;
  const end = toIso(endsNow ? place.now : startOfDay(days.to, place.zone));
  const since = Prisma.sql`${start}::timestamptz`;
  // What is written down while somebody reads has a clock of its own; up to now is up to the snapshot.
  const inside = endsNow ? Prisma.sql`true` : Prisma.sql`h.at < ${end}::timestamptz`;
  const amountSince = (moment: string) => Prisma.sql`
    SELECT DISTINCT ON (lead_id) lead_id, before FROM opportunity_change
     WHERE ${here} AND field = 'amount' AND at >= ${moment}::timestamptz ORDER BY lead_id, id`;
  const minorOf = (before: Prisma.Sql) =>
    Prisma.sql`(CASE WHEN ${before}.lead_id IS NULL THEN l.amount_minor ELSE (${before}.before ->> 'minor')::bigint END)`;
  const currencyOf = (before: Prisma.Sql) =>
    Prisma.sql`coalesce(${before}.before ->> 'currency', l.currency)`;
  const [a, z] = [Prisma.sql`a`, Prisma.sql`z`];
  const worthBefore = based(reader, minorOf(a), currencyOf(a), Prisma.sql`ra`);
  const worthAfter = endsNow
    ? Prisma.sql`l.base_minor`
    : based(reader, minorOf(z), currencyOf(z), Prisma.sql`rz`);
  return Prisma.sql`
    told AS MATERIALIZED (
      SELECT h.lead_id, h.seq, h.event, ${inside} AS inside, ${standsOpen} AS open, coalesce(h.base_minor, 0) AS minor,
             lag(${standsOpen}) OVER w AS was, row_number() OVER w = 1 AS first
        FROM stage_history h WHERE h.${here} AND h.at >= ${since} WINDOW w AS (PARTITION BY h.lead_id ORDER BY h.seq)),
    steps AS (
      SELECT t.lead_id, t.seq, t.event, t.inside, t.open, t.minor, t.first,
             -- What most events say of the time before them needs no look at it.
             CASE WHEN NOT t.first THEN t.was
                  WHEN t.event IN ('created', 'converted', 'reopened', 'restored', 'unmerged') THEN false
                  WHEN t.event IN ('moved', 'restated') THEN t.open
                  ELSE coalesce((SELECT ${standsOpen} FROM stage_history h
                                  WHERE h.${here} AND h.lead_id = t.lead_id AND h.seq = t.seq - 1), false) END AS was
        FROM told t),
    moved AS MATERIALIZED (
      SELECT s.lead_id, bool_or(s.was) FILTER (WHERE s.first) AS started,
             (array_agg(s.open ORDER BY s.seq DESC) FILTER (WHERE s.inside))[1] AS ended,
             ${sumWhen(entered(CAME), "created")}, ${sumWhen(entered(["reopened"]), "reopened")},
             ${sumWhen(Prisma.sql`(s.open AND NOT s.was AND NOT s.event = ANY(${[...CAME, "reopened"]}::text[]))`, "returned")},
             ${sumWhen(left(["won"]), "won")}, ${sumWhen(left(["lost"]), "lost")},
             ${sumWhen(Prisma.sql`(s.was AND NOT s.open AND NOT s.event = ANY(${CLOSED}::text[]))`, "removed")}
        FROM steps s GROUP BY s.lead_id),
    first_amount AS MATERIALIZED (${amountSince(start)}),
    last_amount AS MATERIALIZED (${endsNow ? Prisma.sql`SELECT NULL::uuid AS lead_id, NULL::jsonb AS before WHERE false` : amountSince(end)}),
    start_worth AS MATERIALIZED (${worthOn(reader, addDays(days.from, -1))}),
    end_worth AS MATERIALIZED (${worthOn(reader, addDays(days.to, -1))}),
    stood AS MATERIALIZED (
      SELECT l.id, coalesce(m.started, l.kind = 'opportunity' AND l.status = 'open' AND l.deleted_at IS NULL) AS started,
             coalesce(m.ended, m.started, l.kind = 'opportunity' AND l.status = 'open' AND l.deleted_at IS NULL) AS ended,
             ${worthBefore} AS before, ${worthAfter} AS after,
             -- Changed in between, and not only after it.
             ${
               endsNow
                 ? Prisma.sql`a.lead_id IS NOT NULL`
                 : Prisma.sql`a.lead_id IS NOT NULL AND a.before IS DISTINCT FROM CASE WHEN z.lead_id IS NULL THEN
                 CASE WHEN l.amount_minor IS NULL THEN NULL ELSE jsonb_build_object('minor', l.amount_minor, 'currency', l.currency) END ELSE z.before END`
             } AS repriced,
             coalesce(m.created, 0) AS created, coalesce(m.n_created, 0) AS n_created, coalesce(m.reopened, 0) AS reopened,
             coalesce(m.n_reopened, 0) AS n_reopened, coalesce(m.returned, 0) AS returned, coalesce(m.n_returned, 0) AS n_returned,
             coalesce(m.won, 0) AS won, coalesce(m.n_won, 0) AS n_won, coalesce(m.lost, 0) AS lost, coalesce(m.n_lost, 0) AS n_lost,
             coalesce(m.removed, 0) AS removed, coalesce(m.n_removed, 0) AS n_removed
        FROM lead l
        LEFT JOIN moved m ON m.lead_id = l.id LEFT JOIN first_amount a ON a.lead_id = l.id LEFT JOIN last_amount z ON z.lead_id = l.id
        LEFT JOIN start_worth ra ON ra.currency = ${currencyOf(a)}
        LEFT JOIN end_worth rz ON rz.currency = ${currencyOf(z)}
       WHERE ${standingOf(reader, filter)}
         AND (m.lead_id IS NOT NULL OR (l.status = 'open' AND l.kind = 'opportunity' AND l.deleted_at IS NULL))),
    lives AS (
      SELECT id, started, ended, created, n_created, reopened, n_reopened, returned, n_returned, -won AS won, n_won,
             -lost AS lost, n_lost, -removed AS removed, n_removed, repriced,
             CASE WHEN started THEN coalesce(before, 0) ELSE 0 END AS start,
             CASE WHEN ended THEN coalesce(after, 0) ELSE 0 END AS "end"
        FROM stood),
    changed AS MATERIALIZED (
      SELECT v.*, v."end" - v.start - v.created - v.reopened - v.returned - v.won - v.lost - v.removed AS change FROM lives v)`;
}

/** Whether a deal is in a bar, and what it is there. */
const PARTS: Readonly<Record<"start" | "end" | Flow, { in: Prisma.Sql; minor: Prisma.Sql }>> = {
  start: { in: Prisma.sql`c.started`, minor: Prisma.sql`c.start` },
  end: { in: Prisma.sql`c.ended`, minor: Prisma.sql`c."end"` },
  created: { in: Prisma.sql`c.n_created > 0`, minor: Prisma.sql`c.created` },
  reopened: { in: Prisma.sql`c.n_reopened > 0`, minor: Prisma.sql`c.reopened` },
  returned: { in: Prisma.sql`c.n_returned > 0`, minor: Prisma.sql`c.returned` },
  increased: { in: Prisma.sql`(c.change > 0 AND c.repriced)`, minor: Prisma.sql`c.change` },
  decreased: { in: Prisma.sql`(c.change < 0 AND c.repriced)`, minor: Prisma.sql`c.change` },
  rates: { in: Prisma.sql`(c.change <> 0 AND NOT c.repriced)`, minor: Prisma.sql`c.change` },
  won: { in: Prisma.sql`c.n_won > 0`, minor: Prisma.sql`c.won` },
  lost: { in: Prisma.sql`c.n_lost > 0`, minor: Prisma.sql`c.lost` },
  removed: { in: Prisma.sql`c.n_removed > 0`, minor: Prisma.sql`c.removed` },
};

const BARS = ["start", ...FLOWS, "end"] as const;

/** What moved the open pipeline, as sums. Every deal's own path is in them, so that nothing is left over. */
export async function readPipelineSums(
  db: Db,
  reader: MetricReader,
  question: WaterfallQuestion,
): Promise<PipelineSums> {
  const columns = BARS.map((bar) => {
    const part = PARTS[bar];
    return Prisma.sql`coalesce(sum(${part.minor}) FILTER (WHERE ${part.in}), 0)::float8 AS ${Prisma.raw(`"${bar}"`)},
                      (count(*) FILTER (WHERE ${part.in}))::int AS ${Prisma.raw(`"n_${bar}"`)}`;
  });
  const [row] = await db.$queryRaw<Readonly<Record<string, number>>[]>`
    WITH ${lives(reader, question)} SELECT ${Prisma.join(columns)} FROM changed c`;
  const sumOf = (bar: (typeof BARS)[number]): FlowSum => ({
    minor: row?.[bar] ?? 0,
    deals: row?.[`n_${bar}`] ?? 0,
  });
  return {
    start: sumOf("start"),
    end: sumOf("end"),
    flows: Object.fromEntries(FLOWS.map((flow) => [flow, sumOf(flow)])) as Record<Flow, FlowSum>,
  };
}

/** The deals of one bar, the largest first. */
export const listBar = (
  db: Db,
  reader: MetricReader,
  question: WaterfallQuestion,
  bar: "start" | "end" | Flow,
): Promise<PartRecords> =>
  listPart(db, reader, {
    before: Prisma.sql`${lives(reader, question)},`,
    part: Prisma.sql`SELECT c.id, (${PARTS[bar].minor})::float8 AS minor FROM changed c WHERE ${PARTS[bar].in}`,
  });
