import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { openDatabase } from "@/lib/db/client";
import { expectClean } from "../fixtures/axe";
import type { GuestLinks } from "../fixtures/guest-links";
import { makeGuestLinks } from "../fixtures/guest-links";
import { addressInMail } from "../fixtures/mail";

let links: GuestLinks;
test.beforeAll(async () => {
  links = await makeGuestLinks();
});

const start = (page: Page) => page.locator('input[name="start"]:not(:disabled)');
const address = (name: string) => `${name}+${Date.now()}@kaminari.example`;

/** Opens a day of its own, so that the journeys of this file do not take each other's times. */
async function openDay(page: Page, path: string, index: number, ready: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText(ready)).toBeVisible();
  await page.locator('table a[id^="day-"]').nth(index).click();
  await expect(page.locator('a[aria-current="date"]')).toBeVisible();
}

/** Where the guest of this address came from, as the booking kept it. */
async function sourceOf(email: string): Promise<unknown> {
  const db = openDatabase(process.env.MERIDIAN_E2E_DATABASE_URL ?? "", 1);
  try {
    const guest = await db.attendee.findFirst({ where: { email }, select: { source: true } });
    return guest?.source;
  } finally {
    await db.$disconnect();
  }
}

test("a guest chooses length and place, finds the form filled in, answers and is led on", async ({
  page,
}) => {
  const asked = "?name=Mika+Tanaka&company=Kaminari&size=11–50&utm_source=newsletter&utm_id=9";
  await openDay(page, `/book/${links.full}${asked}`, 1, "Detected;");

  // Lengths change the times in place: nothing is loaded, the address follows.
  const hour = await start(page).count();
  await page.getByRole("navigation", { name: "Length" }).getByText("30 minutes").click();
  await expect(page).toHaveURL(/duration=30/);
  await expect.poll(() => start(page).count()).toBeGreaterThan(hour);
  await page.getByLabel("Phone").check({ force: true });
  await start(page).first().check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);

  await expect(page.getByText("30 minutes")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mika Tanaka");
  await expect(page.getByLabel("Which company do you come from?")).toHaveValue("Kaminari");
  await expect(page.getByLabel(/How many people plan/)).toHaveValue("11–50");
  await expect(page.getByLabel("Phone number")).toBeVisible();
  await expect(page.getByLabel("Address", { exact: true })).toHaveCount(0);

  const email = address("mika");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel(/Your mobile number/).fill("no number");
  await page.getByRole("button", { name: "Book meeting" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "3 fields" });
  await expect(alert).toBeFocused();
  await expect(page.locator("#placeAnswer-problem")).toHaveText("Ana needs a number to call you.");
  await expect(page.locator("#answer-mobile-problem")).toContainText("such as +62 812 3456 7890");
  await expect(page.locator("#answer-terms-problem")).toHaveText("Please tick this box to go on.");
  await expect(page.getByLabel(/How many people plan/)).toHaveValue("11–50");
  await expect(page.getByRole("radio", { name: /^Phone/ })).toBeChecked();
  await expectClean(page, "answers refused");

  await page.getByLabel("Phone number").fill("+62 812 3456 7890");
  await page.getByLabel(/Your mobile number/).fill("");
  await page.getByLabel("I have read the house rules.").check({ force: true });
  await page.getByRole("button", { name: "Book meeting" }).click();
  await page.waitForURL(/\/m\/[0-9a-f]{16}/);
  await expect(page.getByRole("heading", { name: "Your meeting is confirmed" })).toBeVisible();
  await expect(page.getByText("Kaminari", { exact: true })).toBeVisible();
  await expect(page.getByText("The door code is 4711.")).toBeVisible();
  await expect(page.getByText("You will be taken to www.example.com in a moment.")).toBeVisible();
  // Nothing about the booking goes along.
  await expect(page.getByRole("link", { name: "Continue to www.example.com" })).toHaveAttribute(
    "href",
    "https://www.example.com/thanks",
  );
  await page.getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByRole("button", { name: "Stay here" })).toHaveCount(0);
  await expectClean(page, "confirmed, with answers");
  await page.getByRole("link", { name: "Manage booking" }).click();
  await page.waitForURL(/manage=1/);
  await expect(page.getByText("More than 50")).toHaveCount(0);
  await expect(page.getByText("11–50")).toBeVisible();
  expect(await sourceOf(email)).toEqual({ utm_source: "newsletter" });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("lengths, places, questions and what the address fills in work too", async ({ page }) => {
    await page.goto(`/book/${links.full}?name=Plain+Reader&utm_medium=poster`);
    await page.getByLabel("At your office").check({ force: true });
    await start(page).first().check({ force: true });
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Plain Reader");
    await page.getByRole("link", { name: "All times" }).click();
    await page.getByRole("link", { name: "90 minutes" }).click();
    await expect(page.getByRole("link", { name: "90 minutes" })).toHaveAttribute(
      "aria-current",
      "true",
    );
    await page.getByLabel("At your office").check({ force: true });
    await start(page).first().check({ force: true });
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("90 minutes")).toBeVisible();
    const field = page.locator("#placeAnswer");
    await expect(page.getByText("Ana comes to this address.")).toBeVisible();
    await expect(page.locator('label[data-for="phone"]')).toBeHidden();
    await page.getByRole("radio", { name: /^Phone/ }).check({ force: true });
    await expect(page.locator('label[data-for="phone"]')).toBeVisible();
    await expect(page.locator('label[data-for="address"]')).toBeHidden();
    await page.getByLabel("At your office").check({ force: true });

    await page.getByLabel("Name", { exact: true }).fill("Plain Reader");
    await page.getByLabel("E-mail", { exact: true }).fill(address("plain"));
    await page.getByLabel("Which company do you come from?").fill("Halden <b>Works</b>");
    await page.getByRole("button", { name: "Book meeting" }).click();
    await expect(page.locator("#answer-size-problem")).toHaveText("Ana asks for an answer here.");
    await expect(page.locator("#placeAnswer-problem")).toContainText("needs an address");
    await expect(page.getByLabel("Which company do you come from?")).toHaveValue(
      "Halden <b>Works</b>",
    );
    await field.fill("Kaede 3, Tokyo");
    await page.getByLabel(/How many people plan/).selectOption("1–10");
    await page.getByLabel("I have read the house rules.").check({ force: true });
    await page.getByRole("button", { name: "Book meeting" }).click();
    await expect(page).toHaveURL(/\/m\/[0-9a-f]{16}/);
    await expect(page.getByText("Halden <b>Works</b>")).toBeVisible();
    await expect(page.getByRole("link", { name: "Continue to www.example.com" })).toBeVisible();
  });

  test("a guest waits for a free time, and leaves the list by the mail's link", async ({
    page,
  }) => {
    await page.goto(`/book/${links.none}`);
    await page.getByRole("link", { name: "Tell me when a time comes free" }).click();
    await page.getByRole("button", { name: "Join the waiting list" }).click();
    await expect(page.locator("#email-problem")).toBeVisible();
    const email = address("waits");
    await page.getByLabel("Name", { exact: true }).fill("Waiting Guest");
    await page.getByLabel("E-mail", { exact: true }).fill(email);
    await page.getByRole("button", { name: "Join the waiting list" }).click();
    await expect(page.getByRole("heading", { name: "We’ll tell you" })).toBeVisible();

    const dataDir = process.env.MERIDIAN_E2E_DATA_DIR ?? "";
    const leave = await addressInMail(dataDir, email, /\/waiting\//);
    await page.goto(new URL(leave).pathname);
    await page.getByRole("button", { name: "Leave the list" }).click();
    await expect(page.getByRole("heading", { name: "You have left the list" })).toBeVisible();
  });
});

test("guests share a meeting's seats; each sees what is left and gives up their own", async ({
  page,
  request,
}) => {
  await openDay(page, `/book/${links.seats}`, 2, "Detected;");
  const wanted = (await start(page).first().getAttribute("value")) ?? "";
  for (const name of ["One", "Two"]) {
    const data = { start: wanted, name, email: address(name), zone: "Asia/Tokyo" };
    const booked = await request.post(`/api/v1/booking-links/${links.seats}/bookings`, { data });
    expect(booked.status()).toBe(201);
  }
  await page.reload();
  const slot = page.locator("li", { has: page.locator(`input[value="${wanted}"]`) });
  await expect(slot).toContainText("6 seats left");
  await slot.locator("input").check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await expect(page.getByText("6 of 8 seats left")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Third Guest");
  await page.getByLabel("E-mail", { exact: true }).fill(address("third"));
  await page.getByRole("button", { name: "Book meeting" }).click();
  await page.waitForURL(/\/m\/[0-9a-f]{16}/);
  await expect(page.getByText("What you change here is your own seat.")).toBeVisible();
  await expect(page.getByText("One", { exact: true })).toHaveCount(0);

  await page.getByRole("link", { name: "Manage booking" }).click();
  await page.locator("summary", { hasText: "Give up your seat" }).click();
  await page.getByRole("button", { name: "Give up my seat" }).click();
  await expect(page.getByRole("heading", { name: "You have given up your seat" })).toBeVisible();
});

test("a link that keeps to its own clock offers no other, and says why", async ({ page }) => {
  await page.goto(`/book/${links.locked}?zone=America/New_York`);
  await expect(page.getByText("times are shown in this zone only")).toBeVisible();
  await expect(page.locator("#zone")).toHaveCount(0);
  await expect(page.getByText("Singapore (GMT+8)")).toBeVisible();
  await start(page).first().check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await expect(page.locator('input[name="zone"]')).toHaveValue("Asia/Singapore");
});

test.describe("in Arabic, from the right", () => {
  test.use({ locale: "ar" });

  test("a guest books by keyboard alone, and no page has a finding", async ({ page }) => {
    await page.goto(`/book/${links.plain}`);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await expect(page.getByText("تم تحديدها تلقائيًا")).toBeVisible();
    // A week begins on Saturday, and the days run from the right: the left arrow leads to the next one.
    await expect(page.locator("table thead th").first()).toHaveText("السبت");
    const chosen = page.locator('a[aria-current="date"]');
    const before = (await chosen.getAttribute("id")) ?? "";
    await chosen.focus();
    await page.keyboard.press("ArrowLeft");
    await expect(chosen).not.toHaveId(before);
    expect(((await chosen.getAttribute("id")) ?? "") > before).toBe(true);
    await page.keyboard.press("ArrowRight");
    await expect(chosen).toHaveId(before);
    await expectClean(page, "the times, in Arabic");

    await start(page).first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/details\?/);
    await page.getByLabel("الاسم", { exact: true }).focus();
    await page.keyboard.type("ليلى حداد");
    await page.keyboard.press("Tab");
    await page.keyboard.type(address("layla"));
    await expectClean(page, "details, in Arabic");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/m\/[0-9a-f]{16}/);
    await expect(page.getByRole("heading", { name: "تم تأكيد اجتماعك" })).toBeVisible();
    // A range of times is read from the earlier to the later one.
    const range = page.locator("bdi", { hasText: /^\d\d:\d\d–\d\d:\d\d$/ }).first();
    await expect(range).toBeVisible();
    expect(await range.evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
    await expectClean(page, "confirmed, in Arabic");
    await page.getByRole("link", { name: "إدارة الحجز" }).click();
    await page.waitForURL(/manage=1/);
    await expectClean(page, "manage, in Arabic");
  });
});
