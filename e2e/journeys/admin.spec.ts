import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { bookThroughApi, call, newGuest } from "../fixtures/api";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { enter, signIn } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// The administration: what guests see of the workspace, its holidays, the log, and a guest's right to be forgotten.

const run = randomUUID().slice(0, 8);

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("settings are saved, wrong ones are marked, and what is unsaved is guarded", async ({
  page,
}) => {
  await enter(page, "admin", "/admin/workspace");
  const days = page.getByLabel("Days to keep guests’ details");
  const save = button(page, "Save changes");
  await untilShown(() => days.fill("0"), page.getByText("1 unsaved change"));
  await save.click();
  await expect(page.getByText("Write a whole number of days")).toBeVisible();
  await days.fill("30000");
  await page.getByRole("link", { name: "Holidays", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay", exact: true }).click();
  await save.click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue("30000");
  await page.goto("/admin/privacy");
  await expect(page.getByText("Nothing is older than that now.")).toBeVisible();
  await page.goto("/admin/workspace");
  await untilShown(() => days.fill(""), page.getByText("1 unsaved change"));
  await save.click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
});

test("a holiday is added, changed and removed, and a country's are taken over", async ({
  page,
}) => {
  await enter(page, "admin", "/admin/holidays?year=2051");
  const name = `Founding day ${run}`;
  await page.getByLabel("Day", { exact: true }).fill("2051-03-04");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await untilShown(
    () => button(page, "Add holiday").click(),
    page.getByText(name, { exact: true }),
  );
  await button(page, `Edit ${name}`).click();
  const edited = page.getByRole("listitem").getByLabel("Name", { exact: true });
  await edited.fill(`${name}, moved`);
  await button(page, "Save").click();
  await button(page, `Remove ${name}, moved`).click();
  await expect(page.getByText(`${name}, moved`)).toHaveCount(0);
  await page.goto("/admin/holidays?year=2052&country=JP");
  await expect(page.getByText(/\d+ public holidays/)).toBeVisible();
  const take = button(page, "Add the ticked days");
  await untilShown(async () => {
    if (await take.isVisible()) await take.click();
  }, page.getByText("In the calendar already").first());
});

test("the log is filtered, opened, exported and found to be right", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/admin/audit");
  await page.getByLabel("Action").selectOption("sign-in");
  await page.getByLabel("Person").fill("admin@meridian.example");
  await button(page, "Apply").click();
  await expect(page).toHaveURL(/action=sign-in/);
  const rows = page.getByRole("row");
  await expect(rows.nth(1)).toContainText("sign-in");
  await rows.nth(1).getByText("Details").click();
  await expect(rows.nth(1)).toContainText('"address"');
  const download = page.waitForEvent("download");
  await button(page, "Export CSV").click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv).toContain("sequence,at,actor,user_id,actor_name,action,subject,details");
  expect(
    csv
      .split("\n")
      .slice(1)
      .every((line) => line === "" || line.includes("sign-in")),
  ).toBe(true);
  await page.goto("/admin/audit?action=audit.export");
  await expect(rows.nth(1)).toContainText("audit.export");
  await untilShown(
    () => button(page, "Verify the log").click(),
    page.getByText(/entries are as they were written/),
  );
  await expectClean(page, "audit log, verified");
});

test("a figure of the report opens the rows it counts, and the workbook is a file", async ({
  page,
}) => {
  await enter(page, "manager", "/reports/meetings");
  await expectClean(page, "reports");
  const figure = page.getByRole("link", { name: /^Booked through links/ });
  const text = (await figure.textContent()) ?? "";
  const counted = Number(/links([\d,]+?)before/.exec(text)?.[1]?.replace(",", ""));
  expect(counted).toBeGreaterThan(0);
  await figure.click();
  await expect(page.getByText("Booked through a link").first()).toBeVisible();
  const listed = await page.locator("[data-row]").count();
  // Others book meanwhile; what was counted is there.
  expect(listed).toBeGreaterThanOrEqual(Math.min(counted, 50));
  await page.goBack();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Excel, all tables" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^meetings-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.xlsx$/);
});

test("a guest's data is looked up, given out and erased, and their link opens nothing", async ({
  page,
}) => {
  const guest = newGuest(`Zenobia ${run}`);
  const { manageToken } = await bookThroughApi("demo-quick", { ...guest, note: `note ${run}` });
  await enter(page, "admin", "/admin/privacy");
  const field = page.getByLabel("E-mail address of the guest");
  const held = page.getByRole("heading", { name: `Held about ${guest.email}` });
  await untilShown(async () => {
    await field.fill(guest.email.toUpperCase());
    await button(page, "Look up").click();
  }, held);
  expect(page.url()).not.toContain("kaminari");
  await expectClean(page, "privacy, a guest found");
  const download = page.waitForEvent("download");
  await button(page, "Export as JSON").click();
  const exported = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(exported).toMatchObject({ email: guest.email, meetings: [{ note: `note ${run}` }] });

  const sure = page.getByRole("dialog").getByRole("button", { name: "Erase", exact: true });
  const erase = async () => {
    await button(page, "Erase this guest’s data").click();
    await sure.click();
  };
  await page.getByRole("combobox", { name: "Why" }).click();
  await page.getByRole("option", { name: "The guest asked for it" }).click();
  await erase();
  await expect(page.getByText("This guest has meetings that are still to come.")).toBeVisible();
  await page.getByLabel("Cancel the meeting that is still to come").check();
  await erase();
  await expect(page.getByText(/Erased from 1 meeting/)).toBeVisible();
  await page.reload();
  await untilShown(
    async () => {
      await field.fill(guest.email);
      await button(page, "Look up").click();
    },
    page.getByText(`Nothing is held about ${guest.email}.`),
  );
  await expect(page.getByText(/Data of this address was erased on/)).toBeVisible();
  expect((await call("GET", `/api/v1/bookings/${manageToken}`)).status).toBe(404);
  await page.goto(`/meetings?tab=cancelled&q=${encodeURIComponent(run)}`);
  await expect(page.getByText(`Zenobia ${run}`)).toHaveCount(0);
});

for (const width of [375, 1366])
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 } });

    test("no page of the administration has a finding", async ({ page }) => {
      await enter(page, "admin", "/inbox");
      for (const address of [
        "/admin/workspace",
        "/admin/holidays?year=2053&country=DE&region=BE",
        "/admin/audit",
        "/admin/audit?action=nothing-of-this",
        "/admin/privacy",
      ]) {
        await page.goto(address);
        await expectCleanInBoth(page, address);
      }
    });
  });
