import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { UTC } from "@/lib/time/zone";
import { changeLead } from "../commands/change-leads";
import { keepView } from "../commands/keep-view";
import { makeLead } from "../commands/make-lead";
import type { LeadFields } from "../core/lead-act";
import { DEFAULT_SORT, EVERYTHING, LEAD_SORTS, parseLeadFilter } from "../core/lead-filter";
import { wordsOf } from "../core/search-words";
import { listLeadRows, listMatchingIds, sumLeads } from "./list";
import { getScope } from "./scope";
import { listViews } from "./views";

async function managerIn(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups: ["crm_manager"] });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: ["crm_manager"],
  };
  const scope = await getScope(house.db, actor);
  const place = {
    userId: actor.userId,
    now: NOW,
    today: "2026-11-23" as CalendarDate,
    zone: UTC,
    minorPerUnit: 100,
  };
  const make = async (
    fields: LeadFields & { readonly name: string },
    kind: "lead" | "opportunity" = "lead",
  ) => {
    const made = await makeLead(
      { actor, scope, via: "person", input: { kind, ownerId: actor.userId, fields } },
      house,
    );
    if (!made.ok) throw new Error(made.refusal);
    return made.value;
  };
  const find = async (q: string) => {
    const page = await listLeadRows(house.db, {
      scope,
      place,
      filter: { ...EVERYTHING, q },
      sort: DEFAULT_SORT,
    });
    return page.rows.map(({ name }) => name);
  };
  return { actor, scope, place, make, find };
}

test("the words of a text are the same in the database and here", async ({ house }) => {
  const texts = [
    "Dalton-Bakeries (SG) Pte. Ltd",
    "Müller ÉLAN & Söhne",
    "株式会社ホシ　ロボット",
    "a_b.c@d",
    "O’Neill…",
    "",
  ];
  const rows = await house.db.$queryRaw<{ words: string[] }[]>`
    SELECT search_words(t) AS words FROM unnest(${texts}::text[]) WITH ORDINALITY x (t, place) ORDER BY place`;
  expect(rows.map(({ words }) => words)).toEqual(texts.map(wordsOf));
});

test("a lead is found by name, company, contact, address, phone and number, mistyped words too", async ({
  house,
}) => {
  const { make, find } = await managerIn(house);
  const bakeries = await make({
    name: "Rooms for the head office",
    companyName: "Dalton Bakeries",
    contactName: "Renske Visser",
    email: "renske.visser@dalton.example",
    phone: "+6581234567",
  });
  await make({ name: "Walton Bankers", companyName: "Müller Söhne" });
  const only = ["Rooms for the head office"];
  for (const q of [
    "dalton",
    "Bakeries dal",
    "renske",
    "renske.visser@dalton.example",
    "RENSKE.Visser@d",
    "visser head",
    "+65 8123 4567",
    "8123 4567",
    "081234567",
    `L-${bakeries.number}`,
    String(bakeries.number),
    "Daltn Bakeris",
    "dlaton bakeries",
  ])
    expect(await find(q), q).toEqual(only);
  expect(await find("muller sohne")).toEqual(["Walton Bankers"]);
  expect(await find("nobody at all")).toEqual([]);
  expect(await find("zzzzzzzz")).toEqual([]);
});

test("a word is forgotten with the last lead that had it", async ({ house }) => {
  const { actor, scope, make } = await managerIn(house);
  const lead = await make({ name: "Quixotic", contactName: "Xenia Farrow" });
  const words = async () =>
    (
      await house.db.$queryRaw<{ word: string }[]>`
      SELECT word FROM crm_word WHERE workspace_id = ${actor.workspaceId}::uuid ORDER BY word`
    ).map(({ word }) => word);
  expect(await words()).toEqual(["farrow", "quixotic", "xenia"]);
  const act = { kind: "edit", fields: { contactName: null } } as const;
  expect((await changeLead({ actor, scope, id: lead.id, act, via: "person" }, house)).ok).toBe(
    true,
  );
  expect(await words()).toEqual(["quixotic"]);
});

test("every order goes through all rows once, page by page, there and back", async ({ house }) => {
  const { scope, place, make } = await managerIn(house);
  const amounts = [500, null, 100, 500, null, 900, 100];
  for (const [at, amountMinor] of amounts.entries())
    await make({ name: `Deal ${at % 3}`, amountMinor, currency: "USD" }, "opportunity");
  for (const key of LEAD_SORTS)
    for (const descending of [true, false]) {
      const asked = { scope, place, filter: EVERYTHING, sort: { key, descending }, limit: 3 };
      const pages = [await listLeadRows(house.db, asked)];
      for (let cursor = pages[0]?.after; cursor !== undefined; cursor = pages.at(-1)?.after)
        pages.push(await listLeadRows(house.db, { ...asked, cursor }));
      const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
      expect(new Set(ids).size, key).toBe(7);
      expect(ids, key).toHaveLength(7);
      const back = await listLeadRows(house.db, { ...asked, cursor: pages[1]?.before });
      expect(back.rows, key).toEqual(pages[0]?.rows);
      expect(back.before, key).toBeUndefined();
    }
});

test("what is listed is what is summed and what is changed: one filter", async ({ house }) => {
  const { scope, place, make } = await managerIn(house);
  await make({ name: "One", amountMinor: 100_000, currency: "USD", tags: ["vip"] }, "opportunity");
  await make(
    { name: "Two", amountMinor: 50_000, currency: "VND", tags: ["vip", "new"] },
    "opportunity",
  );
  await make({ name: "Three", tags: ["new"] });
  const ask = async (address: string) => {
    const asked = { scope, place, filter: parseLeadFilter(new URLSearchParams(address)) };
    const [page, totals, matching] = [
      await listLeadRows(house.db, { ...asked, sort: DEFAULT_SORT }),
      await sumLeads(house.db, asked),
      await listMatchingIds(house.db, asked),
    ];
    expect(totals.leads).toBe(page.rows.length);
    expect(matching.ids.length).toBe(page.rows.length);
    return totals;
  };
  expect(await ask("")).toMatchObject({
    leads: 3,
    baseMinor: 100_000,
    weightedMinor: 10_000,
    withoutRate: 1,
    withoutAmount: 1,
  });
  expect(await ask("tag=vip")).toMatchObject({ leads: 2 });
  expect(await ask("amount=1000..")).toMatchObject({ leads: 1 });
  expect(await ask("kind=lead&owner=me&is=no-step")).toMatchObject({ leads: 1 });
  expect(await ask("owner=none")).toMatchObject({ leads: 0 });
  expect(await ask("created=today&closed=none")).toMatchObject({ leads: 3 });
  expect(await ask("expected=past")).toMatchObject({ leads: 0 });
  expect(await ask("is=rotting&is=overdue&is=unassigned&is=unanswered&is=parked")).toMatchObject({
    leads: 0,
  });
});

test("a view is its owner's: others see it once it is shared and never change it", async ({
  house,
}) => {
  const { actor } = await managerIn(house);
  const other = await makePerson(house.db, actor.workspaceId, { groups: ["crm_user"] });
  const colleague: Member = { ...actor, userId: other.id as UserId, groups: ["crm_user"] };
  const seenBy = ({ workspaceId, userId }: Member) =>
    listViews(house.db, { workspaceId, userId, place: "leads" });
  const keep = {
    act: "keep",
    place: "leads",
    name: "Hot",
    query: "tag=vip",
    shared: false,
  } as const;
  const kept = await keepView({ actor, asked: keep }, house);
  if (!kept.ok) throw new Error(kept.refusal);
  const { id } = kept.value;
  expect(await keepView({ actor, asked: { ...keep, name: "hot" } }, house)).toMatchObject({
    refusal: "name-taken",
  });
  expect(await seenBy(colleague)).toEqual([]);
  await keepView({ actor, asked: { act: "change", id, shared: true, isDefault: true } }, house);
  expect(await seenBy(colleague)).toMatchObject([
    { id, own: false, isDefault: false, query: "tag=vip" },
  ]);
  expect(await seenBy(actor)).toMatchObject([{ id, own: true, isDefault: true }]);
  expect(await keepView({ actor: colleague, asked: { act: "drop", id } }, house)).toMatchObject({
    refusal: "not-here",
  });
  expect(await keepView({ actor, asked: { act: "drop", id } }, house)).toMatchObject({ ok: true });
});
