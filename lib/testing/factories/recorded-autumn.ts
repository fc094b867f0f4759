import { v7 as newId } from "uuid";
import { insertRows } from "@/lib/db/rows";
import type { House } from "@/lib/testing/house";
import { at, NOW } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import type { Sales } from "./crm";
import { makeLeadRow, makeSales, makeTeam } from "./crm";

type Standing = readonly [from: string, to: string | null, expected: string];
type Deal = {
  readonly since: string;
  readonly minor: number;
  readonly expected?: string;
  readonly won?: string;
  readonly company?: string;
  readonly model?: number;
  readonly stood: readonly Standing[];
};

async function makeDeal({ db }: House, sales: Sales, deal: Deal): Promise<void> {
  const [open] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  const stage = deal.won === undefined ? open : won;
  if (stage === undefined || open === undefined) throw new Error("no stages");
  const id = await makeLeadRow(db, sales, {
    at: at(`${deal.since}T10:00:00Z`),
    stage,
    owner_id: sales.actor.userId,
    amount_minor: deal.minor,
    expected_close: deal.expected ?? null,
    company_id: deal.company ?? null,
    probability_model: deal.model ?? null,
    status: deal.won === undefined ? "open" : "won",
    closed_at: deal.won === undefined ? null : `${deal.won}T10:00:00Z`,
  });
  await insertRows(db, [
    {
      table: "pipeline_snapshot",
      rows: deal.stood.map(([from_day, to_day, expected_close]) => ({
        workspace_id: sales.workspaceId,
        lead_id: id,
        from_day,
        to_day,
        pipeline_id: open.pipelineId,
        stage_id: open.id,
        owner_id: sales.actor.userId,
        team_id: null,
        amount_minor: deal.minor,
        currency: "USD",
        base_minor: deal.minor,
        probability: 50,
        category: "pipeline",
        expected_close,
      })),
    },
  ]);
}

/** Autumn of 2026: the evenings of 30 September, 31 October and yesterday were recorded, and no others. */
export async function makeAutumnRows(house: House) {
  const { db } = house;
  const sales = await makeSales(db);
  const placed = { workspace_id: sales.workspaceId };
  const company = newId();
  const team = await makeTeam(db, sales.workspaceId, "North");
  const stamp = toIso(NOW);
  await insertRows(db, [
    {
      table: "company",
      rows: [
        {
          ...placed,
          id: company,
          name: "Dalton Bakeries",
          custom: {},
          tags: [],
          version: 1,
          created_at: stamp,
          updated_at: stamp,
        },
      ],
    },
    {
      table: "pipeline_snapshot_day",
      rows: ["2026-09-30", "2026-10-31", "2026-11-22"].map((day) => ({
        ...placed,
        day,
        taken_at: stamp,
        deals: 0,
        base_minor: 0,
        without_base: 0,
        replayed: false,
      })),
    },
    {
      table: "target",
      rows: [
        { team_id: team, user_id: null, month: "2026-10-01", amount_minor: 31_000 },
        { team_id: team, user_id: null, month: "2026-11-01", amount_minor: 30_000 },
        { team_id: null, user_id: sales.actor.userId, month: "2026-11-01", amount_minor: 9_000 },
      ].map((row) => ({ ...placed, id: newId(), deals: null, version: 1, ...row })),
    },
  ]);
  for (const deal of [
    // Due in October, and open all the time; now expected in December.
    {
      since: "2026-09-10",
      minor: 1_000,
      expected: "2026-12-20",
      stood: [
        ["2026-09-15", "2026-11-05", "2026-10-15"],
        ["2026-11-05", null, "2026-12-20"],
      ],
    },
    // Due in October, and won in it.
    {
      since: "2026-09-10",
      minor: 2_000,
      won: "2026-10-18",
      company,
      stood: [["2026-09-15", "2026-10-18", "2026-10-20"]],
    },
    // Due in November, as it still is.
    {
      since: "2026-10-05",
      minor: 3_000,
      expected: "2026-11-28",
      stood: [["2026-10-05", null, "2026-11-28"]],
    },
    // Due in November, and moved beyond it.
    {
      since: "2026-10-06",
      minor: 4_000,
      expected: "2027-01-10",
      stood: [
        ["2026-10-06", "2026-11-12", "2026-11-10"],
        ["2026-11-12", null, "2027-01-10"],
      ],
    },
    // Came and was won within three days, from somebody who had bought in October.
    { since: "2026-11-03", minor: 500, won: "2026-11-05", company, model: 40, stood: [] },
  ] as const satisfies readonly Deal[])
    await makeDeal(house, sales, deal);
  return { sales, team };
}
