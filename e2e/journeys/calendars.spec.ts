import { createHmac, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { hashPassword } from "@/lib/auth/password";
import { openDatabase } from "@/lib/db/client";
import {
  makeLink,
  makePerson,
  makeWorkspace,
  OFFICE_HOURS,
} from "@/lib/testing/factories/workspace";
import type { FeedServer } from "@/lib/testing/feed-server";
import { startFeedServer } from "@/lib/testing/feed-server";
import { bookThroughApi, freeStarts } from "../fixtures/api";
import { expectClean } from "../fixtures/axe";
import { untilShown } from "../fixtures/until-shown";

// Somebody's calendars elsewhere, and a program that wants to be told: both stand on loopback, where the server under
// test may call only because its operator named that port.

const PASSWORD = randomBytes(12).toString("base64url");

let elsewhere: FeedServer;
let email: string;
let token: string;

test.beforeAll(async () => {
  const port = process.env.MERIDIAN_E2E_ELSEWHERE_PORT;
  if (port === undefined) throw new Error("MERIDIAN_E2E_ELSEWHERE_PORT is not set");
  elsewhere = await startFeedServer(Number(port));
  const db = openDatabase(process.env.MERIDIAN_E2E_DATABASE_URL ?? "", 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Halden Works" });
    const ada = await makePerson(db, workspaceId, {
      name: "Ada Rost",
      hours: OFFICE_HOURS,
      groups: ["admin", "meeting_user"],
      passwordHash: await hashPassword(PASSWORD),
    });
    ({ email } = ada);
    ({ token } = await makeLink(db, [ada]));
  } finally {
    await db.$disconnect();
  }
});
test.afterAll(() => elsewhere?.close());

async function signIn(page: Page) {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Home");
}

const stamp = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, "")}Z`;

/** A calendar in which these half hours are taken. */
const calendarOf = (...starts: readonly string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//x//y//EN",
    ...starts.flatMap((start, index) => [
      "BEGIN:VEVENT",
      `UID:theirs-${index}`,
      "DTSTAMP:20261101T000000Z",
      `DTSTART:${stamp(new Date(start).toISOString())}`,
      "DURATION:PT30M",
      "SUMMARY:Dentist",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

test("a secret address has one's own meetings, and a calendar elsewhere closes a time to guests", async ({
  page,
  request,
}) => {
  const starts = await freeStarts(token);
  const taken = starts[Math.floor(starts.length / 2)] ?? "";
  const guestPage = `/book/${token}?day=${taken.slice(0, 10)}&zone=UTC`;
  const slot = (guest: Page) => guest.locator(`input[name="start"][value="${taken}"]`);
  await page.goto(guestPage);
  await expect(slot(page)).toBeAttached();

  await signIn(page);
  await page.goto("/settings/calendars");
  await page.getByRole("button", { name: "Make the address" }).click();
  await expect(page.getByText("This is the address.")).toBeVisible({ timeout: 30_000 });
  const address = (await page.locator("code").textContent()) ?? "";
  const feed = await request.get(new URL(address).pathname);
  expect([feed.status(), feed.headers()["content-type"]]).toEqual([
    200,
    "text/calendar; charset=utf-8",
  ]);
  const etag = feed.headers().etag ?? "";
  const again = await request.get(new URL(address).pathname, {
    headers: { "if-none-match": etag },
  });
  expect(again.status()).toBe(304);
  const booked = await bookThroughApi(token, { subject: "Harbour plan" });
  const full = await request.get(new URL(address).pathname, { headers: { "if-none-match": etag } });
  expect(await full.text()).toContain("SUMMARY:Harbour plan");
  expect(await full.text()).not.toContain("@kaminari.example");

  // What was booked stands in the other calendar, too, as it would; a second event closes another time.
  elsewhere.answer = () => ({ status: 200, body: calendarOf(taken, booked.start) });
  await page.getByLabel("Address of the calendar").fill(`${elsewhere.url}/ada.ics`);
  await page.getByLabel("Name", { exact: true }).fill("Private");
  await page.getByRole("button", { name: "Add calendar", exact: true }).click();
  await expect(page.getByText("read just now")).toBeVisible({ timeout: 30_000 });
  await expectClean(page, "/settings/calendars");
  await page.goto("/availability");
  await expect(page.getByRole("heading", { name: "Calendars elsewhere" })).toBeVisible();
  await expect(page.getByText("read just now").or(page.getByText("minute ago"))).toBeVisible();

  expect(await freeStarts(token)).not.toContain(taken);
  await page.goto(guestPage);
  await expect(page.locator('input[name="start"]').first()).toBeAttached();
  await expect(slot(page)).toHaveCount(0);
});

test("a program is told of a booking, signed, and the page shows that it was", async ({ page }) => {
  elsewhere.answer = undefined;
  await signIn(page);
  await page.goto("/admin/webhooks");
  const secret = page.locator("code");
  await page.getByLabel("Address", { exact: true }).fill(`${elsewhere.url}/hooks`);
  await page.getByRole("checkbox", { name: "booked" }).first().check();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(secret).toContainText("whsec_");
  const key = (await secret.textContent()) ?? "";
  await expectClean(page, "/admin/webhooks");

  await bookThroughApi(token, { subject: "Harbour tour" });
  await expect(async () => {
    expect(elsewhere.seen.filter(({ path }) => path === "/hooks")).toHaveLength(1);
  }).toPass({ timeout: 30_000 });
  const delivery = elsewhere.seen.find(({ path }) => path === "/hooks");
  const [time = "", mac = ""] = String(delivery?.headers["meridian-signature"]).split(",");
  const expected = createHmac("sha256", key)
    .update(`${time.slice(2)}.${delivery?.body}`)
    .digest("hex");
  expect(mac).toBe(`v1=${expected}`);
  expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
    type: "booking.booked",
    meeting: { subject: "Harbour tour" },
  });

  await page.getByRole("link", { name: `${elsewhere.url}/hooks` }).click();
  await expect(page.getByRole("cell", { name: "Delivered", exact: true })).toBeVisible();
  await untilShown(
    () => page.getByRole("button", { name: /^Payload of booking.booked/ }).click(),
    page.getByText("Harbour tour"),
  );
  await page.getByRole("button", { name: "Send a test" }).click();
  const tried = page.getByRole("cell", { name: "webhook.test", exact: true });
  await expect(tried).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("cell", { name: "Delivered", exact: true })).toHaveCount(2, {
    timeout: 20_000,
  });
  await expectClean(page, "/admin/webhooks/[id]");
});
