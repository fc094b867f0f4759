import { expect, test } from "@playwright/test";
import { expectClean, expectNoSidewaysScroll, untilStill } from "../fixtures/axe";

/** Every guest page that can be reached by its address alone. */
const PAGES = [
  ["the booking page", "/book/demo-quick"],
  ["the booking page in Japanese", "/book/demo?locale=ja&zone=Asia/Tokyo"],
  ["a day without times", "/book/demo?day=2035-01-01"],
  ["the booking page in Arabic", "/book/demo?locale=ar&zone=Asia/Riyadh"],
  ["a round robin", "/book/demo-team"],
  ["a link that leads nowhere", "/book/no-such-link"],
  ["details without a time, in German", "/book/demo/details?locale=de"],
  ["a waiting list that is not kept, in Arabic", "/book/demo/wait?locale=ar"],
  ["a stranger's booking, in Indonesian", "/m/0123456789abcdef?locale=id"],
  ["privacy", "/privacy"],
  ["accessibility in Arabic", "/accessibility?locale=ar"],
] as const;

for (const [colorScheme, width] of [
  ["light", 375],
  ["light", 1366],
  ["dark", 375],
  ["dark", 1366],
] as const) {
  test.describe(`${colorScheme}, ${width} pixels`, () => {
    test.use({ colorScheme, viewport: { width, height: 800 } });

    for (const [name, address] of PAGES) {
      test(`${name} has no finding`, async ({ page }) => {
        await page.goto(address);
        await expectClean(page, name);
      });
    }

    test("the way from choosing to managing has no finding", async ({ page }) => {
      await page.goto("/book/demo-quick");
      await expect(page.getByText("Detected;")).toBeVisible();
      const later = { light375: 0, light1366: 1, dark375: 2, dark1366: 3 };
      const index = later[`${colorScheme}${width}`];
      await page.locator('table a[id^="day-"]').nth(index).click();
      await page.locator('input[name="start"]:not(:disabled)').last().check({ force: true });
      await expectClean(page, "a time chosen");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(/\/details\?/);
      await expectClean(page, "details");

      await page.getByRole("button", { name: "Book meeting" }).click();
      await expect(page.locator("#name-problem")).toBeVisible();
      // Chips need a script; the plain field before it takes lines.
      const field = page.locator("input#guests");
      await field.fill("jun.sato@kaminari.example");
      await field.press("Enter");
      await expect(page.getByRole("button", { name: /^Remove jun\.sato/ })).toBeVisible();
      await expectClean(page, "details, refused");

      await page.getByLabel("Name", { exact: true }).fill("Axe Reader");
      await page
        .getByLabel("E-mail", { exact: true })
        .fill(`axe+${Date.now()}-${index}@kaminari.example`);
      await page.getByRole("button", { name: "Book meeting" }).click();
      await page.waitForURL(/\/m\//);
      await expectClean(page, "done");

      await page.getByRole("link", { name: "Manage booking" }).click();
      await page.waitForURL(/manage=1/);
      await page.locator("summary", { hasText: "Cancel" }).click();
      await expectClean(page, "manage");
      await page.getByRole("button", { name: "Cancel meeting" }).click();
      await expect(page.getByRole("heading", { name: "This meeting is cancelled" })).toBeVisible();
      await expectClean(page, "cancelled");
    });
  });
}

test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });
  for (const [name, address] of PAGES) {
    test(`${name} needs no sideways scrolling`, async ({ page }) => {
      await page.goto(address);
      await untilStill(page);
      await expectNoSidewaysScroll(page, name);
    });
  }
});
