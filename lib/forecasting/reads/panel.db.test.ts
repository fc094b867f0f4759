import { v7 as newId } from "uuid";
import { expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { NO_FILTER } from "@/lib/metrics/core/question";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { randomOf } from "../core/random";
import { makeForecasts } from "../handlers/make-forecasts";
import { readForecastChecks } from "./checks";
import { readForecastPanel } from "./panel";

const START = { execArgv: ["--import", "tsx"] };
const QUARTER = { from: "2026-10-01" as CalendarDate, to: "2027-01-01" as CalendarDate };

/** Deals of a team, two a day for most of a year, half of them won after a month. */
async function makeBusiness(db: Db, sales: Sales, team: string): Promise<void> {
  const [open] = sales.stages;
  const won = sales.stages.find(({ type }) => type === "won");
  const lost = sales.stages.find(({ type }) => type === "lost");
  if (open === undefined || won === undefined || lost === undefined) throw new Error("no stages");
  const { uniform } = randomOf(8);
  const rows = Array.from({ length: 560 }, (_, index) => {
    const made = NOW - (280 - Math.floor(index / 2)) * DAY_MS;
    const end = made + Math.floor(15 + 30 * uniform()) * DAY_MS;
    const stage = end >= NOW - DAY_MS ? open : [won, lost][index % 2 === 0 ? 0 : 1];
    if (stage === undefined) throw new Error("no stage");
    const moment = toIso(instantOf(made));
    return {
      id: newId(),
      kind: "opportunity",
      status: stage.type,
      pipeline_id: stage.pipelineId,
      stage_id: stage.id,
      stage_type: stage.type,
      stage_entered_at: moment,
      opportunity_at: moment,
      created_at: moment,
      updated_at: moment,
      team_id: team,
      closed_team_id: stage === open ? null : team,
      amount_minor: Math.round(100_000 * (0.5 + uniform())),
      closed_at: stage === open ? null : toIso(instantOf(end)),
      lost_reason_id: stage === lost ? sales.lostReason : null,
    };
  });
  await db.$executeRaw`
    INSERT INTO lead SELECT p.* FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) j
     CROSS JOIN LATERAL jsonb_populate_record(NULL::lead, j || jsonb_build_object(
       'workspace_id', ${sales.workspaceId}::text, 'number', nextval('lead_number'), 'name', 'Dalton Bakeries',
       'currency', 'USD', 'first_touch', '{}'::jsonb, 'tags', '[]'::jsonb, 'custom', '{}'::jsonb, 'version', 1)) p`;
}

test("who sees all is shown all teams, who sees a team that team, and nobody others' deals", async ({
  house,
}) => {
  const { db } = house;
  const sales = await makeSales(db);
  const { workspaceId } = sales;
  const north = await makeTeam(db, workspaceId, "North");
  const south = await makeTeam(db, workspaceId, "South");
  const place = await getPlace(db, workspaceId, NOW);
  const manager = { scope: sales.scope, place };
  const ask = (reader: typeof manager, filter = NO_FILTER) =>
    readForecastPanel(db, reader, { period: QUARTER, filter });
  expect(await ask(manager)).toEqual({ status: "none", reason: "not-computed-yet" });

  await makeBusiness(db, sales, north);
  await insertRows(db, [
    {
      table: "target",
      rows: ["2026-10-01", "2026-11-01", "2026-12-01"].map((month) => ({
        workspace_id: workspaceId,
        id: newId(),
        team_id: north,
        month,
        amount_minor: 3_000_000,
        version: 1,
      })),
    },
  ]);
  await makeForecasts(house, workspaceId, START);
  const all = await ask(manager);
  if (all.status !== "ready") throw new Error(all.reason);
  expect(all).toMatchObject({ asOf: "2026-11-22", of: "all teams", target: 9_000_000 });
  expect(all.won.at(-1)?.day).toBe("2026-11-22");
  expect(all.fan[0]?.day).toBe("2026-11-23");
  expect(all.end.day).toBe("2026-12-31");
  const sofar = all.won.at(-1)?.value ?? 0;
  const [won] = await db.$queryRaw<{ sum: number }[]>`
    SELECT sum(base_minor)::float8 AS sum FROM lead WHERE workspace_id = ${workspaceId}::uuid AND status = 'won'
       AND closed_at >= '2026-10-01T00:00:00Z'`;
  expect(sofar).toBe(won?.sum);
  expect(all.end.p10).toBeGreaterThanOrEqual(sofar);
  expect(all.end.p50).toBeGreaterThan(all.end.p10);
  expect(all.end.p90).toBeGreaterThan(all.end.p50);
  expect(all.chanceOfTarget).toBeGreaterThan(0);
  expect(all.accuracy30.n).toBeGreaterThan(5);

  const seller = await makeSeller(db, workspaceId, {
    group: "crm_user",
    scope: "team",
    teams: [north],
  });
  const inNorth = { scope: seller.scope, place };
  expect(await ask(inNorth)).toMatchObject({ status: "ready", of: "North" });
  const other = { ...NO_FILTER, team: [south] };
  expect(await ask(inNorth, other)).toEqual({ status: "none", reason: "not-for-this-scope" });
  expect(await readForecastChecks(db, inNorth, { horizon: 30, limit: 9, filter: other })).toEqual(
    [],
  );
  expect(await ask(manager, other)).toEqual({ status: "none", reason: "too-little-history" });

  const alone = await makeSeller(db, workspaceId, { group: "crm_user", scope: "own" });
  const own = { scope: alone.scope, place };
  expect(await ask(own)).toEqual({ status: "none", reason: "not-for-this-scope" });
  expect(await readForecastChecks(db, own, { horizon: 30, limit: 9 })).toEqual([]);

  const byOwner = { ...NO_FILTER, owner: [alone.scope.userId] };
  expect(await ask(manager, byOwner)).toEqual({ status: "none", reason: "not-for-this-filter" });
  const over = { from: "2026-07-01" as CalendarDate, to: "2026-10-01" as CalendarDate };
  expect(await readForecastPanel(db, manager, { period: over })).toEqual({
    status: "none",
    reason: "not-for-this-period",
  });

  const checks = await readForecastChecks(db, manager, { horizon: 30, limit: 9 });
  expect(checks.length).toBeGreaterThan(5);
  expect(checks.every(({ kind }) => kind === "backtest")).toBe(true);

  // The day is taken: another run says nothing, whatever has changed since.
  const kept = () => db.forecastSnapshot.count({ where: { workspaceId } });
  const before = await kept();
  await makeForecasts(house, workspaceId, START);
  expect(await kept()).toBe(before);
  await expect(
    db.$executeRaw`UPDATE forecast_snapshot SET seed = 1 WHERE workspace_id = ${workspaceId}::uuid`,
  ).rejects.toThrow(/append-only/);
});
