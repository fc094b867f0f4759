import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { readTable } from "@/lib/files/read-table";
import type { SourceCell } from "@/lib/files/source-row";
import type { Sales } from "@/lib/testing/factories/crm";
import { makeLeadRow, makeSales, makeSeller, makeTeam } from "@/lib/testing/factories/crm";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { drillUsual } from "../core/drill-href";
import { exportMetric } from "./export-metric";

const folder = mkdtempSync(join(tmpdir(), "meridian-figure-"));
afterAll(() => rmSync(folder, { recursive: true }));

const asked = { id: "won_revenue", state: drillUsual, lone: null } as const;

async function makeWins(house: House) {
  const sales = await makeSales(house.db, { zone: "Asia/Tokyo" });
  const won = sales.stages.find(({ type }) => type === "won");
  if (won === undefined) throw new Error("no stage");
  const team = await makeTeam(house.db, sales.workspaceId, "Harbour");
  const seller = await makeSeller(house.db, sales.workspaceId, {
    name: "Rena Okabe",
    group: "crm_user",
    teams: [team],
  });
  const win = (name: string, owner: Member, amount: number) =>
    makeLeadRow(house.db, sales, {
      at: at("2026-10-01T08:00:00Z"),
      stage: won,
      status: "won",
      name,
      amount_minor: amount,
      owner_id: owner.userId,
      team_id: team,
      closed_at: "2026-11-05T15:30:00Z",
    });
  await win("=HYPERLINK(1)", sales.actor, 123_450);
  await win("Ovens, two", seller.actor, 99_900);
  return { sales, seller };
}

let files = 0;
async function sheetOf(house: House, actor: Member, sheet?: string) {
  const file = await exportMetric({ ...asked, actor, format: "xlsx" }, house);
  files += 1;
  const path = join(folder, `${files}.xlsx`);
  await pipeline(file.body, createWriteStream(path));
  const table = await readTable(path, sheet === undefined ? {} : { sheet });
  const rows: Record<string, SourceCell>[] = [];
  for await (const { cells } of table.rows)
    rows.push(Object.fromEntries(table.columns.map((name, place) => [name, cells[place] ?? null])));
  return { file, rows };
}

const aboutOf = async (house: House, actor: Member) =>
  Object.fromEntries(
    (await sheetOf(house, actor, "About")).rows.map(({ What, Value }) => [What, Value]),
  );

const auditOf = ({ db }: House, { workspaceId }: Sales) =>
  db.auditEntry.findMany({ where: { workspaceId, action: "metric.export" } });

test("a file holds the records of the figure, what it is, and nothing that is calculated; taking it is written down", async ({
  house,
}) => {
  const { sales } = await makeWins(house);
  const { file, rows } = await sheetOf(house, sales.actor);
  expect(file.name).toBe("meridian-won_revenue-2026-11-01-2026-11-23.xlsx");
  expect(rows.map((row) => [row.Name, row["Amount in USD"], row.Owner, row.Team])).toEqual(
    expect.arrayContaining([
      ["=HYPERLINK(1)", 1_234.5, sales.actor.name, "Harbour"],
      ["Ovens, two", 999, "Rena Okabe", "Harbour"],
    ]),
  );
  // Closed on the sixth, in Tokyo.
  expect(rows[0]?.["Counted at"]).toEqual({ kind: "date", text: "2026-11-06T00:30" });
  expect(await aboutOf(house, sales.actor)).toMatchObject({
    Figure: "Won revenue",
    Value: 2_233.5,
    Unit: "USD",
    Counted: 2,
    Records: 2,
    Days: "2026-11-01 to 2026-11-23",
    Filters: "none",
    Scope: "all teams",
    Zone: "Asia/Tokyo",
  });
  const [entry] = await auditOf(house, sales);
  expect(entry).toMatchObject({
    subject: "won_revenue",
    details: { format: "xlsx", records: "2", scope: "all teams" },
  });
  const csv = await exportMetric({ ...asked, actor: sales.actor, format: "csv" }, house);
  const text = await new Response(csv.body).text();
  expect(text).toContain("Value,2233.5,");
  expect(text).toContain(",'=HYPERLINK(1),");
});

test("somebody of a team sees the team's deals on the page and takes only their own along", async ({
  house,
}) => {
  const { seller } = await makeWins(house);
  const { rows } = await sheetOf(house, seller.actor);
  expect(rows.map(({ Name }) => Name)).toEqual(["Ovens, two"]);
  expect(await aboutOf(house, seller.actor)).toMatchObject({
    Scope: "own deals",
    Value: 999,
    Records: 1,
  });
});

test("whoever has no part in sales gets no file, and nothing is written down", async ({
  house,
}) => {
  const { sales } = await makeWins(house);
  const host: Member = { ...sales.actor, groups: ["meeting_user"] };
  await expect(exportMetric({ ...asked, actor: host, format: "csv" }, house)).rejects.toThrow(
    "dashboard.export",
  );
  expect(await auditOf(house, sales)).toEqual([]);
});
