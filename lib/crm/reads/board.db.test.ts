import { expect } from "vitest";
import { makeSeller } from "@/lib/testing/factories/crm";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { changeLead } from "../commands/change-leads";
import { makeLead } from "../commands/make-lead";
import type { BoardCard } from "../core/board";
import { compareCards, cursorOf } from "../core/board";
import { percentOf } from "../core/board-moves";
import { parseLeadFilter } from "../core/lead-filter";
import { weightedParts } from "../core/money";
import { loadBoard, loadMoreCards } from "./board";
import { findBoardPlace } from "./board-place";
import { weightedBase } from "./figures";

const ASKED = { view: "board", chip: "everyone", parked: false, manages: true } as const;

async function sellerIn(house: House, group: "crm_manager" | "crm_user", workspaceId?: string) {
  const workspace = workspaceId ?? (await makeWorkspace(house.db));
  return { ...(await makeSeller(house.db, workspace, { group })), workspaceId: workspace };
}

type Seller = Awaited<ReturnType<typeof sellerIn>>;
type Fields = Partial<{
  amountMinor: number;
  currency: string;
  expectedClose: CalendarDate;
  companyName: string;
  category: "commit";
  probabilityManual: number;
}>;

async function dealOf(house: House, { actor, scope }: Seller, name: string, fields: Fields = {}) {
  const made = await makeLead(
    {
      actor,
      scope,
      via: "person",
      input: { kind: "opportunity", ownerId: actor.userId, fields: { name, ...fields } },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  return made.value;
}

async function boardOf(house: House, seller: Seller, asked: object = {}) {
  const board = await loadBoard(house.db, seller.scope, { ...ASKED, ...asked }, NOW);
  if (board === undefined) throw new Error("a workspace has a pipeline");
  return board;
}

const day = (text: string) => text as CalendarDate;

test("a column adds up what has an amount and a rate, and counts what has not", async ({
  house,
}) => {
  const seller = await sellerIn(house, "crm_manager");
  await dealOf(house, seller, "Arden", { amountMinor: 10_000, currency: "USD" });
  await dealOf(house, seller, "Baltic", { amountMinor: 333, currency: "USD" });
  await dealOf(house, seller, "Castell", { amountMinor: 99_900, currency: "JPY" });
  await dealOf(house, seller, "Delima");
  const { columns, chips, currency } = await boardOf(house, seller);
  expect(currency).toBe("USD");
  expect(columns.map(({ title }) => title)).toEqual([
    "Qualified",
    "Discovery",
    "Demo held",
    "Proposal",
    "Negotiation",
    "Contract sent",
  ]);
  expect(columns[0]?.sums).toEqual({
    deals: 4,
    baseMinor: 10_333,
    // 10 % of each: 1000 and 33.3, not rounded yet.
    weightedParts: 10_333_000,
    withoutAmount: 1,
    withoutRate: 1,
  });
  expect(columns[1]?.sums.deals).toBe(0);
  expect(chips).toMatchObject({ everyone: 4, mine: 4, "no-step": 4, rotting: 0, overdue: 0 });
});

test("what a column is worth is what its deals are worth together, rounded once", async ({
  house,
}) => {
  const seller = await sellerIn(house, "crm_manager");
  for (const [at, amountMinor] of [1, 5, 15, 33, 45, 99, 12_345, 1_000_005].entries()) {
    const probabilityManual = [null, 12.5, 50, 33.33][at % 4] ?? null;
    await dealOf(house, seller, `Deal ${at}`, {
      amountMinor,
      currency: "USD",
      ...(probabilityManual === null ? {} : { probabilityManual }),
    });
  }
  const board = await boardOf(house, seller);
  const [column] = board.columns;
  const each = column?.cards.map((card) =>
    weightedParts(card.baseMinor ?? 0, percentOf(card, board.stages)),
  );
  expect(each).toHaveLength(8);
  expect(column?.sums.weightedParts).toBe(each?.reduce((sum, value) => sum + value, 0));
  const [figures] = await house.db.$queryRaw<{ sum: number }[]>`
    SELECT (sum(${weightedBase}) * 10000)::float8 AS sum FROM lead l
      JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id WHERE l.workspace_id = ${seller.workspaceId}::uuid`;
  expect(figures?.sum).toBe(column?.sums.weightedParts);
});

test("a column's cards come in windows, in order, none twice and none left out", async ({
  house,
}) => {
  const seller = await sellerIn(house, "crm_manager");
  for (let index = 0; index < 25; index += 1) {
    await dealOf(house, seller, `Deal ${index}`, {
      ...(index % 5 === 0 ? {} : { expectedClose: day(`2026-12-${10 + (index % 3)}`) }),
    });
  }
  const { columns, pipelineId } = await boardOf(house, seller, { cards: 7 });
  const seen: BoardCard[] = [...(columns[0]?.cards ?? [])];
  for (let last = seen.at(-1); last !== undefined; ) {
    const more = await loadMoreCards(
      house.db,
      seller.scope,
      { ...ASKED, pipelineId, column: columns[0]?.key ?? "", after: cursorOf(last), cards: 7 },
      NOW,
    );
    seen.push(...more);
    last = more.at(-1);
  }
  expect(seen).toHaveLength(25);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
  expect([...seen].sort(compareCards)).toEqual(seen);
});

test("a board shows what its filter says, words and conditions, in cards and sums alike", async ({
  house,
}) => {
  const seller = await sellerIn(house, "crm_manager");
  await dealOf(house, seller, "Larkspur Cables", { amountMinor: 5_000, currency: "USD" });
  await dealOf(house, seller, "Larkspur Tea", { amountMinor: 900_000, currency: "USD" });
  await dealOf(house, seller, "Umbra Tea", { amountMinor: 700_000, currency: "USD" });
  const filter = parseLeadFilter(new URLSearchParams({ q: "larkspur", amount: "1000.." }));
  const { columns, chips } = await boardOf(house, seller, { filter });
  expect(columns[0]?.cards.map(({ title }) => title)).toEqual(["Larkspur Tea"]);
  expect(columns[0]?.sums).toMatchObject({ deals: 1, baseMinor: 900_000 });
  expect(chips.everyone).toBe(1);
});

test("the months hold each deal once, and what was won this month is closed in it", async ({
  house,
}) => {
  const seller = await sellerIn(house, "crm_manager");
  const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
  await dealOf(house, seller, "Late", { ...usd(1), expectedClose: day("2026-11-01") });
  await dealOf(house, seller, "Soon", {
    ...usd(20),
    expectedClose: day("2026-11-30"),
    category: "commit",
  });
  await dealOf(house, seller, "Next", { ...usd(300), expectedClose: day("2026-12-31") });
  await dealOf(house, seller, "Far", { ...usd(4_000), expectedClose: day("2028-01-01") });
  await dealOf(house, seller, "Undated", usd(50_000));
  const won = await dealOf(house, seller, "Won", usd(600_000));
  await changeLead({ ...seller, id: won.id, act: { kind: "win" }, via: "person" }, house);
  const { columns } = await boardOf(house, seller, { view: "forecast" });
  expect(columns.map(({ key, sums, cards }) => [key, sums.baseMinor, cards.length])).toEqual([
    ["overdue", 1, 1],
    ["2026-11", 20, 1],
    ["2026-12", 300, 1],
    ["2027-01", 0, 0],
    ["2027-02", 0, 0],
    ["2027-03", 0, 0],
    ["2027-04", 0, 0],
    ["later", 4_000, 1],
    ["undated", 50_000, 1],
  ]);
  expect(columns[1]?.categories).toMatchObject({
    closed: { deals: 1, minor: 600_000 },
    commit: { deals: 1, minor: 20 },
    pipeline: { deals: 0, minor: 0 },
  });
  expect(columns[2]?.categories).toMatchObject({ closed: { deals: 0 }, pipeline: { minor: 300 } });
});

test("who sells sees their own deals on the board, and nobody another workspace's", async ({
  house,
}) => {
  const manager = await sellerIn(house, "crm_manager");
  const own = await sellerIn(house, "crm_user", manager.workspaceId);
  const stranger = await sellerIn(house, "crm_manager");
  await dealOf(house, manager, "Theirs");
  const mine = await dealOf(house, own, "Mine");
  expect((await boardOf(house, manager)).chips).toMatchObject({ everyone: 2, mine: 1 });
  const board = await boardOf(house, own, { manages: false });
  expect(board.columns[0]?.cards.map(({ id, changeable }) => [id, changeable])).toEqual([
    [mine.id, true],
  ]);
  expect(board.scope).toBe("own deals");
  expect((await boardOf(house, stranger)).chips.everyone).toBe(0);
  const place = await findBoardPlace(house.db, {
    workspaceId: stranger.workspaceId,
    pipelineId: board.pipelineId,
    now: NOW,
  });
  expect(place?.pipelineId).not.toBe(board.pipelineId);
});

test("a parked deal leaves the board and is counted; a quiet one rots", async ({ house }) => {
  const seller = await sellerIn(house, "crm_manager");
  const parked = await dealOf(house, seller, "Parked");
  await dealOf(house, seller, "Quiet", { companyName: "Quiet Ltd" });
  const park = { kind: "park", until: day("2027-01-15") } as const;
  await changeLead({ ...seller, id: parked.id, act: park, via: "person" }, house);
  const board = await boardOf(house, seller);
  expect(board).toMatchObject({ parked: 1, chips: { everyone: 1 } });
  expect((await boardOf(house, seller, { parked: true })).chips.everyone).toBe(2);
  const later = at("2026-12-15T08:00:01Z");
  const rotten = await loadBoard(house.db, seller.scope, { ...ASKED, chip: "rotting" }, later);
  expect(rotten?.chips.rotting).toBe(1);
  expect(rotten?.columns[0]?.cards).toMatchObject([
    { title: "Quiet Ltd", name: "Quiet", rotDays: 22, next: null },
  ]);
});
