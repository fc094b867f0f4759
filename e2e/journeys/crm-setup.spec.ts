import type { Page } from "@playwright/test";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

const expect = expectSoon.configure({ timeout: 30_000 });

const PHONE = { width: 375, height: 812 };

const namesIn = (page: Page, list: string) =>
  page.getByRole("list", { name: list }).locator("> li b").allTextContents();

test("a stage is added, takes its place by the buttons, stands on the board, and goes when its deals have a place", async ({
  page,
}) => {
  const name = `Trial ${Date.now() % 100_000}`;
  await enter(page, "manager", "/admin/crm/pipelines");
  await expect(page.getByRole("heading", { name: "Pipelines", level: 1 })).toBeVisible();
  const sales = page.getByRole("region", { name: "Sales", exact: true });
  await untilShown(
    () => sales.getByRole("button", { name: "Add stage" }).click(),
    sales.getByLabel("Name of the stage"),
  );
  await sales.getByLabel("Name of the stage").fill("Qualified");
  await sales.getByLabel("Probability").fill("40");
  await sales.getByLabel("Rots after days").fill("7");
  await sales.getByRole("button", { name: "Add stage" }).click();
  await expect(sales.getByText("There is one of this name already.")).toBeVisible();
  await sales.getByLabel("Name of the stage").fill(name);
  await sales.getByRole("button", { name: "Add stage" }).click();
  const list = "Open stages of Sales";
  await expect(page.getByRole("list", { name: list }).getByText(name)).toBeVisible();
  expect((await namesIn(page, list)).at(-1)).toBe(name);
  await page.getByRole("button", { name: `Move ${name} up` }).click();
  await expect.poll(async () => (await namesIn(page, list)).at(-2)).toBe(name);
  await expectClean(page, "pipelines");
  await page.goto("/pipeline");
  await expect(
    page.getByRole("main").getByText(name).filter({ visible: true }).first(),
  ).toBeVisible();
  await page.setViewportSize(PHONE);
  await page.goto("/admin/crm/pipelines");
  // A deal stands in it now: it has to go somewhere first.
  await withDatabase((db) =>
    db.query(
      `UPDATE lead SET stage_id = s.id, stage_entered_at = now(), version = lead.version + 1, updated_at = now() FROM stage s
        WHERE s.name = $1 AND lead.id = (SELECT l.id FROM lead l WHERE l.workspace_id = s.workspace_id AND l.pipeline_id = s.pipeline_id
          AND l.status = 'open' AND l.deleted_at IS NULL ORDER BY l.number LIMIT 1)`,
      [name],
    ),
  );
  await page.reload();
  await page.getByRole("button", { name: `Archive ${name}` }).click();
  await expectClean(page, "a stage is put away on a phone");
  await page.getByRole("button", { name: "Move the deal and archive" }).click();
  await expect(page.getByRole("list", { name: list }).getByText(name)).toBeHidden();
  await page
    .getByText(/^\d+ archived$/)
    .first()
    .click();
  await expect(page.getByRole("button", { name: `Bring back ${name}` })).toBeVisible();
});

test("targets are typed and pasted like in a spreadsheet, taken back, and read by who sells", async ({
  page,
  browser,
}) => {
  await withDatabase((db) => db.query("DELETE FROM target WHERE month >= '2031-01-01'"));
  await enter(page, "manager", "/targets?year=2031");
  const grid = page.getByRole("grid", { name: "Targets of 2031, Amount" });
  const cells = grid.locator("[data-cell]");
  await untilShown(() => cells.first().dblclick(), cells.first().getByRole("textbox"));
  await page.keyboard.press("Escape");
  await expect(cells.first()).toBeFocused();
  await page.keyboard.type("50k");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The target was saved.")).toBeVisible();
  await expect(cells.first()).toContainText("50,000");
  // Enter went one down, arrows go on from there.
  await expect(cells.nth(12)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(cells.nth(13)).toBeFocused();
  await page.keyboard.type("soon");
  await page.keyboard.press("Enter");
  await expect(page.getByText("“soon” is no amount.")).toBeVisible();
  await page.keyboard.press("Escape");
  await cells.nth(13).evaluate((cell) => {
    const data = new DataTransfer();
    data.setData("text/plain", "10000\t20000\n30000\t");
    cell.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByText("3 targets were saved.")).toBeVisible();
  await expect(cells.nth(25)).toContainText("30,000");
  await page.reload();
  await expect(cells.nth(14)).toContainText("20,000");
  await cells.nth(14).focus();
  await page.keyboard.press("Delete");
  await expect(page.getByText("The target was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("It is as it was before.")).toBeVisible();
  await expect(cells.nth(14)).toContainText("20,000");
  await expectClean(page, "targets");
  await page.setViewportSize(PHONE);
  await expectClean(page, "targets on a phone");
  const seller = await browser.newContext();
  const reading = await seller.newPage();
  await enter(reading, "sales", "/targets?year=2031");
  await expect(reading.getByRole("table", { name: "Targets of 2031, Amount" })).toBeVisible();
  await expect(reading.locator("[data-cell]")).toHaveCount(0);
  expect((await reading.goto("/admin/crm/pipelines"))?.status()).toBe(404);
  await seller.close();
});

test("a rate is added, pasted lines that cannot be read are named, and the set-up's other pages are clean", async ({
  page,
}) => {
  await withDatabase((db) => db.query("DELETE FROM fx_rate WHERE currency = 'SEK'"));
  await enter(page, "manager", "/admin/crm/rates");
  const adding = page.getByRole("region", { name: "Add a rate" });
  const refused = adding.getByText("Write a positive number such as 1.0835.");
  await adding.getByLabel("Currency").fill("sek");
  await adding.getByLabel("From").fill("2026-01-01");
  await adding.getByLabel(/^One unit in/).fill("nothing");
  await untilShown(() => adding.getByRole("button", { name: "Save rate" }).click(), refused);
  await adding.getByLabel(/^One unit in/).fill("0.1402");
  await adding.getByRole("button", { name: "Save rate" }).click();
  await expect(page.getByText(/^1 SEK = 0.1402 \w{3} since 2026-01-01/)).toBeVisible();
  await expect(adding.getByText("Saved. Open deals are valued anew in a moment.")).toBeVisible();
  const pasting = page.getByRole("region", { name: "Paste rates" });
  await pasting.getByLabel("One rate a line").fill("2026-02-01,SEK,0.15\n2026-02-30,SEK,0.16");
  await pasting.getByRole("button", { name: "Save rates" }).click();
  await expect(pasting.getByText("Line 2: Choose a day.")).toBeVisible();
  await pasting.getByLabel("One rate a line").fill("2026-02-01;SEK;0,15");
  await pasting.getByRole("button", { name: "Save rates" }).click();
  await expect(page.getByText(/^1 SEK = 0.15 \w{3} since 2026-02-01 \(2 rates\)/)).toBeVisible();
  await expectClean(page, "currencies");
  for (const path of ["lists", "teams", "rules", "fields"]) {
    await page.goto(`/admin/crm/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectClean(page, path);
  }
});
