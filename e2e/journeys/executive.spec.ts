import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { enter } from "../fixtures/session";

const ANSWER = "**/api/v1/dashboards/executive*";
const PAGE = "/dashboards/executive?view=usual";

const card = (page: Page, name: string): Locator =>
  page
    .getByRole("region", { name: "Key figures" })
    .getByRole("article")
    .filter({ has: page.getByRole("link", { name, exact: true }) });
const block = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });
const range = (page: Page): Locator => page.locator("[data-filter=range]");

async function choose(page: Page, preset: string): Promise<void> {
  await range(page).click();
  await page.getByRole("button", { name: preset, exact: true }).click();
}

/** Adds up how much of the page moved without anybody having touched it (Layout Instability API). */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept = window as unknown as { shifted: number };
    kept.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        hadRecentInput: boolean;
      }[]) {
        if (!entry.hadRecentInput) kept.shifted += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}
const shiftedOn = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shifted: number }).shifted);

test("a manager reads the month: nothing jumps, every part is there, a figure opens its records", async ({
  page,
}) => {
  await watchShifts(page);
  await enter(page, "manager", PAGE);
  const won = card(page, "Won");
  await expect(won.getByRole("link")).toBeVisible();
  await expect(page.getByText("All teams · Asia/Singapore")).toBeVisible();
  for (const question of [
    "Are revenue and demand moving together?",
    /^Who is on course for /,
    "Where does the open pipeline stand?",
    "Which sources pay?",
    "Which deals are past their close date?",
    "Who closed most?",
    "How are leads being worked?",
    "What do booking links bring?",
    "Do meetings win deals?",
  ]) {
    await expect(block(page, question)).toBeVisible();
  }
  await expect(page.getByText(/^Data version [\d,]+ · computed in/)).toBeVisible();
  // What people take for still is below a tenth (web.dev, CLS).
  expect(await shiftedOn(page)).toBeLessThan(0.02);
  await expectCleanInBoth(page, "the executive dashboard");

  const count = Number(((await won.locator("p").first().textContent()) ?? "").replaceAll(",", ""));
  expect(count).toBeGreaterThan(0);
  await won.getByRole("link").click();
  await expect(page).toHaveURL(/\/metrics\/won_count\?range=this-month&from=executive$/);
  await expect(page.getByText(new RegExp(`\\b${count}\\b`)).first()).toBeVisible();
});

test("the points of the trend are walked by keys, and the one stood at opens its month", async ({
  page,
}) => {
  await enter(page, "manager", PAGE);
  const trends = block(page, "Are revenue and demand moving together?");
  const points = trends.getByRole("link", { name: /^Points/ });
  await expect(points).toBeVisible();
  await points.focus();
  await page.keyboard.press("Home");
  const status = trends.locator("output");
  await expect(status).toContainText(/Won revenue .+, New leads \d/);
  const first = await status.getAttribute("data-chart-point");
  await page.keyboard.press("ArrowRight");
  await expect(status).not.toHaveAttribute("data-chart-point", first ?? "");
  const month = (await status.getAttribute("data-chart-point")) ?? "";
  expect(month).toMatch(/^\d{4}-\d{2}-01$/);
  await trends.getByRole("button", { name: "Table" }).click();
  await expect(trends.getByRole("row")).toHaveCount(13);
  await trends.getByRole("button", { name: "Chart" }).click();
  await points.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/metrics/won_revenue\\?range=${month}\\.\\.`));
});

test("an answer that comes late never takes the place of a newer one", async ({ page }) => {
  await enter(page, "manager", PAGE);
  await expect(card(page, "New leads").getByRole("link")).toBeVisible();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/api/v1/dashboards/executive?range=this-year*", async (route) => {
    await held;
    // Nobody may be waiting any more.
    await route.continue().catch(() => undefined);
  });
  const asked = page.waitForRequest(/dashboards\/executive\?range=this-year/);
  await choose(page, "This year");
  await asked;
  const answered = page.waitForResponse(/dashboards\/executive\?range=last-month/);
  await choose(page, "Last month");
  await answered;
  const note = card(page, "New leads");
  await expect(range(page)).toContainText("Last month");
  // The figures are those of last month, and no longer the dimmed ones before them.
  await expect(block(page, "Key figures")).toHaveAttribute("aria-busy", "false");
  const shown = await note.textContent();
  letGo();
  // The late one is given up or kept for its own address; two more frames would have drawn it.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
  await page.waitForLoadState("networkidle");
  expect(await note.textContent()).toBe(shown);
});

test("a block that fails says so with its reference, the others stand, and it can be asked again", async ({
  page,
}) => {
  await page.route(ANSWER, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.blocks.teams = { status: "failed", cause: "slow", reference: "7f3a20c1" };
    // An answer that lacks a block has no tag.
    const { etag: _etag, ...headers } = response.headers();
    await route.fulfill({ response, headers, json: answer });
  });
  await enter(page, "manager", PAGE);
  const teams = block(page, /^Who is on course for /);
  await expect(teams.getByRole("alert")).toContainText("Reference 7f3a20c1");
  await expect(block(page, "Who closed most?").getByRole("table")).toBeVisible();
  await expectClean(page, "a dashboard with a failed block");
  await page.unroute(ANSWER);
  await teams.getByRole("button", { name: "Retry" }).click();
  await expect(teams.getByRole("table")).toBeVisible();
});

test("somebody of sales sees their own scope on a phone, and it is said", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 667 });
  const answered = page.waitForResponse(/\/api\/v1\/dashboards\/executive/);
  await enter(page, "sales", PAGE);
  const batch = (await (await answered).json()) as { readonly scope: string };
  expect(batch.scope).not.toBe("all teams");
  await expect(card(page, "New leads").getByRole("link")).toBeVisible();
  await expect(page.getByText(new RegExp(batch.scope, "i")).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Set target" })).toHaveCount(0);
  await expectCleanInBoth(page, "the executive dashboard on a phone");
});
