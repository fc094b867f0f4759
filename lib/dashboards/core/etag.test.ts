import { expect, test } from "vitest";
import type { CrmScope } from "@/lib/crm/core/scope";
import { answerKey, isWhole } from "./etag";
import { usualState } from "./view-state";

const scope: CrmScope = { workspaceId: "w", userId: "ada", kind: "own", teams: [] };
const usual = {
  version: "7",
  today: "2026-11-23",
  state: usualState("executive"),
  scope,
};

test("an answer is another one with every change of data, day, question and reader", () => {
  const keys = [
    usual,
    { ...usual, version: "8" },
    { ...usual, today: "2026-11-24" },
    { ...usual, state: { ...usual.state, compare: "none" as const } },
    { ...usual, state: { ...usual.state, filter: { ...usual.state.filter, team: ["none"] } } },
    { ...usual, scope: { ...scope, userId: "ben" } },
    { ...usual, scope: { ...scope, kind: "team" as const, teams: [{ id: "n", name: "North" }] } },
    { ...usual, scope: { ...scope, kind: "all" as const } },
    { ...usual, scope: { ...scope, workspaceId: "v" } },
  ].map((of) => answerKey("executive", of));
  expect(new Set(keys).size).toBe(keys.length);
  expect(answerKey("executive", usual)).toBe(answerKey("executive", { ...usual }));
});

test("all who see everything share one answer, whoever they are", () => {
  const all = { ...usual, scope: { ...scope, kind: "all" as const } };
  const other = { ...all, scope: { ...all.scope, userId: "ben" } };
  expect(answerKey("executive", all)).toBe(answerKey("executive", other));
});

test("an answer with a failed block is not kept", () => {
  const ready = { status: "ready", data: 1 } as const;
  expect(isWhole({ cards: ready, teams: ready })).toBe(true);
  expect(
    isWhole({ cards: ready, teams: { status: "failed", cause: "slow", reference: "x" } }),
  ).toBe(false);
});
