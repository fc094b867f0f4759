import { expect, test } from "@playwright/test";
import { expectCleanInBoth, expectNoSidewaysScroll, untilStill } from "../fixtures/axe";

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

for (const width of [375, 1366]) {
  test.describe(`${width} pixels wide, in both schemes`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("no page that is reached by its address alone has a finding", async ({ page }) => {
      for (const [name, address] of PAGES) {
        await page.goto(address);
        await expectCleanInBoth(page, name);
      }
    });

    test("the way from choosing to managing has no finding", async ({ page }) => {
      await page.goto("/book/demo-quick");
      await expect(page.getByText("Detected;")).toBeVisible();
      await page
        .locator('table a[id^="day-"]')
        .nth(width === 375 ? 0 : 1)
        .click();
      await page.locator('input[name="start"]:not(:disabled)').last().check({ force: true });
      await expectCleanInBoth(page, "a time chosen");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(/\/details\?/);
      await expectCleanInBoth(page, "details");

      await page.getByRole("button", { name: "Book meeting" }).click();
      await expect(page.locator("#name-problem")).toBeVisible();
      // Chips need a script; the plain field before it takes lines.
      const field = page.locator("input#guests");
      await field.fill("jun.sato@kaminari.example");
      await field.press("Enter");
      await expect(page.getByRole("button", { name: /^Remove jun\.sato/ })).toBeVisible();
      await expectCleanInBoth(page, "details, refused");

      await page.getByLabel("Name", { exact: true }).fill("Axe Reader");
      await page
        .getByLabel("E-mail", { exact: true })
        .fill(`axe+${Date.now()}-${width}@kaminari.example`);
      await page.getByRole("button", { name: "Book meeting" }).click();
      await page.waitForURL(/\/m\//);
      await expectCleanInBoth(page, "done");

      await page.getByRole("link", { name: "Manage booking" }).click();
      await page.waitForURL(/manage=1/);
      await page.locator("summary", { hasText: "Cancel" }).click();
      await expectCleanInBoth(page, "manage");
      await page.getByRole("button", { name: "Cancel meeting" }).click();
      await expect(page.getByRole("heading", { name: "This meeting is cancelled" })).toBeVisible();
      await expectCleanInBoth(page, "cancelled");
    });
  });
}

test.describe("320 pixels wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("no page needs sideways scrolling", async ({ page }) => {
    for (const [name, address] of PAGES) {
      await page.goto(address);
      await untilStill(page);
      await expectNoSidewaysScroll(page, name);
    }
  });
});
