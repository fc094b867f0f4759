import fc from "fast-check";
import { v7 as newId } from "uuid";
import type { Stage } from "@/lib/crm/core/lead";
import { insertRows } from "@/lib/db/rows";
import type { House } from "@/lib/testing/house";
import { at, NOW } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { Sales, Seller } from "./crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "./crm";

// Around these clocks are moved in Berlin or New York, a day begins at 18:15 UTC in Kathmandu, and a year ends.
const EDGES = [
  "2026-03-08T07:00:00Z",
  "2026-03-29T01:00:00Z",
  "2026-07-31T22:00:00Z",
  "2026-10-25T01:00:00Z",
  "2026-11-01T06:00:00Z",
  "2026-11-01T18:15:00Z",
  "2026-01-01T05:00:00Z",
].map(at);

/** Minutes after one of the edges, before or after it. */
const near = fc
  .tuple(fc.constantFrom(...EDGES), fc.integer({ min: -2_000, max: 2_000 }))
  .map(([edge, minutes]) => instantOf(edge + minutes * MINUTE_MS));
const anywhere = fc
  .integer({ min: 1, max: 400 * 24 * 60 })
  .map((minutes) => instantOf(NOW - minutes * MINUTE_MS));

const lead = fc.record({
  created: fc.oneof(near, anywhere),
  becomes: fc.constantFrom("lead", "junked", "open", "won", "won", "lost"),
  convertsAfter: fc.nat({ max: 45 * 24 * 60 }),
  closesAfter: fc.nat({ max: 120 * 24 * 60 }),
  owner: fc.option(fc.nat({ max: 3 }), { freq: 6 }),
  laterOwner: fc.option(fc.nat({ max: 3 }), { freq: 1 }),
  source: fc.option(fc.nat({ max: 2 })),
  product: fc.option(fc.nat({ max: 1 })),
  company: fc.option(fc.nat({ max: 4 })),
  country: fc.option(fc.constantFrom("DE", "NP", "US")),
  industry: fc.option(fc.constantFrom("Bakeries", "Mills")),
  // Without an amount; in the workspace's currency; at a rate; in a currency that has none.
  amount: fc.option(fc.integer({ min: 0, max: 5_000_000 })),
  currency: fc.constantFrom("USD", "USD", "EUR", "JPY", "CHF"),
  manual: fc.option(fc.integer({ min: 0, max: 10_000 }), { freq: 1 }),
  category: fc.option(fc.constantFrom("omitted", "pipeline", "best_case", "commit")),
  expectedIn: fc.option(fc.integer({ min: -40, max: 60 })),
  stage: fc.nat({ max: 5 }),
  answeredAfter: fc.option(fc.nat({ max: 200 })),
  promisedAfter: fc.option(fc.nat({ max: 200 })),
  planned: fc.option(fc.integer({ min: -9, max: 9 })),
  done: fc.array(fc.record({ after: fc.nat({ max: 60 }), human: fc.boolean() }), { maxLength: 2 }),
  fate: fc.constantFrom("stays", "stays", "stays", "deleted", "merged", "reopened", "backdated"),
});
type Drawn = typeof lead extends fc.Arbitrary<infer Value> ? Value : never;

export type MetricScene = {
  readonly sales: Sales;
  readonly readers: Readonly<Record<"own" | "team" | "all", Seller>>;
  readonly teams: readonly string[];
  readonly owners: readonly string[];
  readonly sources: readonly string[];
  readonly products: readonly string[];
};

type Place = MetricScene & { readonly companies: readonly string[] };

async function makePlace(house: House, zone: string): Promise<Place> {
  const { db } = house;
  const sales = await makeSales(db, { zone });
  const { workspaceId } = sales;
  const teams = [
    await makeTeam(db, workspaceId, "North"),
    await makeTeam(db, workspaceId, "South, far"),
  ];
  const [north = ""] = teams;
  const own = await makeSeller(db, workspaceId, { group: "crm_user", scope: "own" });
  const team = await makeSeller(db, workspaceId, {
    group: "crm_user",
    scope: "team",
    teams: [north],
  });
  const other = await makeSeller(db, workspaceId, { group: "crm_user", name: "Otto Berg" });
  const placed = { workspace_id: workspaceId };
  const ids = (count: number) => Array.from({ length: count }, () => newId());
  const [products, companies] = [ids(2), ids(5)];
  await insertRows(db, [
    {
      table: "product",
      rows: products.map((id, nth) => ({ ...placed, id, name: `Product ${nth}` })),
    },
    {
      table: "company",
      rows: companies.map((id, nth) => ({
        ...placed,
        id,
        name: `Company ${nth}`,
        custom: {},
        tags: [],
        version: 1,
        created_at: toIso(NOW),
        updated_at: toIso(NOW),
      })),
    },
    {
      table: "fx_rate",
      rows: [
        { ...placed, currency: "EUR", on_date: "2025-01-01", rate: "1.25", set_at: toIso(NOW) },
        { ...placed, currency: "EUR", on_date: "2026-06-01", rate: "1.1", set_at: toIso(NOW) },
        { ...placed, currency: "JPY", on_date: "2026-03-01", rate: "0.0067", set_at: toIso(NOW) },
      ],
    },
  ]);
  const sources = await db.leadSource.findMany({ where: { workspaceId }, take: 3 });
  return {
    sales,
    readers: { own, team, all: sales },
    teams,
    owners: [own, team, other, sales].map(({ actor }) => actor.userId),
    sources: sources.map(({ id }) => id),
    products,
    companies,
  };
}

const earlier = (one: Instant, other: number): Instant => instantOf(Math.min(one, other));

function columnsOf(place: Place, drawn: Drawn, stage: Stage | undefined, closed: Instant | null) {
  const pick = (ids: readonly string[], at: number | null): string | null =>
    at === null ? null : (ids[at] ?? null);
  const after = (minutes: number | null): string | null =>
    minutes === null ? null : toIso(earlier(NOW, drawn.created + minutes * MINUTE_MS));
  const { lostReason, junkReason } = place.sales;
  const reasons: Readonly<Record<string, string>> = { lost: lostReason, junked: junkReason };
  return {
    status: stage === undefined && drawn.becomes === "junked" ? "junked" : statusOf(drawn),
    owner_id: pick(place.owners, drawn.owner),
    team_id: pick(place.teams, drawn.owner),
    source_id: pick(place.sources, drawn.source),
    product_id: pick(place.products, drawn.product),
    company_id: pick(place.companies, drawn.company),
    country: drawn.country,
    industry: drawn.industry,
    amount_minor: drawn.amount,
    currency: drawn.currency,
    mrr_minor: drawn.amount === null ? null : Math.floor(drawn.amount / 12),
    probability_manual: drawn.manual === null ? null : drawn.manual / 100,
    category: drawn.category,
    expected_close:
      drawn.expectedIn === null
        ? null
        : toIso(instantOf(NOW + drawn.expectedIn * DAY_MS)).slice(0, 10),
    lost_reason_id: reasons[drawn.becomes] ?? null,
    closed_at: closed === null ? null : toIso(closed),
    first_response_at: after(drawn.answeredAfter),
    response_minutes: drawn.answeredAfter,
    response_due_at: after(drawn.promisedAfter),
  };
}

const statusOf = ({ becomes }: Drawn): string => (becomes === "lead" ? "open" : becomes);

async function makeOne(house: House, place: Place, drawn: Drawn): Promise<string> {
  const { stages } = place.sales;
  const type = { won: "won", lost: "lost", open: "open", lead: null, junked: null }[drawn.becomes];
  const fitting = stages.filter((one) => one.type === type);
  const stage = fitting[drawn.stage % Math.max(fitting.length, 1)];
  const converted = earlier(NOW, drawn.created + drawn.convertsAfter * MINUTE_MS);
  const closed = ["won", "lost", "junked"].includes(drawn.becomes)
    ? earlier(NOW, converted + drawn.closesAfter * MINUTE_MS)
    : null;
  return makeLeadRow(house.db, place.sales, {
    at: drawn.created,
    ...(stage === undefined ? {} : { stage }),
    ...columnsOf(place, drawn, stage, closed),
    ...(stage === undefined
      ? {}
      : {
          opportunity_at: toIso(converted),
          converted_at: toIso(converted),
          stage_entered_at: toIso(converted),
        }),
  });
}

/** What happens to some of them later: another owner, a deletion, a merge, a second chance, an earlier closing. */
async function live(house: House, place: Place, id: string, drawn: Drawn): Promise<void> {
  const { db } = house;
  const [open] = place.sales.stages;
  const owner = drawn.laterOwner === null ? undefined : place.owners[drawn.laterOwner];
  if (owner !== undefined) {
    await db.$executeRaw`UPDATE lead SET owner_id = ${owner}::uuid, team_id = ${place.teams[drawn.laterOwner ?? 0] ?? null}::uuid,
      assigned_at = coalesce(assigned_at, created_at), version = version + 1 WHERE id = ${id}::uuid`;
  }
  if (drawn.fate === "deleted" || drawn.fate === "merged") {
    await db.$executeRaw`UPDATE lead SET deleted_at = now(), version = version + 1,
      merged_into = CASE WHEN ${drawn.fate === "merged"} THEN (SELECT o.id FROM lead o WHERE o.workspace_id = lead.workspace_id AND o.id <> lead.id ORDER BY o.number LIMIT 1) END
      WHERE id = ${id}::uuid`;
  }
  if (drawn.fate === "reopened") {
    await db.$executeRaw`UPDATE lead SET status = 'open', closed_at = NULL, lost_reason_id = NULL, stage_id = ${open?.id ?? null}::uuid, stage_type = 'open',
      version = version + 1 WHERE id = ${id}::uuid AND status IN ('won', 'lost') AND kind = 'opportunity'`;
  }
  if (drawn.fate === "backdated") {
    await db.$executeRaw`UPDATE lead SET closed_at = greatest(created_at, opportunity_at, closed_at - interval '35 days'), version = version + 1
      WHERE id = ${id}::uuid AND closed_at IS NOT NULL`;
  }
}

async function act(house: House, place: Place, id: string, drawn: Drawn): Promise<void> {
  const rows = [
    ...drawn.done.map(({ after, human }) => ({
      human,
      done_at: toIso(earlier(NOW, drawn.created + after * HOUR_MS)),
      done_by: place.owners[drawn.owner ?? 0] ?? null,
    })),
    ...(drawn.planned === null
      ? []
      : [{ human: true, due_at: toIso(instantOf(NOW + drawn.planned * HOUR_MS)) }]),
  ];
  await insertRows(house.db, [
    {
      table: "activity",
      rows: rows.map((row) => ({
        due_at: null,
        done_at: null,
        done_by: null,
        ...row,
        workspace_id: place.sales.workspaceId,
        id: newId(),
        lead_id: id,
        kind: "call",
        subject: "Called",
        all_day: false,
        created_at: toIso(drawn.created),
        version: 1,
      })),
    },
  ]);
}

/** A workspace of deals drawn at random, the same for the same seed: every state, owner, currency and hour that is hard. */
export async function makeMetricScene(
  house: House,
  { zone, count, seed }: { readonly zone: string; readonly count: number; readonly seed: number },
): Promise<MetricScene> {
  const place = await makePlace(house, zone);
  for (const drawn of fc.sample(lead, { numRuns: count, seed })) {
    const id = await makeOne(house, place, drawn);
    await act(house, place, id, drawn);
    await live(house, place, id, drawn);
  }
  return place;
}
