import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { insertLinkOf } from "../fixtures/link-of";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// A host makes a link of their own, sees what guests will find before it is saved, and hands it out.

// A page with a preview does a good deal before it is there; on a busy machine that takes its time.
const SLOW = { timeout: 30_000 };
// Journeys of one run share a server and may repeat on one that is kept.
const run = randomUUID().slice(0, 8);

/** The editor, from the moment on in which what is typed counts. */
async function untilOpen(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible(SLOW);
  await expect(offer(page)).toBeVisible(SLOW);
}

/** Makes a link from scratch and leaves its editor open. */
async function makeLink(page: Page, name: string) {
  await enter(page, "host", "/links");
  const dialog = page.getByRole("dialog", { name: "New link" });
  await untilShown(() => page.getByRole("button", { name: "New link" }).click(), dialog);
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Make link" }).click();
  await page.waitForURL(/\/links\/[0-9a-f-]{36}$/);
  await untilOpen(page, name);
}

/** Opens the editor of a new link that was made beside the screen. Returns its id. */
async function openNewLink(page: Page, name: string): Promise<string> {
  const id = await insertLinkOf("host", { name });
  await enter(page, "host", `/links/${id}`);
  await untilOpen(page, name);
  return id;
}

const preview = (page: Page) => page.frameLocator("iframe[title='The guest’s page, as a preview']");
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });
const saved = (page: Page) => page.getByText("All changes saved");

/** Shown once the page's script has asked the calendar: from then on what is typed counts. */
const offer = (page: Page) => page.getByText(/\d+ days? and \d+ times? on offer/);

async function addressOf(page: Page): Promise<string> {
  const href = await page
    .getByRole("link", { name: /\/book\// })
    .first()
    .getAttribute("href");
  return new URL(href ?? "").pathname;
}

const slots = async (api: APIRequestContext, address: string) =>
  api.get(`/api/v1/booking-links/${address.split("/").at(-1)}/slots`);

test("a host makes a link, sees unsaved changes as guests will, and saves them", async ({
  page,
}) => {
  await makeLink(page, `Clinic ${run}`);
  await expect(preview(page).getByRole("heading", { name: `Clinic ${run}` })).toBeVisible();
  await expect(preview(page).getByText("60 minutes")).toBeVisible();

  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Clinic for ${run}`);
  await page.getByLabel("Buffer after").fill("10");
  await page.getByRole("button", { name: "30 min", exact: true }).click();
  await page.getByRole("radio", { name: "Confirm at once" }).click();
  await expect(page.getByText("4 unsaved changes")).toBeVisible();
  await expect(preview(page).getByRole("heading", { name: `Clinic for ${run}` })).toBeVisible();
  await expect(preview(page).getByRole("link", { name: "30 minutes" })).toBeVisible();
  await expect(offer(page)).toBeVisible(SLOW);

  const address = await addressOf(page);
  await page.getByLabel("Address", { exact: true }).fill(`clinic-${run}`);
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByLabel("What is asked").fill("Your company?");
  await expect(page.getByLabel("Name in addresses")).toHaveValue("your_company");
  await save(page).click();
  await expect(saved(page)).toBeVisible(SLOW);
  expect((await page.request.get(address)).status()).toBe(404);
  await page.goto(`/book/clinic-${run}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Clinic for ${run}`);
});

test("a mistake is named beside its field, and unsaved changes are not lost by a click", async ({
  page,
}) => {
  await openNewLink(page, `Guarded ${run}`);
  await page.getByLabel("Seats", { exact: true }).fill("0");
  await page.getByLabel("Lead guests on to").fill("javascript:alert(1)");
  await expect(page.getByText("A whole address that begins with https://")).toBeVisible();
  await save(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "2 settings need a look" })).toBeVisible();
  await expect(page.getByText("2 unsaved changes")).toBeVisible();

  await page.getByRole("link", { name: "Meetings" }).first().click();
  const question = page.getByRole("dialog", { name: "Leave with unsaved changes?" });
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByText("2 unsaved changes")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(saved(page)).toBeVisible(SLOW);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 unsaved changes")).toBeVisible();
});

test("of two people who save, the second decides what both changed", async ({ page, browser }) => {
  const id = await openNewLink(page, `Two ${run}`);
  const context = await browser.newContext();
  const other = await context.newPage();
  await enter(other, "manager", `/links/${id}`);
  await expect(offer(other)).toBeVisible(SLOW);
  await other.getByRole("textbox", { name: "Name", exact: true }).fill(`Theirs ${run}`);
  await other.getByLabel("Buffer before").fill("15");
  await expect(other.getByText("2 unsaved changes")).toBeVisible();
  await save(other).click();
  await expect(saved(other)).toBeVisible(SLOW);
  await context.close();

  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Mine ${run}`);
  await save(page).click();
  const clash = page.getByRole("alert").filter({ hasText: "Somebody saved this link meanwhile" });
  await expect(clash).toBeVisible();
  await expect(page.getByLabel("Buffer before")).toHaveValue("15");
  await clash.getByRole("radio", { name: /^Theirs/ }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(
    `Theirs ${run}`,
  );
  await clash.getByRole("radio", { name: /^Mine/ }).click();
  await save(page).click();
  await expect(saved(page)).toBeVisible(SLOW);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Mine ${run}`);
});

test("questions are put in order by the keyboard alone", async ({ page }) => {
  await openNewLink(page, `Ordered ${run}`);
  for (const label of ["First", "Second", "Third"]) {
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.getByLabel("What is asked").fill(label);
    await page.getByRole("button", { name: "Done" }).click();
  }
  const grip = page.getByRole("button", { name: /^Move “Third”/ });
  await grip.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByText("“Third” is now number 1 of 3")).toBeAttached();
  await expect(grip).toBeFocused();
  await expect(page.getByRole("button", { name: /^Edit “/ })).toHaveText([
    "Third",
    "First",
    "Second",
  ]);
});

test("a new address kills the old one, a one-off is taken back, an archived link is closed", async ({
  page,
}) => {
  const id = await openNewLink(page, `Shared ${run}`);
  const old = await addressOf(page);
  expect((await slots(page.request, old)).status()).toBe(200);
  const item = page.getByRole("menuitem", { name: "New address" });
  const more = page.getByRole("button", { name: "More about this link" });
  await untilShown(() => more.click(), item);
  await item.click();
  await page.getByRole("button", { name: "Make new address" }).click();
  await expect(page.getByText("The link has a new address.")).toBeVisible();
  expect((await slots(page.request, old)).status()).toBe(404);
  const address = await addressOf(page);
  expect((await slots(page.request, address)).status()).toBe(200);

  await page.getByRole("link", { name: "Share", exact: true }).click();
  await expect(page.getByRole("img", { name: /^QR code of/ })).toBeVisible();
  await page.getByLabel("E-mail").fill("mika@example.org");
  await expect(page.getByLabel("The address", { exact: true })).toContainText(
    "email=mika%40example.org",
  );
  await page.getByLabel("Who is it for").fill("Mika");
  await page.getByRole("button", { name: "Make one-off link" }).click();
  const takeBack = page.getByRole("button", { name: "Take back the link for Mika" });
  await expect(takeBack).toBeVisible(SLOW);
  await takeBack.click();
  await expect(page.getByText("Taken back", { exact: true })).toBeVisible(SLOW);

  await page.goto(`/links/${id}`);
  const archive = page.getByRole("menuitem", { name: "Archive" });
  await untilShown(() => more.click(), archive);
  await archive.click();
  await page.getByRole("button", { name: "Archive link" }).click();
  await expect(page.getByText("This link is archived")).toBeVisible(SLOW);
  expect((await slots(page.request, address)).status()).not.toBe(200);
});

test("a manager sees everybody's links, and to a sales person there are none", async ({ page }) => {
  await enter(page, "manager", "/links");
  await expect(page.getByText(/of everybody/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Meet the team" })).toBeVisible();
  await page.context().clearCookies();
  await enter(page, "sales", "/links");
  await expect(page.getByRole("heading", { name: "Links" })).toHaveCount(0);
});

for (const [colorScheme, width] of [
  ["light", 1366],
  ["dark", 375],
] as const)
  test(`no page of links has a finding, ${colorScheme}, ${width} px`, async ({ browser }) => {
    const viewport = { width, height: width === 375 ? 812 : 900 };
    const context = await browser.newContext({ colorScheme, viewport });
    const page = await context.newPage();
    await enter(page, "host", "/links");
    await expectClean(page, "links");
    await page.getByRole("link", { name: "Product conversation", exact: true }).click();
    await expect(offer(page)).toBeVisible(SLOW);
    await expectClean(page, "editor");
    const editor = page.url();
    for (const name of ["share", "statistics"]) {
      await page.goto(`${editor}/${name}`);
      await expectClean(page, name);
    }
    await context.close();
  });
