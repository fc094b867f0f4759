import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { inflateSync } from "node:zlib";
import { afterAll, expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { makeLead } from "@/lib/crm/commands/make-lead";
import { getScope } from "@/lib/crm/reads/scope";
import { readTable } from "@/lib/files/read-table";
import type { SourceCell } from "@/lib/files/source-row";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { DashboardFileFormat } from "../core/file-about";
import type { DashboardName } from "../core/view-state";
import { usualState } from "../core/view-state";
import { computeDashboard } from "./compute-dashboard";
import { exportDashboard } from "./export-dashboard";

const folder = mkdtempSync(join(tmpdir(), "meridian-dashboard-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function memberIn(house: House, workspaceId: string, group: Group): Promise<Member> {
  const person = await makePerson(house.db, workspaceId, { groups: [group], name: `A ${group}` });
  const ids = { userId: person.id as UserId, workspaceId: workspaceId as WorkspaceId };
  return { kind: "member", ...ids, name: person.name, groups: [group] };
}

async function deal(
  house: House,
  actor: Member,
  { ownerId, name, amountMinor }: { ownerId: string; name: string; amountMinor: number },
) {
  const scope = await getScope(house.db, actor);
  const expectedClose = "2026-11-02" as CalendarDate;
  const fields = { name, amountMinor, currency: "USD", expectedClose };
  const made = await makeLead(
    { actor, scope, via: "person", input: { kind: "opportunity", ownerId, fields } },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
}

/** A manager and a seller with a deal each; the manager's is called like a formula. */
async function office(house: House) {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Tokyo" });
  const manager = await memberIn(house, workspaceId, "crm_manager");
  const seller = await memberIn(house, workspaceId, "crm_user");
  await deal(house, manager, {
    ownerId: manager.userId,
    name: "=HYPERLINK(1)",
    amountMinor: 123_450,
  });
  await deal(house, manager, {
    ownerId: seller.userId,
    name: "Zoë Ærø, Köln",
    amountMinor: 99_900,
  });
  return { workspaceId, manager, seller };
}

let files = 0;
async function fileOf(
  house: House,
  actor: Member,
  format: DashboardFileFormat,
  dashboard: DashboardName = "executive",
) {
  const state = usualState(dashboard);
  const file = await exportDashboard({ actor, dashboard, state, format }, house);
  files += 1;
  const path = join(folder, `${files}.${format}`);
  await pipeline(file.body, createWriteStream(path));
  return { ...file, path };
}

async function sheetOf(path: string, sheet: string) {
  const table = await readTable(path, { sheet });
  const rows: SourceCell[][] = [];
  for await (const { cells } of table.rows) rows.push([...cells]);
  return { columns: table.columns, rows };
}

test("the workbook has a sheet for each block, with the figures of the page and what they are of", async ({
  house,
}) => {
  const { manager, workspaceId } = await office(house);
  const asked = { actor: manager, dashboard: "executive", state: usualState("executive") } as const;
  const { batch } = await computeDashboard(asked, house);
  const { path, name } = await fileOf(house, manager, "xlsx");
  expect(name).toMatch(/^meridian-executive-2026-11-01-2026-11-\d\d\.xlsx$/);
  const cards = await sheetOf(path, "Key figures");
  expect(cards.columns.slice(0, 3)).toEqual(["Figure", "Value", "Unit"]);
  expect(cards.rows.map(([figure]) => figure)).toContain("Won revenue");
  const pipeline = await sheetOf(path, "Pipeline by stage");
  expect(pipeline.columns).toContain("Value (USD)");
  expect(Number(pipeline.rows.at(-1)?.[2])).toBe(2_233.5);
  const overdue = await sheetOf(path, "Overdue deals");
  expect(overdue.rows.map(([deal]) => deal)).toEqual(["=HYPERLINK(1)", "Zoë Ærø, Köln"]);
  const about = new Map((await sheetOf(path, "About")).rows.map(([what, value]) => [what, value]));
  expect(about.get("Scope")).toBe("all teams");
  expect(about.get("Time zone")).toBe("Asia/Tokyo");
  expect(about.get("Base currency")).toBe("USD");
  expect(String(about.get("Data version"))).toBe(batch.version);
  expect(String(about.get("Won revenue"))).toContain("closed as won");
  const [entry] = await house.db.auditEntry.findMany({
    where: { workspaceId, action: "dashboard.export" },
  });
  expect(entry).toMatchObject({
    subject: "executive",
    details: { format: "xlsx", scope: "all", query: "", version: batch.version },
  });
});

test("the text holds the same rows, and nothing in it is calculated", async ({ house }) => {
  const { manager } = await office(house);
  const { path } = await fileOf(house, manager, "csv");
  const text = await readFile(path, "utf8");
  expect(text).toContain("Executive dashboard");
  expect(text).toContain("'=HYPERLINK(1)");
  expect(text).toContain('"Zoë Ærø, Köln"');
  expect(text).toContain(",2233.5,");
  expect(text).not.toMatch(/^=/m);
});

test("the document can be opened, and its letters are in it", async ({ house }) => {
  const { manager } = await office(house);
  const { path } = await fileOf(house, manager, "pdf");
  const bytes = await readFile(path);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.subarray(-6).toString()).toContain("%%EOF");
  // Each letter that is drawn is also told as text: what is read aloud, searched and copied.
  const streams = [...bytes.toString("latin1").matchAll(/stream\n([\s\S]*?)\nendstream/g)];
  const maps = streams
    .map(([, body = ""]) => {
      try {
        return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
      } catch {
        return "";
      }
    })
    .filter((text) => text.includes("begincmap"));
  for (const letter of ["ë", "Æ", "ø", "ö", "$"])
    expect(maps.join(" ").toLowerCase()).toContain(
      letter.charCodeAt(0).toString(16).padStart(4, "0"),
    );
});

test("a seller's file holds their own deals only, whatever their page shows, and says so", async ({
  house,
}) => {
  const { workspaceId, seller } = await office(house);
  await house.db.$executeRaw`
    INSERT INTO sales_person (workspace_id, user_id, scope) VALUES (${workspaceId}::uuid, ${seller.userId}::uuid, 'all')
    ON CONFLICT (workspace_id, user_id) DO UPDATE SET scope = 'all'`;
  expect((await getScope(house.db, seller)).kind).toBe("all");
  for (const format of ["xlsx", "csv", "pdf"] as const) {
    const { path } = await fileOf(house, seller, format);
    if (format === "pdf") continue;
    if (format === "csv") {
      const text = await readFile(path, "utf8");
      expect(text).not.toContain("HYPERLINK");
      expect(text).toContain("own deals only");
      continue;
    }
    const overdue = await sheetOf(path, "Overdue deals");
    expect(overdue.rows.map(([deal]) => deal)).toEqual(["Zoë Ærø, Köln"]);
    const about = new Map(
      (await sheetOf(path, "About")).rows.map(([what, value]) => [what, value]),
    );
    expect(String(about.get("Scope"))).toContain("own deals only");
  }
  await expect(fileOf(house, seller, "csv", "strategic")).rejects.toThrow(AccessDenied);
});

test("the strategic dashboard goes into the same three files", async ({ house }) => {
  const { manager } = await office(house);
  for (const format of ["xlsx", "csv", "pdf"] as const) {
    const { path, name } = await fileOf(house, manager, format, "strategic");
    expect(name).toContain("meridian-strategic-");
    expect((await readFile(path)).length).toBeGreaterThan(1_000);
    if (format !== "xlsx") continue;
    const waterfall = await sheetOf(path, "Pipeline movement");
    expect(waterfall.rows.at(-1)?.slice(0, 2)).toEqual(["end", 2_233.5]);
  }
});

test("whoever has no part in sales takes nothing out", async ({ house }) => {
  const { workspaceId } = await office(house);
  for (const group of ["meeting_user", "meeting_manager"] as const) {
    const actor = await memberIn(house, workspaceId, group);
    await expect(fileOf(house, actor, "csv")).rejects.toThrow(AccessDenied);
  }
});
