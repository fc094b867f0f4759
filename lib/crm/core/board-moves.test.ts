import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { UTC } from "@/lib/time/zone";
import type { Board, BoardCard, BoardColumn } from "./board";
import { appendCards, cardBeside, findCard, mergeBoard, placeCard, placeIn } from "./board-moves";

const card = (id: string, given: Partial<BoardCard> = {}): BoardCard => ({
  id,
  number: 1,
  version: 1,
  title: id,
  name: null,
  product: null,
  amountMinor: 10_000,
  currency: "USD",
  baseMinor: 10_000,
  ownPercent: null,
  stageId: "a",
  category: "pipeline",
  expectedClose: "2026-12-01" as CalendarDate,
  ownerId: null,
  ownerName: null,
  ownerPhotoId: null,
  next: null,
  rotDays: null,
  meetings: 0,
  changeable: true,
  ...given,
});

const column = (key: string): BoardColumn => ({
  key,
  title: key,
  probability: 10,
  exitCriteria: null,
  sums: { deals: 0, baseMinor: 0, weightedParts: 0, withoutAmount: 0, withoutRate: 0 },
  categories: null,
  cards: [],
});

const empty: Board = {
  view: "board",
  pipelineId: "p",
  pipelines: [],
  stages: [
    { id: "a", name: "A", probability: 10 },
    { id: "b", name: "B", probability: 50 },
    { id: "c", name: "C", probability: 90 },
  ],
  columns: ["a", "b", "c"].map(column),
  chips: { everyone: 0, mine: 0, rotting: 0, "no-step": 0, overdue: 0, closing: 0 },
  parked: 0,
  currency: "USD",
  zone: UTC,
  ratesOf: null,
  today: "2026-11-21" as CalendarDate,
  scope: "all teams",
};

const boardOf = (...cards: readonly BoardCard[]): Board =>
  cards.reduce((board, one) => placeCard(board, one, one.stageId), empty);

describe("a card that is moved", () => {
  test("is in the new column only, whose totals have it at the new stage's probability", () => {
    const moved = placeCard(boardOf(card("x"), card("y")), card("x", { stageId: "b" }), "b");
    expect(moved.columns[0]?.sums).toMatchObject({
      deals: 1,
      baseMinor: 10_000,
      weightedParts: 10_000_000,
    });
    expect(moved.columns[1]?.sums).toMatchObject({
      deals: 1,
      baseMinor: 10_000,
      weightedParts: 50_000_000,
    });
    expect(findCard(moved, "x")?.column.key).toBe("b");
  });

  test("keeps its own probability, and without an amount or a rate it is counted and not added", () => {
    const own = boardOf(
      card("x", { ownPercent: 80 }),
      card("y", { amountMinor: null, baseMinor: null }),
      card("z", { baseMinor: null }),
    );
    const [a] = own.columns;
    expect(a?.sums).toEqual({
      deals: 3,
      baseMinor: 10_000,
      weightedParts: 80_000_000,
      withoutAmount: 1,
      withoutRate: 1,
    });
  });

  test("can leave the board, and columns it has nothing to do with stay the same objects", () => {
    const board = boardOf(card("x"), card("y", { stageId: "c" }));
    const won = placeCard(board, card("x"), null);
    expect(findCard(won, "x")).toBeUndefined();
    expect(won.columns[0]?.sums.deals).toBe(0);
    expect(won.columns[2]).toBe(board.columns[2]);
  });

  test("has one before and one after it, over the columns and over those without cards", () => {
    const board = boardOf(card("x"), card("y"), card("z", { stageId: "c" }));
    expect(cardBeside(board, "y", 1)?.id).toBe("z");
    expect(cardBeside(board, "y", -1)?.id).toBe("x");
    expect(cardBeside(board, "x", -1)).toBeUndefined();
    expect(cardBeside(board, "z", 1)).toBeUndefined();
    expect(cardBeside(board, "elsewhere", 1)).toBeUndefined();
  });

  test("says where it would stand", () => {
    const day = (text: string) => ({ expectedClose: text as CalendarDate });
    const board = boardOf(
      card("x", { ...day("2026-12-05"), stageId: "b" }),
      card("y", { ...day("2026-12-07"), stageId: "b" }),
    );
    const [, b] = board.columns;
    if (b === undefined) throw new Error("there is a column b");
    expect(placeIn(b, card("n", day("2026-12-06")))).toEqual({ place: 2, of: 3 });
    expect(placeIn(b, card("y", { ...day("2026-12-07"), stageId: "b" }))).toEqual({
      place: 2,
      of: 2,
    });
  });
});

test("however cards are moved, the totals are those of the cards", () => {
  const step = fc.record({
    id: fc.constantFrom("k", "l", "m", "n"),
    to: fc.constantFrom("a", "b", "c", null),
    baseMinor: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const board = steps.reduce(
        (now, { id, to, baseMinor }) =>
          placeCard(now, card(id, { baseMinor, stageId: to ?? "a" }), to),
        empty,
      );
      for (const { key, sums, cards } of board.columns) {
        const rebuilt = cards.reduce((now, one) => placeCard(now, one, key), empty);
        expect(rebuilt.columns.find((one) => one.key === key)?.sums).toEqual(sums);
      }
    }),
  );
});

describe("what the server says later", () => {
  test("changes only what changed", () => {
    const board = boardOf(card("x"), card("y", { stageId: "b" }));
    const fresh: Board = structuredClone(placeCard(board, card("x", { version: 2 }), "a"));
    const merged = mergeBoard(board, fresh);
    expect(merged.columns[1]).toBe(board.columns[1]);
    expect(findCard(merged, "x")?.card.version).toBe(2);
    expect(mergeBoard(merged, structuredClone(merged)).columns).toBe(merged.columns);
  });

  test("keeps what was scrolled to beyond it, and drops what is elsewhere by now", () => {
    const day = (of: number) => `2026-12-${String(of).padStart(2, "0")}` as CalendarDate;
    const all = [1, 2, 3, 4].map((of) => card(`d${of}`, { expectedClose: day(of) }));
    const board = boardOf(...all);
    const fresh = structuredClone(
      placeCard(board, card("d4", { stageId: "b", expectedClose: day(4) }), "b"),
    );
    const window: Board = {
      ...fresh,
      columns: fresh.columns.map((one) => ({ ...one, cards: one.cards.slice(0, 2) })),
    };
    const merged = mergeBoard(board, window);
    expect(merged.columns[0]?.cards.map(({ id }) => id)).toEqual(["d1", "d2", "d3"]);
    expect(merged.columns[1]?.cards.map(({ id }) => id)).toEqual(["d4"]);
  });

  test("brings further cards once", () => {
    const board = boardOf(card("x"), card("y", { stageId: "b" }));
    const more = appendCards(board, "a", [card("y"), card("z")]);
    expect(more.columns[0]?.cards.map(({ id }) => id)).toEqual(["x", "z"]);
    expect(appendCards(more, "a", [card("z")])).toBe(more);
  });
});
