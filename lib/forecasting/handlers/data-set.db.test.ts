import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { runImport } from "@/lib/crm/commands/run-import";
import { startImport } from "@/lib/crm/commands/start-import";
import type { WorkspaceId } from "@/lib/ids";
import { insertPerson } from "@/lib/people/writes";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { UTC } from "@/lib/time/zone";
import { findBacktest, findForecast } from "../reads/kept-forecast";
import { findScore } from "../reads/score-model";
import { FORECAST_SEED, forecastWorkspace, makeForecasts } from "./make-forecasts";
import { trainScores } from "./train-scores";

const DATA = join(process.cwd(), "../shared/data/crm-sales-opportunities");
const isThere = existsSync(DATA);
if (!isThere) process.stderr.write(`skipped: ${DATA} is not there\n`);

// Threads of a test bring the loader that the command's own threads inherit.
const START = { execArgv: ["--import", "tsx"] };
const day = (text: string) => text as CalendarDate;

async function importDataSet(house: House): Promise<string> {
  const workspaceId = await makeWorkspace(house.db, { zone: "UTC" });
  const actor = { kind: "system", workspaceId: workspaceId as WorkspaceId } as const;
  const started = await startImport(
    {
      actor,
      workspaceId,
      path: DATA,
      fileName: "crm-sales-opportunities",
      mappingName: "crm-sales-opportunities",
      dryRun: false,
    },
    house,
  );
  if (!started.ok) throw new Error(started.refusal);
  await runImport(
    { actor, workspaceId, id: started.value.id },
    {
      db: house.db,
      now: house.now,
      addPerson: (tx, person) =>
        insertPerson(tx, {
          ...person,
          title: null,
          passwordHash: null,
          locale: "en",
          groups: ["crm_user"],
        }),
    },
  );
  return workspaceId;
}

test.runIf(isThere)(
  "on the public data set the forecast is as good as promised and reproduces itself, and the score refuses",
  { timeout: 240_000 },
  async ({ house }) => {
    const workspaceId = await importDataSet(house);
    await makeForecasts(house, workspaceId, START);
    const all = { workspaceId, team: null };
    const kept = await findBacktest(house.db, all);
    // Nothing was closed for years: the backtest ends with the last deal, and nothing is said of the days ahead.
    expect(kept).toMatchObject({ until: "2017-12-31", deals: 8_800 });
    expect(await findForecast(house.db, all, day("2026-11-22"))).toBeUndefined();
    const month = kept?.accuracy.find(({ horizonDays }) => horizonDays === 30);
    expect(month?.wape).toBeLessThanOrEqual(0.071);
    expect(month?.coverage).toBeGreaterThanOrEqual(0.75);
    expect(month?.coverage).toBeLessThanOrEqual(0.9);
    expect(month?.coverageN).toBeGreaterThanOrEqual(20);

    const place = { workspaceId, zone: UTC };
    const again = await forecastWorkspace(house, {
      place,
      asOf: day("2017-12-31"),
      seed: FORECAST_SEED,
      start: START,
    });
    const whole = again.find(({ team }) => team === null);
    expect(whole?.fingerprint).toBe(kept?.fingerprint);
    expect(whole?.backtest.windows).toEqual(kept?.windows);

    // Said in hindsight, and never said anew.
    const said = await findForecast(house.db, all, day("2017-12-31"));
    expect(said).toMatchObject({ asOf: "2017-12-31", short: false, seed: FORECAST_SEED });
    await forecastWorkspace(house, { place, asOf: day("2017-12-31"), seed: 1, start: START });
    expect(await findForecast(house.db, all, day("2017-12-31"))).toEqual(said);

    await trainScores(house, { workspaceId }, START);
    const score = await findScore(house.db, workspaceId);
    expect(score).toMatchObject({ accepted: false, closed: 6_711, won: 4_238, intercept: null });
    expect(score?.quality?.skill).toBeLessThan(0.005);
    const [given] = await house.db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM lead WHERE workspace_id = ${workspaceId}::uuid AND probability_model IS NOT NULL`;
    expect(given?.n).toBe(0);
  },
);
