import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { enter } from "../fixtures/session";

const expect = expectSoon.configure({ timeout: 30_000 });

const PHONE = { width: 375, height: 812 };
const run = promisify(execFile);

/** The operator's command, on the database of the server under test. */
async function operator<Answer>(...args: string[]): Promise<Answer> {
  const { stdout } = await run(process.execPath, ["bin/meridian.mjs", ...args, "--json"], {
    env: { ...process.env, MERIDIAN_DATA_DIR: process.env.MERIDIAN_E2E_DATA_DIR },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 110_000,
  });
  return JSON.parse(stdout) as Answer;
}

type Told = { team: string | null; kept: string; accuracy: { horizonDays: number; n: number }[] };

test("a manager reads where the quarter ends, how good such forecasts were, and on what the score stands", async ({
  page,
  browser,
}) => {
  await operator("forecast", "run");
  const again = await operator<Told[]>("forecast", "backtest");
  const all = again.find(({ team }) => team === null);
  expect(all?.kept).toBe("same");
  expect(all?.accuracy.find(({ horizonDays }) => horizonDays === 30)?.n).toBeGreaterThan(0);
  const score = await operator<{ accepted: boolean; closed: number }>("score", "train");
  expect(score.closed).toBeGreaterThan(0);

  await enter(page, "manager", "/dashboards/forecast");
  await expect(page.getByRole("heading", { name: "Forecast", level: 1 })).toBeVisible();
  const where = page.getByRole("region", { name: "Where will it end?" });
  await expect(where.getByText("8 of 10 cases", { exact: true })).toBeVisible();
  const backtest = page.getByRole("table", { name: "How good were forecasts?" });
  await expect(backtest.getByRole("row", { name: /^30 days/ })).toBeVisible();
  await expectClean(page, "the forecast");
  await page.getByLabel("Until", { exact: true }).selectOption("90");
  await expect(page).toHaveURL(/until=90/);
  await expect(where).toBeVisible();

  await page.getByRole("link", { name: "The lead score" }).click();
  await expect(page.getByRole("heading", { name: "Lead score", level: 1 })).toBeVisible();
  const verdict = score.accepted ? "Scores are used" : "Not enough evidence";
  await expect(page.getByText(verdict, { exact: true })).toBeVisible();
  await expect(page.getByText("Lost reason", { exact: true })).toBeVisible();
  await expectClean(page, "the lead score");
  await page.setViewportSize(PHONE);
  await expectClean(page, "the lead score on a phone");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);

  const context = await browser.newContext({ viewport: PHONE });
  const phone = await context.newPage();
  await enter(phone, "sales", "/dashboards/forecast");
  await expect(phone.getByRole("heading", { name: "Forecast", level: 1 })).toBeVisible();
  // Whoever sees one team is offered no others.
  await expect(phone.getByRole("option", { name: "All teams" })).toHaveCount(0);
  await expectClean(phone, "the forecast on a phone");
  await context.close();
});
