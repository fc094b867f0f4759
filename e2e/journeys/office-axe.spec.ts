import { expect, test } from "@playwright/test";
import { expectCleanInBoth } from "../fixtures/axe";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// Every office page, in both schemes and two widths, without a finding.

const ADDRESSES = [
  "/",
  "/meetings",
  "/meetings?tab=waiting",
  "/meetings?tab=past",
  "/meetings?tab=cancelled&q=nothing+has+this",
  "/meetings?view=week&zone2=Europe/Oslo",
  "/meetings?view=day&hours=all",
  "/meetings?view=month",
  "/meetings?view=people",
  "/inbox",
  "/inbox?tab=all",
  "/mailbox",
  "/no/such/page",
];

for (const width of [375, 1366])
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: width === 375 ? 812 : 900 } });

    test("the sign-in page has no finding, also with a refusal on it", async ({ page }) => {
      await page.goto("/");
      await expectCleanInBoth(page, "sign-in");
      await page.getByLabel("E-mail").fill(`axe-${width}@meridian.example`);
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert").filter({ hasText: "do not match" })).toBeVisible();
      await expectCleanInBoth(page, "sign-in, refused");
    });

    test("no page of the office has a finding", async ({ page }) => {
      await enter(page, "host", "/inbox");
      for (const address of ADDRESSES) {
        await page.goto(address);
        await expectCleanInBoth(page, address);
      }
    });

    test("no meeting, in a panel, on its page or in a dialog, has a finding", async ({ page }) => {
      // One that waits for an answer has every button there is.
      await enter(page, "host", "/meetings?tab=waiting");
      await page.locator("[data-row]").first().click();
      await expect(page.getByRole("complementary", { name: "Open meeting" })).toBeVisible();
      await expectCleanInBoth(page, "panel");
      await page.getByRole("link", { name: "Open as page" }).click();
      await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("complementary", { name: "Open meeting" })).toHaveCount(0);
      await expectCleanInBoth(page, "meeting");
      if (width === 375) {
        await untilShown(
          () => page.getByRole("tab", { name: "Timeline" }).click(),
          page.getByRole("tab", { name: "Timeline", selected: true }),
        );
        await expectCleanInBoth(page, "timeline");
      }
      const harm = page.getByRole("button", { name: /^(Decline|Cancel meeting)$/ }).first();
      await untilShown(() => harm.click(), page.getByRole("dialog"));
      await expectCleanInBoth(page, "dialog");
    });

    test("the palette, the shortcuts and the menus have no finding", async ({ page }) => {
      await enter(page, "host", "/");
      const palette = page.getByPlaceholder("Search or jump to");
      await untilShown(() => page.keyboard.press("Control+k"), palette);
      await expectCleanInBoth(page, "palette");
      await page.keyboard.press("Escape");
      await expect(palette).toHaveCount(0);
      await untilShown(() => page.keyboard.press("?"), page.getByRole("dialog"));
      await expectCleanInBoth(page, "shortcuts");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      const person = width === 375 ? "More" : /zone, colours, sign out$/;
      await untilShown(
        () => page.getByRole("button", { name: person }).click(),
        page.getByText("Sign out", { exact: true }),
      );
      await expectCleanInBoth(page, "person");
    });
  });
