import { wilson } from "@/lib/metrics/core/wilson";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { measureSql } from "@/lib/metrics/reads/measure-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import { matureDays } from "../../core/cohort-days";
import type {
  ConvertedBlock,
  ConvertedRow,
  JunkedBlock,
  ProgressBlock,
  ProgressRow,
} from "../../core/executive";
import { t } from "../../core/executive-text";
import { addUp, byKey, figureOf, keysOf, NOTHING, topAndRest } from "../../core/rows";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

const MOST_PEOPLE = 5;

/** Who has how much open: leads nobody decided about, and deals. */
export async function readProgress(context: BlockContext): Promise<ProgressBlock> {
  const { db, reader } = context;
  const answers = await ask(context, ["open_leads", "open_opportunities", "open_pipeline_value"], {
    by: "owner",
  });
  const leads = byKey(answers.open_leads.groups);
  const deals = byKey(answers.open_opportunities.groups);
  const value = byKey(answers.open_pipeline_value.groups);
  const keys = keysOf(answers.open_leads.groups, answers.open_opportunities.groups);
  const workOf = (row: Omit<ProgressRow, "name">) => figureOf(row.leads) + figureOf(row.deals);
  const rows = keys
    .map((key) => ({
      key,
      leads: leads(key) ?? NOTHING,
      deals: deals(key) ?? NOTHING,
      value: value(key) ?? NOTHING,
    }))
    .filter((row) => workOf(row) > 0)
    .sort((a, b) => workOf(b) - workOf(a) || figureOf(b.value) - figureOf(a.value));
  const { top, rest } = topAndRest(rows, MOST_PEOPLE);
  const named = await namesOf(
    db,
    reader.place.workspaceId,
    "owner",
    top.map(({ key }) => key),
  );
  return {
    rows: top.map((row) => ({ ...row, ...named(row.key) })),
    rest:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            row: {
              key: null,
              name: t("rest.owner", { count: rest.length }),
              leads: addUp(rest.map((row) => row.leads)),
              deals: addUp(rest.map((row) => row.deals)),
              value: addUp(rest.map((row) => row.value)),
            },
          },
    total: {
      leads: answers.open_leads.total,
      deals: answers.open_opportunities.total,
      value: answers.open_pipeline_value.total,
    },
  };
}

/** How long a lead has to become an opportunity. */
const WINDOW_DAYS = 30;
/** Over how many days it is looked at, at least; and with how many leads somebody is ranked. */
const LEAST_DAYS = 90;
const LEAST_LEADS = 20;

/** Who turns leads into opportunities, by the lower end of the interval: one of one is not a hundred percent. */
export async function readConverted(context: BlockContext): Promise<ConvertedBlock> {
  const { db, reader, period } = context;
  const cohort = matureDays(period, reader.place.today, { days: WINDOW_DAYS, least: LEAST_DAYS });
  const { lead_opportunity_cohort: answer } = await ask(context, ["lead_opportunity_cohort"], {
    days: cohort,
    by: "owner",
  });
  const people = (answer.groups ?? []).filter(({ key }) => key !== null);
  const ranked = people
    .flatMap(({ key, ...rate }): Omit<ConvertedRow, "name">[] => {
      const range = wilson(rate.hits ?? 0, rate.n);
      return range === null || rate.n < LEAST_LEADS ? [] : [{ key, rate, ...range }];
    })
    .sort((a, b) => b.low - a.low || b.rate.n - a.rate.n)
    .slice(0, MOST_PEOPLE);
  const named = await namesOf(
    db,
    reader.place.workspaceId,
    "owner",
    ranked.map(({ key }) => key),
  );
  return {
    rows: ranked.map((row) => ({ ...row, ...named(row.key) })),
    everyone: answer.total,
    tooFew: people.filter(({ n }) => n > 0 && n < LEAST_LEADS).length,
    minN: LEAST_LEADS,
    cohort,
  };
}

type Reason = { readonly key: string; readonly reason: string | null };

/** The commonest reason for which each one's leads of the range were junked; the first by name of several. */
async function topReasons(
  { db, reader, state, period }: BlockContext,
  people: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (people.length === 0) return new Map();
  const source = FACT_SOURCES.created;
  const where = factConditions(reader, { fact: "created", days: period, filter: state.filter });
  const rows = await db.$queryRaw<Reason[]>`
    SELECT DISTINCT ON (1) ${source.owner}::text AS key, r.name AS reason
      FROM ${source.from}
      LEFT JOIN lost_reason r ON r.workspace_id = l.workspace_id AND r.id = l.lost_reason_id
     WHERE ${where} AND ${measureSql(reader.place).created_junked.when} AND ${source.owner} = ANY(${people}::uuid[])
     GROUP BY 1, 2 ORDER BY 1, count(*) DESC, r.name`;
  return new Map(rows.map(({ key, reason }) => [key, reason]));
}

/** Whose leads of the range were thrown away most, and why. */
export async function readJunked(context: BlockContext): Promise<JunkedBlock> {
  const { db, reader } = context;
  const { junk_rate: answer } = await ask(context, ["junk_rate"], { by: "owner" });
  const most = (answer.groups ?? [])
    .filter(({ key, hits = 0 }) => key !== null && hits > 0)
    .sort((a, b) => (b.hits ?? 0) - (a.hits ?? 0) || b.n - a.n)
    .slice(0, MOST_PEOPLE);
  const people = most.flatMap(({ key }) => key ?? []);
  const [named, reasons] = await Promise.all([
    namesOf(db, reader.place.workspaceId, "owner", people),
    topReasons(context, people),
  ]);
  return {
    rows: most.map(({ key, ...rate }) => ({
      ...named(key),
      rate,
      topReason: reasons.get(key ?? "") ?? null,
    })),
    everyone: answer.total,
  };
}
