import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectCleanInBoth } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { makePipeline } from "../fixtures/pipeline";
import { enter } from "../fixtures/session";

type Seller = "manager" | "sales";

/** Deals of a journey's own, with a tag nobody else uses. */
async function makeDeals(names: readonly string[], owner: Seller) {
  const tag = `journey ${randomUUID().slice(0, 8)}`;
  const { deals } = await makePipeline(names);
  await withDatabase((db) =>
    db.query(
      `UPDATE lead SET tags = ARRAY[$2], owner_id = (SELECT id FROM app_user WHERE email = $3), version = version + 1
        WHERE id = ANY($1)`,
      [deals, tag, `${owner}@meridian.example`],
    ),
  );
  return { tag, deals, href: `/leads?${new URLSearchParams({ tag })}` };
}

const nameOf = (seller: Seller): Promise<string> =>
  withDatabase(async (db) => {
    const email = `${seller}@meridian.example`;
    const { rows } = await db.query<{ name: string }>(
      "SELECT name FROM app_user WHERE email = $1",
      [email],
    );
    return rows[0]?.name ?? "";
  });

const ownersOf = (deals: readonly string[]): Promise<readonly string[]> =>
  withDatabase(async (db) => {
    const { rows } = await db.query<{ email: string }>(
      `SELECT DISTINCT split_part(u.email, '@', 1) AS email FROM lead l
         JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id WHERE l.id = ANY($1)`,
      [deals],
    );
    return rows.map(({ email }) => email);
  });

const rows = (page: Page) => page.locator("tbody [data-lead]");

/** The page listens once it is alive. */
const onceAlive = (work: () => Promise<void>) => expect(work).toPass({ timeout: 30_000 });

async function filterByTag(page: Page, tag: string): Promise<void> {
  await onceAlive(async () => {
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await expect(page.getByLabel("Field")).toBeVisible({ timeout: 1_000 });
  });
  await page.getByLabel("Field").selectOption({ label: "Tag" });
  await page.getByRole("combobox", { name: "Values" }).fill(tag);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show" }).click();
}

async function assignTo(page: Page, name: string, count: number): Promise<void> {
  await page.getByRole("button", { name: "Assign", exact: true }).click();
  await page.getByLabel("To", { exact: true }).selectOption({ label: name });
  await page.getByRole("button", { name: `Assign ${count}` }).click();
}

test("a manager filters deals, gives several to somebody, takes it back, gives them again, and the new owner is told", async ({
  page,
}) => {
  const { tag, deals } = await makeDeals(["Jessamy Inks", "Korvale Tea", "Lumen Rail"], "manager");
  const seller = await nameOf("sales");
  await enter(page, "manager", "/leads");
  await filterByTag(page, tag);
  await expect(rows(page)).toHaveCount(3);

  await onceAlive(async () => {
    await page.keyboard.press("j");
    await expect(rows(page).first()).toBeFocused({ timeout: 500 });
  });
  await page.keyboard.press("x");
  for (const box of (await page.locator("tbody").getByRole("checkbox").all()).slice(1))
    await box.check();
  await expect(page.getByText("3 selected")).toBeVisible();
  await assignTo(page, seller, 3);
  const told = page.getByText(`Given to ${seller}: 3 changed`);
  await expect(told).toBeVisible();
  expect(await ownersOf(deals)).toEqual(["sales"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`Taken back: Given to ${seller}`)).toBeVisible();
  expect(await ownersOf(deals)).toEqual(["manager"]);

  await page.locator("thead").getByRole("checkbox").check();
  await assignTo(page, seller, 3);
  await expect(told).toBeVisible();
  expect(await ownersOf(deals)).toEqual(["sales"]);
  await onceAlive(async () => {
    await enter(page, "sales", "/inbox");
    const notice = page.getByRole("link", { name: /^Lumen Rail .* is yours now$/ }).first();
    await expect(notice).toBeVisible({ timeout: 2_000 });
  });
});

test("a view is saved and shared, somebody else opens it, and a mistyped name is found in the palette", async ({
  page,
}) => {
  const { tag, href } = await makeDeals(["Quorvane Bakeries"], "sales");
  const view = `Fair ${tag.slice(-8)}`;
  await enter(page, "manager", href);
  await onceAlive(async () => {
    await page.getByRole("button", { name: "Views and columns" }).click();
    await expect(page.getByRole("menuitem", { name: "Save as a view" })).toBeVisible({
      timeout: 1_000,
    });
  });
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  await page.getByLabel("Name of the view").fill(view);
  await page.getByLabel("Share it with everybody who sells").check();
  await page.getByRole("button", { name: "Save view" }).click();
  const tab = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view });
  await expect(tab).toHaveAttribute("aria-current", "page");

  await enter(page, "sales", "/leads");
  await tab.click();
  await expect(tab).toHaveAttribute("aria-current", "page");
  await expect(rows(page)).toHaveCount(1);

  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search or jump to").fill("Quorvene Bakeris");
  await page.getByRole("dialog").getByText("Quorvane Bakeries").first().click();
  await expect(page.getByRole("heading", { name: "Quorvane Bakeries" })).toBeVisible();
});

test("the list and its bar are clean in the light and in the dark, and fit a phone", async ({
  page,
}) => {
  const { href } = await makeDeals(["Mistral Glass", "Norden Ports"], "manager");
  await enter(page, "manager", href);
  const box = page.locator("tbody").getByRole("checkbox").first();
  const bar = page.getByRole("region", { name: "Change what is selected" });
  const select = () =>
    onceAlive(async () => {
      await box.check();
      await expect(bar).toBeVisible({ timeout: 1_000 });
    });
  await select();
  await expectCleanInBoth(page, "the list of leads with its bar");
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(href);
  await select();
  await expectCleanInBoth(page, "the list of leads on a phone");
});
