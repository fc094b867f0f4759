import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { OfficeProvider } from "@/components/ui/office-provider";
import type { Card } from "@/lib/dashboards/core/batch";
import { CardGrid, KpiCard } from "./kpi-card";

const usual: Card = {
  metric: "won_revenue",
  now: { value: 165_166_300, n: 64 },
  before: { value: 121_797_200, n: 60 },
  beforeWords: "1–20 Oct",
  spark: [
    { key: "2026-10-01", value: 163_000_000, partial: false },
    { key: "2026-11-01", value: 165_166_300, partial: true },
  ],
};

const html = (card: Partial<Card>) =>
  renderToStaticMarkup(
    <OfficeProvider nonce={undefined}>
      <CardGrid>
        <KpiCard
          card={{ ...usual, ...card }}
          href="/metrics/won_revenue"
          currency="SGD"
          asOf="09:42"
        />
      </CardGrid>
    </OfficeProvider>,
  );

test("a card says its figure short, in full for who asks, and how it moved in words", () => {
  const said = html({});
  expect(said).toContain('title="S$1,651,663"');
  expect(said).toContain("<small>S$</small>1.65");
  expect(said).toContain("up 35.6\u202f%, better");
  expect(said).toContain("vs 1–20 Oct");
  expect(said).toContain("S$1.22\u202fM");
  expect(said).toContain('href="/metrics/won_revenue"');
  expect(said).toContain('aria-label="About Won revenue"');
});

test("a card without a figure says why, and shows no change", () => {
  const said = html({
    metric: "lead_conversion_cohort",
    now: { value: null, reason: "nothing-counted", n: 0 },
    spark: [],
  });
  expect(said).toContain("Nothing to count in this range");
  expect(said).not.toContain("vs 1–20 Oct");
  expect(said).not.toContain("0\u202f%");
});

test("a share of few stands with its interval", () => {
  const said = html({
    metric: "lead_conversion_cohort",
    now: { value: 0.35, n: 20, hits: 7 },
    before: { value: 0.4, n: 40, hits: 16 },
    note: "leads of Jul, won in 90 d",
  });
  expect(said).toContain("95\u202f%: 18\u202f%–57\u202f%");
  expect(said).toContain("down 5.0\u202fpp, worse");
});

test("what comes from nothing is new", () => {
  expect(html({ before: { value: 0, n: 0 } })).toContain("new: there was nothing before");
});

test("cards that are waited for are as many as will come", () => {
  const said = renderToStaticMarkup(<CardGrid count={6} across="six" />);
  expect(said.split("data-waiting").length - 1).toBe(6);
  expect(said).toContain('aria-busy="true"');
});
