import { expect } from "vitest";
import { makeLeadRow, makeSales } from "@/lib/testing/factories/crm";
import { NOW, test } from "@/lib/testing/house";
import { changeLead, changeLeads } from "./change-leads";
import { mergeLeads } from "./merge-leads";

test("of 32 who write the same deal at once nobody's change is lost, and losers are told what changed", async ({
  house,
}) => {
  const sales = await makeSales(house.db);
  const { actor, scope, stages, workspaceId } = sales;
  const [stage] = stages;
  if (stage === undefined) throw new Error("no stage");
  const id = await makeLeadRow(house.db, sales, { at: NOW, stage });
  // Every fourth writes the same field; the others write fields of their own, in turns.
  const fieldsOf = (writer: number) => {
    if (writer % 4 === 0) return { name: `Name ${writer}` };
    if (writer % 4 === 1) return { amountMinor: 1_000 + writer };
    return writer % 4 === 2
      ? { industry: `Industry ${writer}` }
      : { description: `Text ${writer}` };
  };
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, writer) =>
      changeLead(
        {
          actor,
          scope,
          id,
          version: 1,
          act: { kind: "edit", fields: fieldsOf(writer) },
          via: "person",
        },
        house,
      ),
    ),
  );
  const winners = answers.flatMap((answer, writer) => (answer.ok ? [writer] : []));
  // One for each field: whoever had not seen it may not write over it.
  expect(new Set(winners.map((writer) => writer % 4))).toEqual(new Set([0, 1, 2, 3]));
  expect(winners).toHaveLength(4);
  const lead = await house.db.lead.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id } },
    select: { name: true, amountMinor: true, industry: true, description: true, version: true },
  });
  const expected = Object.assign({}, ...winners.map(fieldsOf)) as Record<string, unknown>;
  expect({ ...lead, amountMinor: Number(lead.amountMinor) }).toEqual({ ...expected, version: 5 });
  for (const [writer, answer] of answers.entries()) {
    if (answer.ok) continue;
    const field = ["name", "amount", "industry", "description"][writer % 4];
    expect(answer.refusal).toMatchObject({ reason: "changed-meanwhile" });
    expect(answer.refusal.changes?.map((change) => change.field)).toContain(field);
  }
});

test("32 unseeing writers all write, one after the other", async ({ house }) => {
  const sales = await makeSales(house.db);
  const { actor, scope, stages, workspaceId } = sales;
  const [stage] = stages;
  if (stage === undefined) throw new Error("no stage");
  const id = await makeLeadRow(house.db, sales, { at: NOW, stage });
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, writer) =>
      changeLead(
        {
          actor,
          scope,
          id,
          act: { kind: "edit", fields: { amountMinor: 1 + writer } },
          via: "person",
        },
        house,
      ),
    ),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
  const changes = await house.db.$queryRaw<
    { before: { minor: number } | null; after: { minor: number } }[]
  >`
    SELECT before, after FROM opportunity_change WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ${id}::uuid ORDER BY id`;
  expect(new Set(changes.map(({ after }) => after.minor)).size).toBe(32);
  for (const [at, { before }] of changes.entries())
    expect(before?.minor).toBe(changes[at - 1]?.after.minor);
});

test("bulk acts on the same deals, in any order, end without a deadlock", async ({ house }) => {
  const sales = await makeSales(house.db);
  const { actor, scope, stages } = sales;
  const [stage, second, third] = stages;
  if (stage === undefined || second === undefined || third === undefined)
    throw new Error("no stage");
  const ids: string[] = [];
  for (let made = 0; made < 60; made += 1)
    ids.push(await makeLeadRow(house.db, sales, { at: NOW, stage }));
  const [keeper, ...rest] = ids;
  if (keeper === undefined) throw new Error("no lead");
  const shuffled = (turn: number) => [...ids.slice(turn * 7), ...ids.slice(0, turn * 7)].reverse();
  const bulk = Array.from({ length: 8 }, (_, turn) =>
    changeLeads(
      {
        actor,
        scope,
        leads: shuffled(turn).map((id) => ({ id })),
        act:
          turn % 2 === 0
            ? { kind: "move", stageId: [second, third][turn % 4 === 0 ? 0 : 1]?.id ?? "" }
            : { kind: "edit", fields: { industry: `Turn ${turn}` } },
        via: "person",
      },
      house,
    ),
  );
  const merge = mergeLeads(
    { actor, scope, survivorId: keeper, mergedIds: rest.slice(0, 10).reverse() },
    house,
  );
  const answers = await Promise.all(bulk);
  expect((await merge).ok).toBe(true);
  expect(answers.every(({ changed, skipped }) => changed.length + skipped.length === 60)).toBe(
    true,
  );
  const [deadlocks] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()`;
  expect(deadlocks?.count).toBe(0);
});
