import type { Locator, Page } from "@playwright/test";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { enter } from "../fixtures/session";

const expect = expectSoon.configure({ timeout: 30_000 });

const PHONE = { width: 375, height: 667 };
const big = (page: Page): Locator => page.locator("[data-figure]");
const proof = (page: Page): Locator => page.locator("[data-proof]");
const rows = (page: Page): Locator => page.locator("[data-record]");

/** "47 records listed = 47 counted": both numbers, found equal by the page itself. */
async function counted(page: Page): Promise<number> {
  await expect(proof(page)).toHaveAttribute("data-proof", "equal");
  const [listed, count] = ((await proof(page).textContent()) ?? "").match(/[\d,]+/g) ?? [];
  expect(listed).toBe(count);
  return Number(listed?.replaceAll(",", ""));
}

/** What a file says of itself, and how many records follow. */
function read(csv: string) {
  const lines = csv
    .replace(/^\ufeff/, "")
    .trim()
    .split(/\r?\n/);
  const head = lines.findIndex((line) => line.startsWith("Counted at,"));
  const about = new Map(
    lines.slice(0, head).map((line) => [line.split(",")[0], line.split(",")[1]]),
  );
  return { about, records: lines.slice(head + 1) };
}

test("a card opens its records, a team's among them, a deal, and a file that says the same", async ({
  page,
}) => {
  await enter(page, "manager", "/dashboards/executive?range=last-90");
  const card = page.locator('[data-metric="won_revenue"]');
  const value = (await card.locator("p[title]").first().getAttribute("title")) ?? "";
  await card.getByRole("link", { name: "Won revenue", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Won revenue" })).toBeVisible();
  await expect(big(page)).toHaveText(value);
  const all = await counted(page);
  await expect(rows(page)).toHaveCount(Math.min(200, all));
  const file = await page.request.get(
    `/api/v1/metrics/won_revenue/export?range=last-90&format=csv`,
  );
  expect(file.status()).toBe(200);
  const { about, records } = read(await file.text());
  expect(records).toHaveLength(all);
  expect(about.get("Records")).toBe(String(all));
  expect(Number(about.get("Value"))).toBe(Number(value.replace(/[^\d.]/g, "")));
  const whole = page.url();
  await page.getByRole("link", { name: /^By team/ }).click();
  const table = page.getByRole("table", { name: "Won revenue by team" });
  await expect(table.getByRole("row").last()).toContainText(String(all));
  await table.getByRole("link", { name: "Japan" }).click();
  await expect(page).toHaveURL(/team=/);
  const some = await counted(page);
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await expect(page.getByRole("cell", { name: "Japan" })).toHaveCount(Math.min(200, some));
  const deal = rows(page).first();
  const name = (await deal.textContent()) ?? "";
  await deal.click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.goBack();
  await expect(proof(page)).toBeVisible();
  await page.goto(whole);
  await page.getByRole("link", { name: "From Executive" }).click();
  await expect(page).toHaveURL(/\/dashboards\/executive\?range=last-90/);
});

test("more records are fetched, what is in a share is marked, and the page is clean and fits a phone", async ({
  page,
}) => {
  await enter(page, "manager", "/metrics/closed_win_rate?range=last-365");
  const all = await counted(page);
  expect(all).toBeGreaterThan(400);
  await page.getByRole("button", { name: /^Show 200 more/ }).click();
  await expect(rows(page)).toHaveCount(400);
  await expect(page.getByRole("columnheader", { name: "In the share" })).toBeVisible();
  // The same page with fewer rows: every rule looks at every one of them.
  await page.goto("/metrics/closed_win_rate?range=last-7");
  await expect(proof(page)).toBeVisible();
  await expectCleanInBoth(page, "a figure");
  await page.setViewportSize(PHONE);
  await expectClean(page, "a figure on a phone");
  expect((await page.goto("/metrics/no_such_figure"))?.status()).toBe(404);
});

test("the dictionary is searched, linked to and clean; who sells sees their own team and takes their own deals along", async ({
  page,
}) => {
  await enter(page, "sales", "/metrics");
  await page.getByRole("searchbox", { name: "Find a figure" }).fill("median cycle");
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByRole("link", { name: "Open Sales cycle, median" }).click();
  await expect(page.getByText(/^Team Indonesia ·/)).toBeVisible();
  const file = await page.request.get("/api/v1/metrics/won_count/export?range=last-365&format=csv");
  const { about, records } = read(await file.text());
  expect(about.get("Scope")).toBe("own deals");
  expect(records.length).toBeGreaterThan(0);
  expect(records.every((line) => line.includes(",Arif Wijaya,"))).toBe(true);
  await page.goto("/metrics");
  await expectCleanInBoth(page, "the dictionary");
  await page.setViewportSize(PHONE);
  await expectClean(page, "the dictionary on a phone");
});
