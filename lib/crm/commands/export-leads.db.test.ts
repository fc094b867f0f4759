import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { readTable } from "@/lib/files/read-table";
import type { SourceCell } from "@/lib/files/source-row";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { LeadFileFormat } from "../core/lead-file";
import { parseLeadFilter } from "../core/lead-filter";
import { getScope } from "../reads/scope";
import { exportLeads } from "./export-leads";
import { makeLead } from "./make-lead";

const folder = mkdtempSync(join(tmpdir(), "meridian-export-"));
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
  const fields = { name, amountMinor, currency: "USD", description: "two\nlines" };
  const made = await makeLead(
    { actor, scope, via: "person", input: { kind: "opportunity", ownerId, fields } },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
}

let files = 0;
async function rowsOf(
  house: House,
  actor: Member,
  query: string,
  { format, sheet }: { format: LeadFileFormat; sheet?: string },
) {
  const filter = parseLeadFilter(new URLSearchParams(query));
  const file = await exportLeads({ actor, filter, format }, house);
  files += 1;
  const path = join(folder, `${files}.${format}`);
  await pipeline(file.body, createWriteStream(path));
  const table = await readTable(path, sheet === undefined ? {} : { sheet });
  const rows: Record<string, SourceCell>[] = [];
  for await (const { cells, fault } of table.rows) {
    expect(fault).toBeUndefined();
    rows.push(Object.fromEntries(table.columns.map((name, at) => [name, cells[at] ?? null])));
  }
  return { file, rows };
}

test("a file holds what its reader's list holds, by scope and filter, and nothing in it is calculated", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Tokyo" });
  const manager = await memberIn(house, workspaceId, "crm_manager");
  const seller = await memberIn(house, workspaceId, "crm_user");
  await deal(house, manager, {
    ownerId: manager.userId,
    name: "=HYPERLINK(1)",
    amountMinor: 123_450,
  });
  await deal(house, manager, { ownerId: seller.userId, name: "Ovens, two", amountMinor: 99_900 });

  const { rows, file } = await rowsOf(house, manager, "", { format: "csv" });
  expect(file.name).toBe("leads-all-2026-11-23.csv");
  expect(rows.map(({ Name, Amount, Created, Stage }) => [Name, Amount, Created, Stage])).toEqual([
    ["'=HYPERLINK(1)", "1234.5", "2026-11-23 17:00", "Qualified"],
    ["Ovens, two", "999", "2026-11-23 17:00", "Qualified"],
  ]);

  const book = await rowsOf(house, manager, "", { format: "xlsx" });
  expect(
    book.rows.map(({ Name, Amount, Created, Description }) => [Name, Amount, Created, Description]),
  ).toEqual([
    ["=HYPERLINK(1)", 1234.5, { kind: "date", text: "2026-11-23T17:00" }, "two\nlines"],
    ["Ovens, two", 999, { kind: "date", text: "2026-11-23T17:00" }, "two\nlines"],
  ]);
  const { rows: facts } = await rowsOf(house, manager, "q=ovens", {
    format: "xlsx",
    sheet: "About",
  });
  expect(Object.fromEntries(facts.map(({ What, Value }) => [What, Value]))).toMatchObject({
    Scope: "all teams",
    Filter: "q=ovens",
    "Times in": "Asia/Tokyo",
    "Asked by": "A crm_manager",
  });

  expect(
    (await rowsOf(house, manager, "q=ovens", { format: "csv" })).rows.map(({ Name }) => Name),
  ).toEqual(["Ovens, two"]);
  expect((await rowsOf(house, seller, "", { format: "csv" })).rows.map(({ Name }) => Name)).toEqual(
    ["Ovens, two"],
  );
  const audited = await house.db.auditEntry.findMany({
    where: { workspaceId, action: "leads.export" },
  });
  expect(audited).toHaveLength(5);
});

test("whoever has no part in sales gets no file", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const host = await memberIn(house, workspaceId, "meeting_user");
  const filter = parseLeadFilter(new URLSearchParams());
  await expect(exportLeads({ actor: host, filter, format: "csv" }, house)).rejects.toThrow(
    "crm.use",
  );
});
