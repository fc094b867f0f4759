import { expect, test } from "@playwright/test";

test.use({ javaScriptEnabled: false });

test("a guest without scripts chooses a zone, a day and a time, books, moves and cancels", async ({
  page,
}) => {
  await page.goto("/book/demo-quick");
  await expect(page.locator('input[name="start"]').first()).toBeAttached();
  await expect(
    page.getByText("Times are on the host’s clock until you choose yours"),
  ).toBeVisible();

  await page.locator("#zone").selectOption("America/New_York");
  await page.getByRole("button", { name: "Show times in this zone" }).click();
  await expect(page.locator("#zone option:checked")).toHaveText("New York (GMT-5)");

  const days = page.locator('table a[id^="day-"]');
  const day = (await days.nth(3).getAttribute("id"))?.replace("day-", "") ?? "";
  await days.nth(3).click();
  expect(new URL(page.url()).searchParams.get("day")).toBe(day);
  await expect(page.locator("#zone option:checked")).toHaveText("New York (GMT-5)");
  await expect(page.locator('a[aria-current="date"]')).toHaveId(`day-${day}`);

  await page.locator('input[name="start"]').nth(1).check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("EST").first()).toBeVisible();

  // First without a name: the form comes back with what was typed.
  await page.getByLabel("E-mail", { exact: true }).fill(`plain+${Date.now()}@kaminari.example`);
  await page.getByLabel("Other guests").fill("jun.sato@kaminari.example\nlea@kaminari.example");
  await page.getByRole("button", { name: "Book meeting" }).click();
  await expect(page.locator("#name-problem")).toBeVisible();
  await expect(page.getByLabel("Other guests")).toHaveValue(/jun\.sato@kaminari\.example/);

  await page.getByLabel("Name", { exact: true }).fill("Plain Reader");
  await page.getByRole("button", { name: "Book meeting" }).click();
  await expect(page).toHaveURL(/\/m\/[0-9a-f]{16}/);
  await expect(page.getByRole("heading", { name: "Your meeting is confirmed" })).toBeVisible();
  await expect(page.getByText("lea@kaminari.example", { exact: false })).toBeVisible();

  await page.getByRole("link", { name: "Manage booking" }).click();
  await page.locator('nav a[href*="day="]').nth(2).click();
  await page.locator('input[name="start"]').first().check({ force: true });
  await page.getByRole("button", { name: "Move meeting" }).click();
  await expect(page.getByText("Moved. The new invitation is on its way.")).toBeVisible();

  await page.locator("summary", { hasText: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel meeting" }).click();
  await expect(page.getByRole("heading", { name: "This meeting is cancelled" })).toBeVisible();
});

test("a time that went meanwhile is answered without scripts too", async ({ page, request }) => {
  await page.goto("/book/demo-quick");
  const slot = page.locator('input[name="start"]').nth(6);
  const wanted = await slot.getAttribute("value");
  await slot.check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  const rival = await request.post("/api/v1/booking-links/demo-quick/bookings", {
    data: {
      start: wanted,
      name: "Fast Rival",
      email: `rival+${Date.now()}@kaminari.example`,
      zone: "Asia/Tokyo",
    },
  });
  expect(rival.status()).toBe(201);
  await page.getByLabel("Name", { exact: true }).fill("Late Reader");
  await page.getByLabel("E-mail", { exact: true }).fill(`late+${Date.now()}@kaminari.example`);
  await page.getByRole("button", { name: "Book meeting" }).click();
  await expect(page.getByText("was taken a moment ago").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Late Reader");
  await page.getByRole("alert").locator('input[name="start"]').first().check({ force: true });
  await page.getByRole("button", { name: "Book meeting" }).click();
  await expect(page).toHaveURL(/\/m\/[0-9a-f]{16}/);
});

test("the language is chosen without scripts", async ({ page }) => {
  await page.goto("/book/demo-quick");
  await page.getByLabel("Language").selectOption("ja");
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.getByRole("button", { name: "次へ" })).toBeVisible();
});
