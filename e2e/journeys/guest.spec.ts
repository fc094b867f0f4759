import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";

const start = (page: Page) => page.locator('input[name="start"]:not(:disabled)');

/** Opens a link on a later week than the other journeys of this file use, so that they do not take each other's times. */
async function openDay(page: Page, link: string, index: number): Promise<void> {
  await page.goto(`/book/${link}`);
  await expect(page.getByText("Detected;")).toBeVisible();
  const days = page.locator('table a[id^="day-"]');
  await days.nth(index % (await days.count())).click();
  await expect(page.locator('a[aria-current="date"]')).toBeVisible();
}

async function fillDetails(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  const address = `${name.toLowerCase().replaceAll(" ", ".")}+${Date.now()}@kaminari.example`;
  await page.getByLabel("E-mail", { exact: true }).fill(address);
}

async function book(page: Page, link: string, day: number, name: string): Promise<void> {
  await openDay(page, link, day);
  await start(page).first().check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await fillDetails(page, name);
  await page.getByRole("button", { name: "Book meeting" }).click();
  await page.waitForURL(/\/m\/[0-9a-f]{16}/);
}

for (const width of [375, 1366]) {
  test(`a guest books by keyboard alone at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/book/demo-quick");
    await expect(page.getByText("Detected;")).toBeVisible();

    const chosenDay = page.locator('a[aria-current="date"]');
    const first = await chosenDay.getAttribute("id");
    for (let tab = 0; tab < 12; tab += 1) {
      await page.keyboard.press("Tab");
      if (await chosenDay.evaluate((day) => day === document.activeElement)) break;
    }
    await expect(chosenDay).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(chosenDay).not.toHaveId(first ?? "");
    await expect(chosenDay).toBeFocused();

    for (let tab = 0; tab < 6; tab += 1) {
      await page.keyboard.press("Tab");
      if (await page.locator('input[name="start"]:focus').count()) break;
    }
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    const wanted = await page.locator('input[name="start"]:checked').getAttribute("value");
    await expect(page.locator('input[name="start"]:checked')).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Continue" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/details\?/);
    expect(new URL(page.url()).searchParams.get("start")).toBe(wanted);

    await page.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type(`Mika Tanaka ${width}`);
    await page.keyboard.press("Tab");
    await page.keyboard.type(`mika+${width}-${Date.now()}@kaminari.example`);
    await page.keyboard.press("Tab");
    await page.keyboard.type("jun.sato@kaminari.example,");
    await expect(
      page.getByRole("button", { name: "Remove jun.sato@kaminari.example" }),
    ).toBeVisible();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Weekly planning");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/m\/[0-9a-f]{16}/);
    await expect(page.getByRole("heading", { name: "Your meeting is confirmed" })).toBeVisible();
    await expect(page.getByText("Quick call: Weekly planning")).toBeVisible();
    await expect(page.getByText("jun.sato@kaminari.example", { exact: false })).toBeVisible();
  });
}

for (const [timezoneId, abbreviation, label] of [
  ["Asia/Tokyo", "JST", "Tokyo (GMT+9)"],
  ["America/New_York", "EST", "New York (GMT-5)"],
] as const) {
  test.describe(`a browser in ${timezoneId}`, () => {
    test.use({ timezoneId });
    test("shows its own zone, the host's beside it, and keeps the choice", async ({ page }) => {
      await page.goto("/book/demo-quick");
      await expect(page.getByText("Detected;")).toBeVisible();
      await expect(page.locator("#zone option:checked")).toHaveText(label);
      await expect(page.getByText("Singapore (GMT+8)").last()).toBeVisible();

      const slot = start(page).first();
      const instant = new Date((await slot.getAttribute("value")) ?? "");
      const own = new Intl.DateTimeFormat("en-GB", {
        timeZone: timezoneId,
        hour: "2-digit",
        minute: "2-digit",
      }).format(instant);
      await expect(page.locator("label time").first()).toHaveText(own);
      await slot.check({ force: true });
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(/\/details\?/);
      await expect(page.getByText(abbreviation).first()).toBeVisible();

      await page.goto("/book/demo-quick");
      await page.locator("#zone").selectOption("Europe/Berlin");
      await page.reload();
      await expect(page.locator("#zone option:checked")).toHaveText("Berlin (GMT+1)");
    });
  });
}

test("a day change is marked on the slot and told in the summary", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    timezoneId: "America/New_York",
    locale: "en-GB",
  });
  const page = await context.newPage();
  await page.goto("/book/demo-quick");
  await expect(page.getByText("Detected;")).toBeVisible();
  const marked = page.locator("li", { hasText: "+1 day" }).first();
  await expect(marked).toBeVisible();
  await marked.locator("input").check({ force: true });
  const heading = await page.locator("#day").textContent();
  const summary = await page.locator("form b", { hasText: "EST" }).textContent();
  expect(summary?.slice(0, 3)).not.toBe(heading?.slice(0, 3));
  await context.close();
});

test.describe("a browser that prefers Japanese", () => {
  test.use({ locale: "ja-JP" });
  test("is answered in Japanese, and can switch", async ({ page }) => {
    const answer = await page.goto("/book/demo-quick");
    expect(answer?.status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page.getByRole("button", { name: "次へ" })).toBeVisible();
    await page.getByLabel("言語").selectOption("en");
    await page.waitForURL(/locale=en/);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto("/book/demo-quick");
    await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  });
});

test("a form that is sent twice books once", async ({ page }) => {
  await openDay(page, "demo-quick", 2);
  await start(page).nth(2).check({ force: true });
  const wanted = await page.locator('input[name="start"]:checked').getAttribute("value");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await fillDetails(page, "Double Sender");
  const button = page.getByRole("button", { name: "Book meeting" });
  await button.dblclick({ noWaitAfter: true });
  await page.waitForURL(/\/m\/[0-9a-f]{16}/);
  await expect(page.getByRole("heading", { name: "Your meeting is confirmed" })).toBeVisible();
  const slots = await page.request.get("/api/v1/booking-links/demo-quick/slots");
  const { slots: free } = await slots.json();
  expect(free.map((slot: { start: string }) => slot.start)).not.toContain(wanted);
});

test("a time that somebody else takes first is answered with the next ones, and nothing typed is lost", async ({
  page,
  request,
}) => {
  await openDay(page, "demo-quick", 3);
  await start(page).nth(4).check({ force: true });
  const wanted = (await page.locator('input[name="start"]:checked').getAttribute("value")) ?? "";
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await fillDetails(page, "Late Guest");
  await page.getByLabel("Subject").fill("Planning in two cities");
  const rival = await request.post("/api/v1/booking-links/demo-quick/bookings", {
    data: {
      start: wanted,
      name: "Fast Rival",
      email: `rival+${Date.now()}@kaminari.example`,
      zone: "Asia/Tokyo",
    },
  });
  expect(rival.status()).toBe(201);

  await page.getByRole("button", { name: "Book meeting" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "was taken a moment ago" });
  await expect(alert).toBeVisible();
  await expect(alert).toBeFocused();
  await expect(page.getByText("No longer free")).toBeVisible();
  await expect(page.getByText("Choose one of the free times above first.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Late Guest");
  await expect(page.getByLabel("Subject")).toHaveValue("Planning in two cities");
  await alert.locator('input[name="start"]').first().check({ force: true });
  await page.getByRole("button", { name: "Book meeting" }).click();
  await page.waitForURL(/\/m\/[0-9a-f]{16}/);
  await expect(page.getByText("Planning in two cities")).toBeVisible();
});

test("wrong fields are named next to them, and the list of them takes the focus", async ({
  page,
}) => {
  await openDay(page, "demo-quick", 1);
  await start(page).first().check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  await page.getByLabel("E-mail", { exact: true }).fill("mika@kaminari,example");
  await page.getByRole("button", { name: "Book meeting" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "2 fields" })).toBeFocused();
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#email-problem")).toHaveText(
    "There is a comma before “example”. Use a full stop.",
  );
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("mika@kaminari,example");
});

test("a guest moves the meeting, cancels it, takes that back and cancels for good", async ({
  page,
}) => {
  await book(page, "demo-quick", 4, "Moving Guest");
  await page.getByRole("link", { name: "Manage booking" }).click();
  await page.waitForURL(/manage=1/);
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

  const slot = page.locator('input[name="start"]').nth(3);
  const wanted = await slot.getAttribute("value");
  await slot.check({ force: true });
  await page.getByRole("button", { name: "Move meeting" }).click();
  await expect(page.getByText("Moved. The new invitation is on its way.")).toBeVisible();
  const moved = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Tokyo",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(wanted ?? ""));
  await expect(page.locator("aside")).toContainText(`${moved}–`);

  await page.locator("summary", { hasText: "Cancel" }).click();
  await page.getByLabel("No longer needed").check();
  await page.getByRole("button", { name: "Cancel meeting" }).click();
  await expect(page.getByRole("heading", { name: "This meeting is cancelled" })).toBeVisible();
  await expect(page.getByText("No longer needed")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

  await page.locator("summary", { hasText: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel meeting" }).click();
  await expect(page.getByRole("heading", { name: "This meeting is cancelled" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Book another time" })).toBeVisible();
});

test("the link of a mail leaves the address bar at once, and opens the booking", async ({
  page,
  request,
}) => {
  await openDay(page, "demo-quick", 5);
  const wanted = await start(page).last().getAttribute("value");
  const booked = await request.post("/api/v1/booking-links/demo-quick/bookings", {
    data: {
      start: wanted,
      name: "Mail Reader",
      email: `reader+${Date.now()}@kaminari.example`,
      zone: "Asia/Tokyo",
    },
  });
  expect(booked.status()).toBe(201);
  const text = JSON.stringify(await booked.json());
  const path = /\/m\/[A-Za-z0-9_-]{43}/.exec(text)?.[0] ?? "";
  expect(path).not.toBe("");
  const answer = await page.goto(path);
  expect(page.url()).toMatch(/\/m\/[0-9a-f]{16}\?manage=1$/);
  expect(answer?.headers()["referrer-policy"]).toContain("no-referrer");
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(page.getByText("Mail Reader", { exact: true })).toBeVisible();
});

test("a booking's page tells a stranger nothing", async ({ page }) => {
  await page.goto("/m/0123456789abcdef");
  await expect(page.getByRole("heading", { name: "Open the link from your e-mail" })).toBeVisible();
});

test("a link that leads nowhere says so kindly, with the right status", async ({ page }) => {
  const answer = await page.goto("/book/no-such-link");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
  expect((await page.goto("/book/no-such-link/details"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
});

test("a cached page is answered with its own policy, and no script is stopped by it", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const first = await page.goto("/book/demo-team");
  const second = await page.goto("/book/demo-team");
  for (const answer of [first, second]) {
    const policy = answer?.headers()["content-security-policy"] ?? "";
    const scripts = policy.split("; ").find((part) => part.startsWith("script-src")) ?? "";
    expect(scripts).toContain("'sha256-");
    expect(scripts).not.toContain("unsafe");
    expect(policy).toContain("object-src 'none'");
    expect(answer?.headers()["cache-control"]).toBe("private, no-cache");
  }
  // Somebody else's booking of this link meanwhile drops the page, once for each.
  await expect
    .poll(async () => (await page.goto("/book/demo-team"))?.headers()["x-nextjs-cache"])
    .toBe("HIT");
  await expect(page.getByText("Detected;")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a time that goes while somebody looks is struck out in place and announced", async ({
  page,
  request,
}) => {
  await openDay(page, "demo-quick", 5);
  const slot = start(page).nth(6);
  const wanted = (await slot.getAttribute("value")) ?? "";
  const count = await page.locator('input[name="start"]').count();
  const rival = await request.post("/api/v1/booking-links/demo-quick/bookings", {
    data: {
      start: wanted,
      name: "Fast Rival",
      email: `live+${Date.now()}@kaminari.example`,
      zone: "Asia/Tokyo",
    },
  });
  expect(rival.status()).toBe(201);
  const taken = page.locator("li", { has: page.locator(`input[value="${wanted}"]`) });
  await expect(taken).toContainText("Just taken", { timeout: 15_000 });
  await expect(taken.locator("input")).toBeDisabled();
  await expect(page.getByRole("status").filter({ hasText: "taken a moment ago" })).toBeAttached();
  expect(await page.locator('input[name="start"]').count()).toBe(count);
});
