import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { makePipeline, moveElsewhere, stateOf } from "../fixtures/pipeline";
import { enter } from "../fixtures/session";

const column = (page: Page, name: string): Locator => page.getByRole("region", { name });
const cardIn = (page: Page, name: string, title: string): Locator =>
  column(page, name).getByRole("link", { name: title });
const said = (page: Page, words: string | RegExp) =>
  expect(page.getByRole("status").filter({ hasText: words }).first()).toBeAttached();

async function dragTo(page: Page, card: Locator, target: Locator): Promise<void> {
  const from = await card.boundingBox();
  if (from === null) throw new Error("the card is not shown");
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 3 });
  // The zones are there only while something is carried.
  await expect(target).toBeVisible();
  const to = await target.boundingBox();
  if (to === null) throw new Error("there is nowhere to put it");
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 6 });
  await expect(target).toHaveAttribute("data-over", "true");
  await page.mouse.up();
}

test("a deal is moved, taken back, opened and closed by keys alone", async ({ page }) => {
  const { href, deals } = await makePipeline(["Arden Mills", "Baltic Print", "Castell Tea"]);
  await enter(page, "manager", href);
  await expect(cardIn(page, "First talk", "Arden Mills")).toBeVisible();
  await expect(column(page, "First talk")).toContainText("20 %");

  // The page listens once it is alive.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(cardIn(page, "First talk", "Arden Mills")).toBeFocused({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press("ArrowDown");
  await expect(cardIn(page, "First talk", "Baltic Print")).toBeFocused();
  await page.keyboard.press("Space");
  await said(page, /Baltic Print lifted from First talk, 2 of 3/);
  await page.keyboard.press("Escape");
  await said(page, "Baltic Print stays in First talk");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await said(page, "Baltic Print, Offer made, 1 of 1");
  await page.keyboard.press("Space");
  await expect(cardIn(page, "Offer made", "Baltic Print")).toBeFocused();
  await said(page, "Moved ‘Baltic Print’ to Offer made");
  expect(await stateOf(deals[1] ?? "")).toMatchObject({ stage: "Offer made" });

  await page.keyboard.press("Control+z");
  await expect(cardIn(page, "First talk", "Baltic Print")).toBeVisible();
  await expect(cardIn(page, "Offer made", "Baltic Print")).toHaveCount(0);
  expect(await stateOf(deals[1] ?? "")).toMatchObject({ stage: "First talk" });

  await cardIn(page, "First talk", "Castell Tea").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`deal=${deals[2]}`));
  await expect(page.getByRole("heading", { name: "Castell Tea" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/deal=/);
});

test("a deal that is dragged to Lost asks why, and what somebody else moved meanwhile is put back with words", async ({
  page,
}) => {
  const { href, deals, stages } = await makePipeline(["Delima Foods", "Ember Rail"]);
  await enter(page, "manager", href);
  const lost = page.locator('[data-zone="lost"]');
  await expect(cardIn(page, "First talk", "Delima Foods")).toBeVisible();
  await expect(async () => {
    await dragTo(page, cardIn(page, "First talk", "Delima Foods"), lost);
    await expect(page.getByRole("dialog", { name: /Why was ‘Delima Foods’ lost/ })).toBeVisible();
  }).toPass({ timeout: 30_000 });
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(dialog).toContainText("Choose why it was lost.");
  await expectClean(page, "the question why a deal was lost");
  await dialog.getByLabel("Reason").selectOption("Price");
  await dialog.getByLabel("Competitor").fill("Umbra");
  await dialog.getByRole("button", { name: "Mark as lost" }).click();
  await expect(cardIn(page, "First talk", "Delima Foods")).toHaveCount(0);
  await said(page, "Lost ‘Delima Foods’");
  expect(await stateOf(deals[0] ?? "")).toMatchObject({
    status: "lost",
    reason: "Price",
    competitor: "Umbra",
  });

  await moveElsewhere(deals[1] ?? "", stages.second);
  await dragTo(page, cardIn(page, "First talk", "Ember Rail"), page.locator('[data-zone="won"]'));
  const refusal = page.getByRole("alert").filter({ hasText: "Ember Rail" });
  await expect(refusal).toContainText("First talk");
  await expect(refusal).toContainText("Offer made");
  // And then it is shown where it is by now.
  await expect(cardIn(page, "Offer made", "Ember Rail")).toBeVisible();
  expect(await stateOf(deals[1] ?? "")).toMatchObject({ status: "open" });
});

test("a month is promised on the forecast board, and a deal is made in a column", async ({
  page,
}) => {
  const { href, deals } = await makePipeline(["Fenwood Solar"]);
  await enter(page, "manager", `${href}&view=forecast`);
  const undated = column(page, "No close date");
  await expect(page.getByRole("link", { name: /Fenwood Solar/ })).toBeVisible();
  const link = page.getByRole("link", { name: /Fenwood Solar/ });
  await expect(async () => {
    await page.getByRole("button", { name: "Move Fenwood Solar to…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("dialog").getByRole("button", { name: "No close date" }).click();
  await expect(undated.getByRole("link", { name: /Fenwood Solar/ })).toBeAttached();
  await expect.poll(async () => (await stateOf(deals[0] ?? "")).close).toBeNull();
  await expect(link).toHaveCount(1);

  await page.goto(href);
  await expect(async () => {
    await page.getByRole("button", { name: "New deal in Offer made" }).click();
    await expect(page.getByLabel("Company or deal")).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.type("Garuda Optics");
  await page.keyboard.press("Tab");
  await page.keyboard.type("12.5k");
  await page.keyboard.press("Enter");
  await expect(cardIn(page, "Offer made", "Garuda Optics")).toContainText("12.5");
  await expect(page.getByLabel("Company or deal")).toBeFocused();
});

test("the boards are clean in the light and in the dark, and fit a phone", async ({ page }) => {
  const { href } = await makePipeline(["Hanami Glass", "Isen Ports"]);
  await enter(page, "manager", href);
  await expect(cardIn(page, "First talk", "Hanami Glass")).toBeVisible();
  await expectCleanInBoth(page, "the board");
  await page.goto(`${href}&view=forecast`);
  await expect(page.getByRole("link", { name: /Hanami Glass/ })).toBeVisible();
  await expectCleanInBoth(page, "the forecast board");

  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(href);
  await expect(cardIn(page, "First talk", "Hanami Glass")).toBeVisible();
  await expectCleanInBoth(page, "the board on a phone");
  await expect(async () => {
    await page.getByRole("button", { name: "Move Hanami Glass to…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("dialog").getByRole("button", { name: "Offer made" }).click();
  await page.getByRole("button", { name: /^Offer made/ }).click();
  await expect(cardIn(page, "Offer made", "Hanami Glass")).toBeVisible();
});
