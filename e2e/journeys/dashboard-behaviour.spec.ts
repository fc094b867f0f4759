import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { enter } from "../fixtures/session";

const PAGE = "/dashboards/executive?view=usual";
const ANSWER = /\/api\/v1\/dashboards\/executive(?:\?|$)/;

const chip = (page: Page, field: string) => page.locator(`[data-filter=${field}]`);
const tabs = (page: Page) => page.getByRole("navigation", { name: "Saved views" });
const fresh = (page: Page) => page.locator('[data-status="ready"][aria-busy=false]');

async function open(page: Page, who: string, path = PAGE): Promise<void> {
  await enter(page, who, path);
  await expect(fresh(page)).toBeVisible({ timeout: 90_000 });
}

test("filters stand in the address, are gone back and forward through, and are reached by keys", async ({
  page,
}) => {
  await open(page, "manager");
  await expect(chip(page, "range")).toContainText("This month · 1–");
  await chip(page, "team").click();
  const editor = page.getByRole("dialog");
  await editor.getByRole("checkbox").first().check();
  const asked = page.waitForRequest((request) => request.url().includes("?team="));
  await editor.getByRole("button", { name: "Show" }).click();
  await asked;
  await expect(page).toHaveURL(/team=[0-9a-f-]{36}/);
  await expect(chip(page, "team")).toHaveAttribute("data-on", "true");
  await chip(page, "compare").click();
  await page.getByRole("menuitemradio", { name: /^Nothing/ }).click();
  await expect(page).toHaveURL(/compare=none/);
  await chip(page, "range").click();
  await page.getByLabel("From", { exact: true }).fill("2026-10-05");
  await page.getByLabel("To, this day included").fill("2026-10-11");
  await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/range=2026-10-05\.\.2026-10-11/);
  await expect(chip(page, "range")).toHaveText("5–11 Oct");
  await page.goBack();
  await page.goBack();
  await expect(page).not.toHaveURL(/compare=none/);
  await expect(chip(page, "team")).toHaveAttribute("data-on", "true");
  await page.goBack();
  await expect(chip(page, "team")).toHaveText(/any of/);
  await page.goForward();
  await expect(page).toHaveURL(/team=/);
  await page.reload();
  await expect(chip(page, "team")).toHaveAttribute("data-on", "true");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).not.toHaveURL(/team=/);
  await page.keyboard.press("f");
  await page.getByRole("menuitem", { name: "Product" }).press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const again = page.waitForRequest(ANSWER);
  await page.keyboard.press("r");
  await again;
  await page.keyboard.press("e");
  await expect(page.getByRole("menuitem", { name: /Excel/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expectClean(page, "the frame of a dashboard");
});

test("a manager keeps a view, changes it, shares it, deletes it and takes that back; a seller reads it", async ({
  page,
  browser,
}) => {
  const name = `Board ${Date.now()}`;
  await open(page, "manager", `${PAGE}&range=last-month`);
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("radio", { name: /Everybody/ }).check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const tab = tabs(page).getByRole("link", { name });
  await expect(tab).toHaveAttribute("aria-current", "page");
  // Arranged otherwise, and kept.
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("menuitem", { name: "Arrange the blocks" }).click();
  await page.getByRole("checkbox", { name: "Show Sources" }).uncheck();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Which sources pay?" })).toHaveCount(0);
  await page.getByRole("button", { name: `Save changes to ‘${name}’` }).click();
  await expect(page.getByText(`‘${name}’ is changed.`)).toBeVisible();

  const context = await browser.newContext();
  const seller = await context.newPage();
  await open(seller, "sales");
  await tabs(seller).getByRole("link", { name }).click();
  await expect(seller).toHaveURL(/range=last-month/);
  await expect(seller.getByRole("region", { name: "Which sources pay?" })).toHaveCount(0);
  await expect(seller.getByRole("button", { name: "Save view" })).toHaveCount(0);
  await seller.getByRole("button", { name: `Options of ‘${name}’` }).click();
  await expect(seller.getByRole("menuitem")).toHaveText(["Open this first for me"]);
  await context.close();

  await page.getByRole("button", { name: `Options of ‘${name}’` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(tab).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tab).toBeVisible();
  await tab.click();
  await page.getByRole("button", { name: `Options of ‘${name}’` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(tab).toHaveCount(0);
});

test("the page is taken along as a file, and shown on a wall until Escape", async ({ page }) => {
  await open(page, "manager");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /Excel/ }).click();
  expect((await download).suggestedFilename()).toMatch(
    /^meridian-executive-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.xlsx$/,
  );
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("menuitem", { name: "Present", exact: true }).click();
  await expect(page.getByText("Leave with Esc")).toBeVisible();
  await expect(page.getByRole("button", { name: "Export", exact: true })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Leave with Esc")).toHaveCount(0);
  await expect(page).not.toHaveURL(/present/);
});

test("a mail is scheduled, tried and deleted", async ({ page }) => {
  await open(page, "manager");
  await page.getByRole("button", { name: /^More:/ }).click();
  await page.getByRole("menuitem", { name: "Scheduled mails" }).click();
  const dialog = page.getByRole("dialog", { name: "Scheduled mails" });
  await dialog.getByRole("button", { name: "Schedule a mail" }).click();
  const name = `Monday ${Date.now()}`;
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("combobox", { name: "To" }).click();
  await page.getByRole("listbox").getByRole("option").first().click();
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(name)).toBeVisible();
  await dialog.getByRole("button", { name: `Send ‘${name}’ to me now` }).click();
  // The figures are computed and the document is drawn before the answer.
  await expect(page.getByText("The mail is on its way to you.")).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole("button", { name: `Delete ‘${name}’` }).click();
  await expect(dialog.getByText(name)).toHaveCount(0);
});

/** What the page keeps after everything that can be let go of was, bytes. */
async function heapOf(cdp: CDPSession): Promise<number> {
  // The browser's own list of what was loaded is bounded by itself, and is not the page's.
  await cdp.send("Runtime.evaluate", { expression: "performance.clearResourceTimings()" });
  for (let round = 0; round < 4; round += 1) await cdp.send("HeapProfiler.collectGarbage");
  return (await cdp.send("Runtime.getHeapUsage")).usedSize;
}

test("an hour of refreshing every minute asks again sixty times and keeps no more than at its start", async ({
  page,
}) => {
  await page.clock.install();
  await open(page, "manager");
  await page.getByRole("button", { name: /^Automatic refresh/ }).click();
  await page.getByRole("menuitemradio", { name: "Every 1 min" }).click();
  let answers = 0;
  page.on("response", (response) => {
    if (ANSWER.test(response.url())) answers += 1;
  });
  const minute = async () => {
    const before = answers;
    // A tenth more or less is each page's own.
    await page.clock.runFor(67_000);
    await expect.poll(() => answers, { intervals: [20] }).toBeGreaterThan(before);
    await expect(fresh(page)).toBeVisible();
  };
  const cdp = await page.context().newCDPSession(page);
  // What the first rounds keep is kept once: code that is compiled, formats.
  for (let at = 0; at < 20; at += 1) await minute();
  const start = await heapOf(cdp);
  for (let at = 0; at < 60; at += 1) await minute();
  const end = await heapOf(cdp);
  expect(answers).toBeGreaterThanOrEqual(80);
  expect(end / start).toBeLessThan(1.05);
});
