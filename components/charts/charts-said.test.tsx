import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { BarsAndLine } from "./bars-and-line";
import { BulletBar, barWords, IntervalDot } from "./cell-bars";
import { Fan } from "./fan";
import { Rate } from "./figure-table";
import { sentenceOf } from "./sentence";
import type { Bucket, Series } from "./series";
import { seriesSheet } from "./sheet";
import { SheetTable } from "./sheet-table";
import { Sparkline } from "./sparkline";
import { Waterfall } from "./waterfall";

const money = { unit: "money", currency: "SGD" } as const;
const buckets: readonly Bucket[] = ["Sep", "Oct", "Nov"].map((name) => ({
  key: name,
  label: name,
  name: `${name} 2026`,
  partial: name === "Nov",
  href: `/metrics/won_revenue?key=${name}`,
}));
const bars: Series = {
  name: "Won revenue",
  values: [120_000_000, null, 165_000_000],
  format: money,
};
const line: Series = {
  name: "New leads",
  values: [500, 554, 365],
  format: { unit: "count", currency: "SGD" },
};
const count = (html: string, part: string): number => html.split(part).length - 1;

describe("a chart", () => {
  const html = renderToStaticMarkup(
    <BarsAndLine label={sentenceOf(bars, buckets)} buckets={buckets} bars={bars} line={line} />,
  );

  test("is a picture with a sentence", () => {
    expect(html).toContain('role="img"');
    expect(html).toContain(
      'aria-label="Won revenue rose from S$1.20\u202fM in Sep 2026 to S$1.65\u202fM so far in Nov 2026."',
    );
  });

  test("draws no bar where there is no figure, and what is not over hatched", () => {
    expect(count(html, 'fill="url(#')).toBe(1);
    // One more is the hatching itself, in two.
    expect(count(html, "<rect")).toBe(2 + 2);
  });

  test("dashes the line to what is not over", () => {
    expect(count(html, 'data-dashed=""')).toBe(1);
  });

  test("has one stop for the keyboard, which opens the last point's records", () => {
    expect(count(html, "<a ")).toBe(1);
    expect(html).toContain('href="/metrics/won_revenue?key=Nov"');
  });

  test("without any figure is its axis and its sentence", () => {
    const none = { ...bars, values: [null, null, null] };
    const empty = renderToStaticMarkup(
      <BarsAndLine label={sentenceOf(none, buckets)} buckets={buckets} bars={none} />,
    );
    expect(empty).toContain("Won revenue has no figures in this range.");
    expect(empty).not.toContain("NaN");
  });
});

test("the table beside a chart has the same numbers in full, and opens the same records", () => {
  const html = renderToStaticMarkup(
    <SheetTable sheet={seriesSheet(buckets, [bars, line])} label="Won revenue and new leads" />,
  );
  for (const text of ["S$1,200,000", "S$1,650,000", ">554<", ">–<", "Nov 2026, so far"])
    expect(html).toContain(text);
  expect(count(html, 'scope="row"')).toBe(3);
  expect(html).toContain('href="/metrics/won_revenue?key=Sep"');
});

test("a fan without a future, and one without a past, are drawn", () => {
  const past = [{ key: "a", name: "1 Oct", actual: 5_000, ahead: null }];
  const future = [
    { key: "b", name: "2 Oct", actual: null, ahead: { p10: 4_000, p50: 5_000, p90: 7_000 } },
  ];
  for (const days of [past, future, [...past, ...future], []]) {
    const html = renderToStaticMarkup(
      <Fan label="Where it ends" days={days} marks={[]} target={9_000} format={money} />,
    );
    expect(html).toContain('aria-label="Where it ends"');
    expect(html).not.toContain("NaN");
  }
});

test("a waterfall says each step", () => {
  const html = renderToStaticMarkup(
    <Waterfall
      label="What changed"
      format={money}
      steps={[
        { key: "a", name: "Open 1 Oct", value: 68_000_000, kind: "end" },
        { key: "b", name: "Lost", value: -8_000_000, kind: "change" },
        { key: "c", name: "Open 20 Nov", value: 60_000_000, kind: "end" },
      ]}
    />,
  );
  for (const text of ["S$680\u202fk", "−S$80.0\u202fk", "Open 20 Nov"])
    expect(html).toContain(text);
});

test("a line of one point, or of none, is drawn without a mistake", () => {
  const point = { key: "a", value: 5, partial: true };
  for (const points of [[], [point], [point, { ...point, value: null }]])
    expect(renderToStaticMarkup(<Sparkline points={points} label="x" />)).not.toContain("NaN");
});

test("bars in cells say their values, and a missing target is no tick", () => {
  const label = barWords.bullet("Partners", "S$29.4k", null, null);
  const html = renderToStaticMarkup(
    <BulletBar value={294} target={null} pace={null} most={637} label={label} />,
  );
  expect(html).toContain('aria-label="Partners: S$29.4k, no target"');
  expect(html).not.toContain("<line");
  const none = barWords.rate("Partners", "–", null);
  expect(
    renderToStaticMarkup(<IntervalDot rate={null} low={0} high={0} overall={0.3} label={none} />),
  ).toContain("Partners: no rate");
});

test("a rate of few has its interval, one of many has not", () => {
  const few = renderToStaticMarkup(<Rate cell={{ value: 0.35, n: 20, hits: 7 }} />);
  expect(few).toContain("35\u202f%");
  expect(few).toContain("95\u202f% interval 18\u202f% to 57\u202f%");
  expect(renderToStaticMarkup(<Rate cell={{ value: 0.35, n: 200, hits: 70 }} />)).not.toContain(
    "interval",
  );
});
