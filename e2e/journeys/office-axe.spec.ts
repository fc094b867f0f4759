import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean } from "../fixtures/axe";
import { untilShown } from "../fixtures/until-shown";

// Every office page, in both schemes and two widths, without a finding.

async function signIn(page: Page) {
  await page.goto("/");
  await page.getByLabel("E-mail").fill("host@meridian.example");
  await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toBeVisible();
}

for (const colorScheme of ["light", "dark"] as const)
  for (const width of [375, 1366])
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

      test("the sign-in page has no finding, also with a refusal on it", async ({ page }) => {
        await page.goto("/");
        await expectClean(page, "sign-in");
        await page.getByLabel("E-mail").fill(`axe-${width}-${colorScheme}@meridian.example`);
        await page.getByLabel("Password", { exact: true }).fill("wrong");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("alert").filter({ hasText: "do not match" })).toBeVisible();
        await expectClean(page, "sign-in, refused");
      });

      test("no page of the office has a finding", async ({ page }) => {
        test.setTimeout(120_000);
        await signIn(page);
        await expectClean(page, "home");
        const addresses = [
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
        for (const address of addresses) {
          await page.goto(address);
          await expectClean(page, address);
        }
      });

      test("no meeting, in a panel, on its page or in a dialog, has a finding", async ({
        page,
      }) => {
        test.setTimeout(120_000);
        await signIn(page);
        // One that waits for an answer has every button there is.
        await page.goto("/meetings?tab=waiting");
        await page.locator("[data-row]").first().click();
        await expect(page.getByRole("complementary", { name: "Open meeting" })).toBeVisible();
        await expectClean(page, "panel");
        await page.getByRole("link", { name: "Open as page" }).click();
        await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
        await expect(page.getByRole("complementary", { name: "Open meeting" })).toHaveCount(0);
        await expectClean(page, "meeting");
        if (width === 375) {
          await untilShown(
            () => page.getByRole("tab", { name: "Timeline" }).click(),
            page.getByRole("tab", { name: "Timeline", selected: true }),
          );
          await expectClean(page, "timeline");
        }
        const harm = page.getByRole("button", { name: /^(Decline|Cancel meeting)$/ }).first();
        await untilShown(() => harm.click(), page.getByRole("dialog"));
        await expectClean(page, "dialog");
      });

      test("the palette, the shortcuts and the menus have no finding", async ({ page }) => {
        await signIn(page);
        const palette = page.getByPlaceholder("Search or jump to");
        await untilShown(() => page.keyboard.press("Control+k"), palette);
        await expectClean(page, "palette");
        await page.keyboard.press("Escape");
        await expect(palette).toHaveCount(0);
        await untilShown(() => page.keyboard.press("?"), page.getByRole("dialog"));
        await expectClean(page, "shortcuts");
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
        const person = width === 375 ? "More" : /zone, colours, sign out$/;
        await untilShown(
          () => page.getByRole("button", { name: person }).click(),
          page.getByText("Sign out", { exact: true }),
        );
        await expectClean(page, "person");
      });
    });
