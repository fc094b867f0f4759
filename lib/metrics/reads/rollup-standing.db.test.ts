import { expect } from "vitest";
import { takeSnapshots } from "@/lib/crm/handlers/take-snapshots";
import { generateLeads } from "@/lib/testing/factories/sales/generate-leads";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import type { MetricReader } from "../core/answer";
import type { Split } from "../core/fact";
import { factOf, MEASURE_NAMES } from "../core/measure";
import { NO_FILTER } from "../core/question";
import { compactWorkspace, fillOpenDays } from "../writes/rollup";
import { getPlace } from "./place";
import type { StandingRow } from "./rollup-standing";
import { rollStanding } from "./rollup-standing";
import { partRows, scanParts } from "./scan-spans";

const measures = MEASURE_NAMES.filter((name) => factOf(name) === "standing");

async function aPast(house: House): Promise<MetricReader> {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Kathmandu" });
  await makePerson(house.db, workspaceId, { groups: ["crm_manager"] });
  await generateLeads(house, { workspaceId, count: 400, seed: 3, now: NOW });
  // The first evening, and nine after it, eight of them replayed.
  await takeSnapshots({ db: house.db, now: () => instantOf(NOW - 9 * DAY_MS) }, workspaceId);
  await takeSnapshots(house, workspaceId);
  await fillOpenDays(house.db, workspaceId);
  const place = await getPlace(house.db, workspaceId, NOW);
  return { scope: { workspaceId, userId: "", kind: "all", teams: [] }, place };
}

const sorted = (rows: readonly StandingRow[]) =>
  rows
    .filter((row) => !row.whole || row.standing_start !== 0 || row.standing_end !== 0)
    .toSorted((a, b) =>
      `${a.whole} ${a.part} ${a.key}`.localeCompare(`${b.whole} ${b.part} ${b.key}`),
    );

test("past pipelines added up by evening are those of the snapshots, without what is gone since", {
  timeout: 120_000,
}, async ({ house }) => {
  const reader = await aPast(house);
  const { workspaceId, today } = reader.place;
  await house.db
    .$executeRaw`UPDATE lead SET deleted_at = now(), updated_at = now() WHERE workspace_id = ${workspaceId}::uuid AND number % 7 = 0`;
  await house.db
    .$executeRaw`UPDATE lead SET team_id = NULL, amount_minor = 5, updated_at = now() WHERE workspace_id = ${workspaceId}::uuid AND number % 5 = 0`;
  const [team] = await house.db.salesTeam.findMany({ where: { workspaceId } });
  const day = (ago: number): CalendarDate => addDays(today, -ago);
  const parts = [
    { key: null, from: day(8), to: addDays(today, 1) },
    { key: "a", from: day(8), to: day(4) },
    { key: "b", from: day(4), to: today },
    { key: "c", from: today, to: addDays(today, 1) },
  ];
  const asked = [null, "day", "team", "owner"] as const satisfies (Split | null)[];
  const filters = [
    NO_FILTER,
    { ...NO_FILTER, team: [team?.id ?? ""] },
    { ...NO_FILTER, team: ["none"] },
  ];
  for (const put of [false, true]) {
    if (put) await compactWorkspace(house.db, workspaceId, NOW);
    for (const by of asked) {
      for (const filter of filters) {
        const question = {
          fact: "standing",
          by,
          filter,
          measures,
          days: { from: null, to: null },
        } as const;
        const kept = await rollStanding(house.db, reader, question, partRows(parts, reader.place));
        const rows = await scanParts(house.db, reader, question, parts);
        expect(kept, `${by} ${JSON.stringify(filter)}`).toBeDefined();
        expect(sorted(kept ?? []), `${by} ${JSON.stringify(filter)}`).toEqual(sorted(rows));
        expect(rows.some((row) => (row.standing_end ?? 0) > 0)).toBe(true);
      }
    }
  }
});

test("an evening that is kept deal by deal only is read from its deals", async ({ house }) => {
  const reader = await aPast(house);
  const { workspaceId, today } = reader.place;
  const parts = [{ key: null, from: addDays(today, -3), to: addDays(today, -1) }];
  const question = {
    fact: "standing",
    by: null,
    filter: NO_FILTER,
    measures,
    days: { from: null, to: null },
  } as const;
  const rows = () => rollStanding(house.db, reader, question, partRows(parts, reader.place));
  expect(await rows()).toBeDefined();
  await house.db.$executeRaw`DELETE FROM metric_open_day WHERE workspace_id = ${workspaceId}::uuid`;
  expect(await rows()).toBeUndefined();
  expect(await fillOpenDays(house.db, workspaceId)).toBe(10);
  expect(await rows()).toBeDefined();
});
