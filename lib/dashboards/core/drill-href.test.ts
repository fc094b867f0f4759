import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { drillUsual, hrefOfDashboard, hrefOfMetric } from "./drill-href";
import { parseViewState, usualState } from "./view-state";

const day = (text: string) => text as CalendarDate;
const TEAM = "0192aaaa-0000-7000-8000-000000000001";
const state = { ...drillUsual, filter: { ...drillUsual.filter, team: [TEAM] } };
const queryOf = (href: string) => new URLSearchParams(href.split("?")[1]);

test("a figure opens with its range said, its filters and where it came from", () => {
  const href = hrefOfMetric("won_revenue", state, { from: "executive" });
  expect(href).toBe(`/metrics/won_revenue?range=this-month&team=${TEAM}&from=executive`);
  expect(parseViewState(queryOf(href), drillUsual)).toEqual(state);
});

test("the strategic dashboard's range is carried along and found again", () => {
  const usual = usualState("strategic");
  const href = hrefOfMetric("won_count", usual, { from: "strategic" });
  expect(parseViewState(queryOf(href), drillUsual)).toEqual(usual);
  expect(hrefOfDashboard("strategic", usual)).toBe("/dashboards/strategic");
  expect(hrefOfDashboard("executive", usual)).toBe("/dashboards/executive?range=this-quarter");
});

test("a bar of a month opens its days, cut to the period it was drawn for", () => {
  const within = { from: day("2026-02-10"), to: day("2026-11-21") };
  const options = { by: "month", within } as const;
  const range = (key: string) =>
    queryOf(hrefOfMetric("won_count", state, { ...options, key: day(key) })).get("range");
  expect(range("2026-02-01")).toBe("2026-02-10..2026-02-28");
  expect(range("2026-03-01")).toBe("2026-03-01..2026-03-31");
  expect(range("2026-11-01")).toBe("2026-11-01..2026-11-20");
});

test("a quarter is the business year's", () => {
  const href = hrefOfMetric("won_count", state, {
    by: "quarter",
    key: "2026-05-01",
    fiscalStart: 2,
  });
  expect(queryOf(href).get("range")).toBe("2026-05-01..2026-07-31");
});

test("a group of a filter becomes the filter, nobody's too; one of a stage says its stage", () => {
  expect(hrefOfMetric("won_count", drillUsual, { by: "team", key: null })).toContain("team=none");
  expect(hrefOfMetric("open_opportunities", drillUsual, { by: "stage", key: "s1" })).toBe(
    "/metrics/open_opportunities?range=this-month&stage=s1",
  );
  expect(hrefOfMetric("won_count", drillUsual, { by: "owner" })).toBe(
    "/metrics/won_count?range=this-month&by=owner",
  );
});
