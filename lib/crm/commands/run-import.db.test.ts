import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import type { Actor } from "@/lib/access/actor";
import type { WorkspaceId } from "@/lib/ids";
import { insertPerson } from "@/lib/people/writes";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import type { ImportMapping } from "../core/import-mapping";
import { importMapping } from "../core/import-mapping";
import { countsByCode } from "../core/import-run";
import { crmPolicy } from "../policy";
import { countIssues, listIssues } from "../reads/import";
import { saveMapping } from "../writes/import-run";
import { runImport } from "./run-import";
import type { ImportDeps } from "./running-import";
import { startImport } from "./start-import";

const DATA = join(process.cwd(), "../shared/data/crm-sales-opportunities");
const folder = mkdtempSync(join(tmpdir(), "meridian-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

const operator = (workspaceId: string): Actor => ({
  kind: "system",
  workspaceId: workspaceId as WorkspaceId,
});

const depsOf = (house: House, more: Partial<ImportDeps> = {}): ImportDeps => ({
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
  ...more,
});

const simple: ImportMapping = importMapping.parse({
  version: 1,
  externalSource: "old-crm",
  kind: "opportunity",
  columns: [
    { column: "id", field: "externalId" },
    { column: "name", field: "name" },
    { column: "company", field: "companyName" },
    { column: "email", field: "email" },
    { column: "stage", field: "stage" },
    { column: "amount", field: "amount" },
    { column: "created", field: "createdAt" },
    { column: "closed", field: "closedAt" },
    { column: "source", field: "source" },
  ],
  constants: { lostReason: "Price" },
  dateFormat: "YYYY-MM-DD",
  decimal: "point",
  formulas: "fail",
  make: ["companies", "contacts", "sources"],
});

let files = 0;
async function begin(
  house: House,
  workspaceId: string,
  content: string,
  { mapping = simple, dryRun = false } = {},
) {
  const actor = operator(workspaceId);
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  await saveMapping(house.db, grant, { name: "mine", mapping, now: house.now() });
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, content);
  const started = await startImport(
    { actor, workspaceId, path, fileName: `${files}.csv`, mappingName: "mine", dryRun },
    house,
  );
  if (!started.ok) throw new Error(started.refusal);
  return { actor, workspaceId, id: started.value.id, path };
}

const HEAD = "id,name,company,email,stage,amount,created,closed,source\n";
const lines = (...rows: readonly string[]): string => `${HEAD}${rows.join("\n")}\n`;

const leadsOf = (house: House, workspaceId: string) =>
  house.db.lead.findMany({ where: { workspaceId }, orderBy: { externalId: "asc" } });

test("good rows are in, bad ones are told row by row", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Tokyo" });
  const started = await begin(
    house,
    workspaceId,
    lines(
      "a1,Ovens,Dalton Bakeries,ANN@dalton.example,Proposal,1200.50,2026-03-01,,Website",
      'a2,"Broken,x,,Proposal,1,2026-03-01,,',
      "a3,Won one,Dalton Bakeries,,Won,50,2026-03-01,2026-03-09,Fair",
      "a4,Nowhere,,,Nonsense,1,2026-03-01,,",
      "a5,Never,,,Lost,0,2026-02-30,2026-03-01,",
      "a6,Backwards,,,Won,5,2026-03-09,2026-03-01,",
      "a1,Again,,,Proposal,1,2026-03-01,,",
      "a7,=1+1,,,Proposal,1,2026-03-01,,",
      "a8,Mail,,nobody at all,Proposal,1,2026-03-01,,",
      "a9,Money,,,Proposal,twelve,2026-03-01,,",
      "b1,Lost one,,,Lost,10,2026-03-01,2026-03-02,",
    ),
  );
  const run = await runImport(started, depsOf(house));
  expect(run).toMatchObject({
    state: "done",
    rows: 11,
    created: 3,
    updated: 0,
    unchanged: 0,
    failed: 8,
    corrected: 1,
  });
  const issues = await listIssues(house.db, run);
  expect(issues.map(({ row, code, severity }) => [row, code, severity])).toEqual([
    [3, "quote", "error"],
    [5, "unknown-stage", "error"],
    [6, "date-impossible", "error"],
    [7, "closed-before-created", "error"],
    [8, "duplicate-id", "error"],
    [9, "formula", "error"],
    [10, "bad-email", "error"],
    [11, "bad-number", "error"],
    [12, "reason-assumed", "corrected"],
  ]);
  const leads = await leadsOf(house, workspaceId);
  expect(
    leads.map(({ externalId, status, amountMinor, companyName, email }) => [
      externalId,
      status,
      amountMinor,
      companyName,
      email,
    ]),
  ).toEqual([
    ["a1", "open", 120_050n, "Dalton Bakeries", "ann@dalton.example"],
    ["a3", "won", 5_000n, "Dalton Bakeries", null],
    ["b1", "lost", 1_000n, null, null],
  ]);
  // A day in the file is that day on the workspace's clocks.
  expect(leads[1]?.closedAt?.toISOString()).toBe("2026-03-08T15:00:00.000Z");
  expect(leads[0]?.companyId).toBe(leads[1]?.companyId);
  const contact = await house.db.contact.findFirst({ where: { workspaceId } });
  expect(contact).toMatchObject({ email: "ann@dalton.example", companyId: leads[0]?.companyId });
  const history = await house.db.$queryRaw<{ event: string; via: string }[]>`
    SELECT h.event, h.via FROM stage_history h JOIN lead l ON l.id = h.lead_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.external_id = 'a3' ORDER BY h.seq`;
  expect(history).toEqual([
    { event: "created", via: "import" },
    { event: "won", via: "import" },
  ]);
});

test("a second run changes nothing; a third brings what is new, and keeps what people wrote", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const first = lines(
    "a1,Ovens,Dalton,,Proposal,10,2026-03-01,,Website",
    "a2,Pans,,,Demo held,20,2026-03-01,,Event",
    "a3,Pots,,,Proposal,30,2026-03-01,,",
  );
  await runImport(await begin(house, workspaceId, first), depsOf(house));
  const before = await leadsOf(house, workspaceId);
  const again = await runImport(
    await begin(house, workspaceId, first),
    depsOf(house, { now: () => at("2026-12-01T00:00:00Z") }),
  );
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3, failed: 0 });
  expect(await leadsOf(house, workspaceId)).toEqual(before);
  expect(await house.db.opportunityChange.count({ where: { workspaceId } })).toBe(0);

  await house.db.lead.updateMany({
    where: { workspaceId, externalId: "a3" },
    data: { deletedAt: new Date(0) },
  });
  const third = lines(
    "a1,Ovens,,,Won,,2026-03-01,2026-04-01,Referral",
    "a2,Pans,,,Demo held,25,2026-03-01,,Event",
    "a3,Pots,,,Won,99,2026-03-01,2026-04-01,",
    "a4,New,,,Proposal,5,2026-03-01,,",
  );
  const run = await runImport(await begin(house, workspaceId, third), depsOf(house));
  expect(run).toMatchObject({ created: 1, updated: 2, unchanged: 1, failed: 0 });
  const [a1, a2, a3] = await leadsOf(house, workspaceId);
  expect(a1).toMatchObject({
    status: "won",
    amountMinor: 1_000n,
    companyName: "Dalton",
    version: 2,
  });
  expect(a2).toMatchObject({
    amountMinor: 2_500n,
    stageId: before[1]?.stageId,
    stageEnteredAt: before[1]?.stageEnteredAt,
  });
  expect(a3).toMatchObject({ status: "open", amountMinor: 3_000n });
  expect(countsByCode(await countIssues(house.db, run))).toEqual({
    "deleted-here": 1,
    "first-touch-kept": 1,
  });
});

test("a row the database refuses is told alone, by the name of the law it broke", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const source = lines(
    "a1,One,,,Proposal,1,2026-03-01,,",
    "a2,Two,,,Proposal,1,2026-03-01,,",
    "a3,Three,,,Proposal,1,2026-03-01,,",
  );
  await runImport(await begin(house, workspaceId, source), depsOf(house));
  // Answered before the day the file now says it was created on.
  await house.db.lead.updateMany({
    where: { workspaceId, externalId: "a2" },
    data: { firstResponseAt: new Date("2026-03-02T00:00:00Z") },
  });
  const later = source.replaceAll("2026-03-01", "2026-03-05");
  const run = await runImport(await begin(house, workspaceId, later), depsOf(house));
  expect(run).toMatchObject({ updated: 2, failed: 1 });
  const [issue] = await listIssues(house.db, run);
  expect(issue).toMatchObject({ row: 3, code: "refused", value: "a2" });
  expect(issue?.message).toContain("answered after created");
});

test("a dry run counts and tells the same, and leaves nothing behind", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const content = lines(
    "a1,One,Acme,a@b.example,Proposal,1,2026-03-01,,Fair",
    "a2,Two,,,Nonsense,1,2026-03-01,,",
  );
  const dry = await runImport(
    await begin(house, workspaceId, content, { dryRun: true }),
    depsOf(house),
  );
  expect(dry).toMatchObject({ state: "done", rows: 2, created: 1, failed: 1 });
  expect(await countIssues(house.db, dry)).toMatchObject([{ code: "unknown-stage", count: 1 }]);
  expect(await leadsOf(house, workspaceId)).toEqual([]);
  expect(await house.db.company.count({ where: { workspaceId } })).toBe(0);
  expect(await house.db.contact.count({ where: { workspaceId } })).toBe(0);
  const real = await runImport(await begin(house, workspaceId, content), depsOf(house));
  expect(real).toMatchObject({ created: 1, failed: 1 });
});

const many = (count: number): string =>
  lines(
    ...Array.from(
      { length: count },
      (_, at) =>
        `n${at},Deal ${at},Company ${at % 50},,${at % 10 === 3 ? "Nonsense" : "Proposal"},${at},2026-03-01,,Website`,
    ),
  );

test("a run that died goes on exactly where it was, and its counts are those of one that did not", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const content = `${many(5_000)}n7,Twice,,,Proposal,1,2026-03-01,,\n`;
  const started = await begin(house, workspaceId, content);
  let chunks = 0;
  const dies = () => {
    chunks += 1;
    if (chunks === 2) throw new Error("killed");
  };
  await expect(runImport(started, depsOf(house, { onProgress: dies }))).rejects.toThrow("killed");
  expect(await house.db.lead.count({ where: { workspaceId } })).toBe(3_600);
  const run = await runImport(started, depsOf(house));
  expect(run).toMatchObject({
    state: "done",
    rows: 5_001,
    created: 4_500,
    updated: 0,
    unchanged: 0,
    failed: 501,
  });
  expect(countsByCode(await countIssues(house.db, run))).toEqual({
    "unknown-stage": 500,
    "duplicate-id": 1,
  });
});

test("two processes at one run: one of them stops, and no row is in twice", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const started = await begin(house, workspaceId, many(6_000));
  const ends = await Promise.allSettled([
    runImport(started, depsOf(house)),
    runImport(started, depsOf(house)),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await house.db.lead.count({ where: { workspaceId } })).toBe(5_400);
});

test("a file that is no table, lacks a column, or changed since: the run says so in words", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const lacking = await runImport(await begin(house, workspaceId, "id,name\n1,2\n"), depsOf(house));
  expect(lacking).toMatchObject({
    state: "failed",
    cause: expect.stringContaining("no column company, email"),
  });
  const empty = await runImport(await begin(house, workspaceId, ""), depsOf(house));
  expect(empty).toMatchObject({ state: "failed", cause: "The file is empty." });
  const started = await begin(house, workspaceId, many(3_000));
  const stop = () => {
    throw new Error("killed");
  };
  await expect(runImport(started, depsOf(house, { onProgress: stop }))).rejects.toThrow("killed");
  writeFileSync(started.path, many(2_999));
  expect(await runImport(started, depsOf(house))).toMatchObject({
    state: "failed",
    cause: expect.stringContaining("has changed"),
  });
});

test("whoever does not manage sales starts no import", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups: ["crm_user"] });
  const actor = {
    kind: "member",
    userId: person.id,
    workspaceId,
    name: "A",
    groups: ["crm_user"],
  } as unknown as Actor;
  const asked = {
    actor,
    workspaceId,
    path: "/nowhere",
    fileName: "a",
    mappingName: "mine",
    dryRun: false,
  };
  await expect(startImport(asked, house)).rejects.toThrow("crm.import");
});

const isThere = existsSync(DATA);
if (!isThere) process.stderr.write(`skipped: ${DATA} is not there\n`);

test.runIf(isThere)(
  "the public data set comes in whole, its dirt is told, and a second run changes nothing",
  { timeout: 120_000 },
  async ({ house }) => {
    const workspaceId = await makeWorkspace(house.db, { zone: "America/New_York" });
    const actor = operator(workspaceId);
    const start = async () => {
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
      return runImport({ actor, workspaceId, id: started.value.id }, depsOf(house));
    };
    const run = await start();
    expect(run).toMatchObject({
      state: "done",
      rows: 8_800,
      created: 8_800,
      updated: 0,
      unchanged: 0,
      failed: 0,
    });
    expect(countsByCode(await countIssues(house.db, run))).toEqual({
      "value-mapped": 1_480 + 12 + 2,
      blank: 1_425,
      "created-unknown": 500,
      "zero-unknown": 2_473,
      "reason-assumed": 2_473,
      "second-manager": 3,
      "without-deals": 5,
    });
    const [totals] = await house.db.$queryRaw<object[]>`
    SELECT count(*) FILTER (WHERE status = 'won')::int AS won, count(*) FILTER (WHERE status = 'lost')::int AS lost,
           count(*) FILTER (WHERE s.name = 'Engaging')::int AS engaging, count(*) FILTER (WHERE s.name = 'Prospecting')::int AS prospecting,
           (sum(amount_minor) FILTER (WHERE status = 'won') / 100)::int AS value, count(*) FILTER (WHERE l.base_minor IS NULL AND status = 'won')::int AS unvalued,
           count(*) FILTER (WHERE owner_id IS NULL OR team_id IS NULL OR product_id IS NULL)::int AS lacking,
           count(DISTINCT company_id)::int AS companies
      FROM lead l JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id WHERE l.workspace_id = ${workspaceId}::uuid`;
    expect(totals).toEqual({
      won: 4_238,
      lost: 2_473,
      engaging: 1_589,
      prospecting: 500,
      value: 10_005_534,
      unvalued: 0,
      lacking: 0,
      companies: 85,
    });
    const [one] = await house.db.$queryRaw<object[]>`
    SELECT l.name, u.name AS owner, t.name AS team, p.name AS product, c.industry, l.industry AS own, c.country,
           (l.closed_at AT TIME ZONE 'America/New_York')::text AS closed, (l.created_at AT TIME ZONE 'America/New_York')::text AS created, r.name AS reason
      FROM lead l JOIN app_user u ON u.id = l.owner_id JOIN sales_team t ON t.id = l.team_id JOIN product p ON p.id = l.product_id
      JOIN company c ON c.id = l.company_id LEFT JOIN lost_reason r ON r.id = l.lost_reason_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.external_id = 'Z063OYW0'`;
    expect(one).toMatchObject({
      name: "GTX Pro – Isdom",
      owner: "Darcel Schlecht",
      team: "Central",
      product: "GTX Pro",
      closed: "2017-03-11 00:00:00",
      created: "2016-10-25 00:00:00",
    });
    const [family] = await house.db.$queryRaw<object[]>`
    SELECT count(*)::int AS all, count(parent_id)::int AS children, count(*) FILTER (WHERE industry = 'technology')::int AS technology,
           count(*) FILTER (WHERE country = 'KR')::int AS korea FROM company WHERE workspace_id = ${workspaceId}::uuid`;
    expect(family).toEqual({ all: 85, children: 15, technology: 12, korea: 1 });
    expect(
      await house.db.appUser.count({
        where: { workspaceId, email: { endsWith: ".invalid" }, passwordHash: null },
      }),
    ).toBe(41);

    const state = () => house.db.$queryRaw`
    SELECT (SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM lead l WHERE workspace_id = ${workspaceId}::uuid) AS leads,
           (SELECT md5(string_agg(c::text, '' ORDER BY id)) FROM company c WHERE workspace_id = ${workspaceId}::uuid) AS companies,
           (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM product p WHERE workspace_id = ${workspaceId}::uuid) AS products,
           (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM sales_team t WHERE workspace_id = ${workspaceId}::uuid) AS teams,
           (SELECT count(*)::int FROM stage_history WHERE workspace_id = ${workspaceId}::uuid) AS history,
           (SELECT count(*)::int FROM app_user WHERE workspace_id = ${workspaceId}::uuid) AS people`;
    const before = await state();
    const again = await start();
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 8_800, failed: 0 });
    expect(await state()).toEqual(before);
  },
);
