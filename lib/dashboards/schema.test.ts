import { expect, test } from "vitest";
import { usualState, viewStateQuery } from "./core/view-state";
import { dashboardQuestion } from "./schema";

const question = dashboardQuestion("executive");
const TEAM = "01a200c8-8395-75dd-8af2-59a648eef38b";

test("the interface is asked by the page's own address", () => {
  const said = { range: "2026-11-01..2026-11-20", compare: "none", team: `none,${TEAM}` };
  const state = question.parse(said);
  expect(state).toMatchObject({
    range: { from: "2026-11-01", until: "2026-11-20" },
    compare: "none",
    filter: { team: [TEAM, "none"], owner: [] },
  });
  const address = viewStateQuery(state, usualState("executive"));
  expect(question.parse(Object.fromEntries(address))).toEqual(state);
  expect(question.parse({})).toEqual(usualState("executive"));
});

test.each([
  { range: "someday" },
  { range: "2026-11-20..2026-11-01" },
  { range: "2026-02-30..2026-03-01" },
  { range: "0001-01-01..9999-12-31" },
  { compare: "twice" },
  { team: "Enterprise" },
  { owner: Array.from({ length: 51 }, () => TEAM).join(",") },
  { view: "usual" },
])("%j is refused, and nothing else is shown in its place", (said) => {
  expect(question.safeParse(said).success).toBe(false);
});
