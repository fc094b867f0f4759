import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { enter, signIn } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// The host's journey: a guest's request arrives, and is answered without a mouse.

const guests = ["confirm", "decline", "cancel", "find", "read"] as const;
type Guest = (typeof guests)[number];

// Journeys of one run share a server and may repeat on one that is kept: every subject is used once.
const run = randomUUID().slice(0, 8);
const subjectOf = (guest: Guest) => `Journey ${run}: ${guest}`;

async function request(api: APIRequestContext, guest: Guest) {
  const from = new Date(Date.now() + 86_400_000).toISOString();
  const to = new Date(Date.now() + 12 * 86_400_000).toISOString();
  const listed = await api.get(
    `/api/v1/booking-links/demo/slots?from=${from}&to=${to}&zone=Europe/Oslo`,
  );
  expect(listed.ok()).toBe(true);
  const { slots } = await listed.json();
  const slot = slots[(guests.indexOf(guest) * 3 + 1) % slots.length];
  const booked = await api.post("/api/v1/booking-links/demo/bookings", {
    headers: { "idempotency-key": randomUUID() },
    data: {
      start: slot.start,
      name: `Lukas ${guest}`,
      email: `lukas-${guest}-${run}@example.com`,
      subject: subjectOf(guest),
      zone: "Europe/Oslo",
      locale: "en",
    },
  });
  expect(booked.status(), await booked.text()).toBe(201);
}

/** Opens the meeting of that subject from the list, as a page of its own. */
async function openMeeting(page: Page, guest: Guest, tab = "upcoming") {
  await page.goto(`/meetings?tab=${tab}&q=${encodeURIComponent(subjectOf(guest))}`);
  await page.getByRole("link", { name: subjectOf(guest), exact: true }).click();
  await page.getByRole("link", { name: "Open as page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subjectOf(guest));
}

/** Tab until the element has the focus: proof that the keyboard gets there, and in fewer steps than a page has. */
async function tabTo(page: Page, name: string | RegExp, role: "button" | "link" = "button") {
  const wanted = page.getByRole(role, { name }).first();
  await expect(wanted).toBeVisible();
  for (let step = 0; step < 80; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

test.describe("a host", () => {
  test("signs in and confirms a waiting request by keyboard alone", async ({
    page,
    request: api,
  }) => {
    await request(api, "confirm");
    await signIn(page, "host");
    const confirm = "Confirm, Lukas confirm";
    await tabTo(page, confirm);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Confirmed" })).toBeVisible();
    await expect(page.getByRole("button", { name: confirm })).toHaveCount(0);

    await openMeeting(page, "confirm");
    await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: /confirmed/ })).not.toHaveCount(0);
  });

  test("declines a request with a reason, and the reason stays with the meeting", async ({
    page,
    request: api,
  }) => {
    await request(api, "decline");
    await enter(page, "host", "/");
    await tabTo(page, "Decline, Lukas decline");
    await page.keyboard.press("Enter");
    // The field is focused as it opens, and an empty reason is not sent.
    await page.keyboard.type("We are travelling that day.");
    await tabTo(page, "Decline meeting with Lukas decline");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Declined" })).toBeVisible();

    await openMeeting(page, "decline", "cancelled");
    await expect(page.getByText("Declined", { exact: true }).first()).toBeVisible();
    await expect(page.getByText("We are travelling that day.").first()).toBeVisible();
  });

  test("cancels what was agreed, naming it and saying why", async ({ page, request: api }) => {
    await request(api, "cancel");
    await enter(page, "host", "/");
    await openMeeting(page, "cancel");
    await page.getByRole("button", { name: "Confirm meeting" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Confirmed" })).toBeVisible();

    await page.getByRole("button", { name: "Cancel meeting" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(`Cancel “${subjectOf("cancel")}”?`);
    await dialog.getByLabel("Reason").fill("The room is being repaired.");
    await dialog.getByRole("button", { name: "Cancel meeting" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Cancelled" })).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText("The room is being repaired.").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Confirm meeting" })).toHaveCount(0);
  });

  test("finds the week, a day and a meeting from the keyboard", async ({ page, request: api }) => {
    await request(api, "find");
    await enter(page, "host", "/");
    await untilShown(
      async () => {
        await page.keyboard.press("g");
        await page.keyboard.press("m");
      },
      page.getByRole("heading", { level: 1, name: "Meetings" }),
    );
    const focused = page.locator("[data-row]:focus");
    await untilShown(() => page.keyboard.press("j"), focused);
    await expect(page.locator("[data-row]").first()).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("complementary", { name: "Open meeting" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("complementary", { name: "Open meeting" })).toHaveCount(0);

    await page.goto("/meetings?view=week");
    // The second part is the month alone, shown on a phone.
    const title = page.getByRole("heading", { level: 1 }).locator("span").first();
    const thisWeek = (await title.textContent()) ?? "";
    await untilShown(
      () => page.keyboard.press("ArrowRight"),
      title.filter({ hasNotText: thisWeek }),
    );
    await page.keyboard.press("t");
    await expect(title).toHaveText(thisWeek);

    await page.keyboard.press("Control+k");
    // Before the palette has the focus, letters are shortcuts.
    await expect(page.getByPlaceholder("Search or jump to")).toBeFocused();
    await page.keyboard.type(subjectOf("find"));
    await page.getByRole("button", { name: subjectOf("find") }).waitFor();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subjectOf("find"));

    // The palette has given the focus back before the next key is meant for the page.
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Keyboard shortcuts");
  });

  test("reads in the inbox what happened, and in the mailbox what was sent", async ({
    page,
    request: api,
  }) => {
    await request(api, "read");
    await enter(page, "host", "/inbox");
    const notice = page.getByRole("listitem").filter({ hasText: subjectOf("read") });
    await expect(notice).toContainText("New request");
    await notice.getByRole("button", { name: /^Mark as read/ }).click();
    await expect(notice).toHaveCount(0);
    await page.getByRole("link", { name: "All", exact: true }).click();
    await expect(notice).toBeVisible();

    await page.goto("/mailbox");
    await page
      .getByRole("link", { name: /Invitation|Confirmed/ })
      .first()
      .click();
    await untilShown(
      () => page.getByRole("tab", { name: "Calendar file" }).click(),
      page.getByRole("tab", { name: "Calendar file", selected: true }),
    );
    await expect(page.getByRole("tabpanel")).toContainText("BEGIN:VCALENDAR");
  });
});

test("a wrong password is refused beside the form, and the address is kept", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(`nobody-${run}@meridian.example`);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not match" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(`nobody-${run}@meridian.example`);
});

test("what is absent looks like what is somebody else's", async ({ page }) => {
  await signIn(page, "sales");
  const absent = await page.goto(`/meetings/${randomUUID()}`);
  expect(absent?.status()).toBe(404);
  await expect(page.getByText("There is nothing here")).toBeVisible();
});

test("somebody who is not signed in is asked to, and arrives where they wanted", async ({
  page,
}) => {
  await page.goto("/inbox");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail").fill("host@meridian.example");
  await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works, and so does answering a request", async ({ page }) => {
    await page.goto("/");
    await page.getByLabel("E-mail").fill("host@meridian.example");
    await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Waiting for you" })).toBeVisible();
    const requests = page.getByRole("button", { name: /^Confirm, / });
    const before = await requests.count();
    expect(before).toBeGreaterThan(0);
    await requests.first().click();
    await expect(page.getByRole("button", { name: /^Confirm, / })).toHaveCount(before - 1);
  });
});
