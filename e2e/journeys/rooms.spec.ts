import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean, expectNoSidewaysScroll } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// A tablet that met a slow moment looks again some seconds later.
const expect = expectSoon.configure({ timeout: 30_000 });

/** A colleague's meeting that takes this room and nothing else, so many minutes from now; its id. */
const insertStay = (roomId: string, fromMinutes: number, toMinutes: number): Promise<string> =>
  withDatabase(async (db) => {
    const id = randomUUID();
    await db.query(
      `WITH r AS (SELECT workspace_id, id, resource_id FROM room WHERE id = $1),
       u AS (SELECT id, workspace_id FROM app_user WHERE email = 'admin@meridian.example'),
       m AS (
         INSERT INTO meeting (workspace_id, id, host_id, subject, state, starts_at, ends_at, uid, created_at)
         SELECT u.workspace_id, $2::uuid, u.id, 'Vendor call', 'confirmed', now() + make_interval(mins => $3),
           now() + make_interval(mins => $4), $2::uuid::text || '@e2e.example', now() - interval '1 day' FROM u
         RETURNING *),
       mr AS (INSERT INTO meeting_room (workspace_id, meeting_id, room_id) SELECT m.workspace_id, m.id, r.id FROM m, r)
       INSERT INTO meeting_claim (workspace_id, id, resource_id, meeting_id, during)
       SELECT m.workspace_id, gen_random_uuid(), r.resource_id, m.id, tstzrange(m.starts_at, m.ends_at) FROM m, r`,
      [roomId, id, fromMinutes, toMinutes],
    );
    return id;
  });

/** As if the minutes in which somebody should have come had passed: the meeting began earlier, and its order is due. */
const letTimePass = (meetingId: string, roomId: string, minutes: number): Promise<void> =>
  withDatabase(async (db) => {
    await db.query(
      "UPDATE meeting SET starts_at = date_trunc('milliseconds', now() - make_interval(mins => $2)) WHERE id = $1",
      [meetingId, minutes],
    );
    // Whoever had the room before has it no longer.
    await db.query(
      "UPDATE meeting_claim SET during = tstzrange(date_trunc('milliseconds', now()), upper(during)) WHERE meeting_id = $1",
      [meetingId],
    );
    await db.query(
      `INSERT INTO pgboss.job (name, data)
       SELECT 'rooms.release', jsonb_build_object('workspaceId', m.workspace_id, 'meetingId', m.id, 'roomId', $2::text,
         'start', (extract(epoch FROM m.starts_at) * 1000)::bigint)
       FROM meeting m WHERE m.id = $1`,
      [meetingId, roomId],
    );
  });

const stateOf = (meetingId: string): Promise<string | undefined> =>
  withDatabase(async (db) => {
    const { rows } = await db.query<{ state: string }>(
      "SELECT state FROM meeting_room WHERE meeting_id = $1",
      [meetingId],
    );
    return rows[0]?.state;
  });

/** A tablet looks again when the network comes back: what a test changed beside it is seen at once. */
const lookAgain = (tablet: Page) =>
  tablet.evaluate(() => window.dispatchEvent(new Event("online")));

async function makeRoom(page: Page, name: string): Promise<string> {
  await enter(page, "manager", "/rooms/manage");
  await page.getByRole("link", { name: "New room" }).click();
  await expect(page.getByRole("heading", { name: "New room", level: 1 })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Seats").fill("5");
  await page
    .getByRole("combobox", { name: "Equipment" })
    .or(page.getByRole("textbox", { name: "Equipment" }))
    .first()
    .fill("Lectern");
  await page.keyboard.press("Enter");
  await page.getByRole("switch", { name: /^Check-in is needed/ }).check();
  await page.getByLabel("Released after minutes").fill("5");
  await page.getByLabel("Monday").fill("when it suits");
  await page.getByRole("button", { name: "Add room" }).click();
  await expect(page.getByText("Write hours such as 9:00–18:00, or closed.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await page.getByLabel("Monday").fill("");
  await page.getByRole("button", { name: "Add room" }).click();
  await page.waitForURL(/\/rooms\/manage\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  return page.url().slice(-36);
}

async function pairTablet(browser: Browser, page: Page, roomId: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tablet = await context.newPage();
  await tablet.goto(`/rooms/${roomId}/display`);
  await expect(tablet.getByText("Type this code in the office")).toBeVisible({ timeout: 30_000 });
  const code = await tablet.getByRole("main").locator("b").textContent();
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  await expectClean(tablet, "the tablet's code");
  await page.getByLabel("Code on the tablet").fill("2222-2222");
  await page.getByRole("button", { name: "Pair tablet" }).click();
  await expect(page.getByText("No tablet shows this code any more.")).toBeVisible();
  await page.getByLabel("Code on the tablet").fill(String(code).toLowerCase());
  await page.getByRole("button", { name: "Pair tablet" }).click();
  await expect(page.getByText("The tablet shows this room now.")).toBeVisible();
  await expect(tablet.getByText("Free", { exact: true })).toBeVisible({ timeout: 15_000 });
  return tablet;
}

test("a room is described, its tablet paired; whoever stands there takes it, and nobody who does not come keeps it", async ({
  page,
  browser,
}) => {
  const name = `Pier ${randomUUID().slice(0, 6)}`;
  const roomId = await makeRoom(page, name);
  const tablet = await pairTablet(browser, page, roomId);
  await expect(tablet.getByRole("heading", { name })).toBeVisible();
  await expectClean(tablet, "a free door");

  await tablet.getByRole("button", { name: "15 min: take this room" }).click();
  await expect(tablet.getByText(/^In use until \d\d:\d\d$/)).toBeVisible();
  await expect(tablet.getByText("Booked at the door")).toBeVisible();
  await expectClean(tablet, "a door in use");
  await tablet.getByRole("button", { name: "15 min more" }).click();
  await expect(tablet.getByRole("button", { name: "End now" })).toBeEnabled();
  await tablet.getByRole("button", { name: "End now" }).click();
  await expect(tablet.getByText("Free", { exact: true })).toBeVisible();

  const held = await insertStay(roomId, 5, 30);
  await lookAgain(tablet);
  await expect(tablet.getByText(/^Starts in [45] min$/)).toBeVisible();
  await expect(tablet.getByText("Vendor call, Noor Aziz")).toBeVisible();
  await expect(tablet.getByText(/^Released at \d\d:\d\d if nobody checks in$/)).toBeVisible();
  await tablet.getByRole("button", { name: "Check in" }).click();
  await expect(tablet.getByText(/^Checked in at \d\d:\d\d$/)).toBeVisible();
  await letTimePass(held, roomId, 0);
  await lookAgain(tablet);
  await expect(tablet.getByText(/^In use until/)).toBeVisible();
  expect(await stateOf(held)).toBe("approved");
  await tablet.getByRole("button", { name: "End now" }).click();
  await expect(tablet.getByText("Free", { exact: true })).toBeVisible();

  const missed = await insertStay(roomId, 2, 40);
  await letTimePass(missed, roomId, 6);
  await expect.poll(() => stateOf(missed), { timeout: 20_000 }).toBe("released");
  await lookAgain(tablet);
  await expect(tablet.getByText("Free", { exact: true })).toBeVisible();

  await tablet.context().setOffline(true);
  await expect(tablet.getByText(/^Offline\. This is what was known at \d\d:\d\d\.$/)).toBeVisible();
  await expect(tablet.getByText("Free", { exact: true })).toBeVisible();
  await expect(tablet.getByRole("button", { name: "15 min: take this room" })).toBeDisabled();
  await tablet.context().setOffline(false);
  await expect(tablet.getByText(/^Offline/)).toBeHidden({ timeout: 15_000 });

  await tablet.setViewportSize({ width: 375, height: 700 });
  await expectNoSidewaysScroll(tablet, "a small tablet");
  await page.reload();
  await page.getByRole("button", { name: /^Send Tablet away$/ }).click();
  await expect(page.getByText("No tablet yet.")).toBeVisible();
  await lookAgain(tablet);
  await expect(tablet.getByText("Type this code in the office")).toBeVisible({ timeout: 30_000 });
  await tablet.context().close();
});

test("a free room is found and taken by keys, what does not suit says why, and nothing scrolls sideways on a phone", async ({
  page,
}) => {
  await enter(page, "host", "/rooms");
  const today = new Date();
  const monday = new Date(today.getTime() + (((8 - today.getUTCDay()) % 7 || 7) + 7) * 86_400_000);
  const date = monday.toISOString().slice(0, 10);
  await page.goto(`/rooms?date=${date}&at=15:00&until=16:00&people=6&with=Video+bar`);
  const day = page.getByRole("region", { name: "Day of all rooms" });
  const row = (room: string) =>
    day
      .getByRole("listitem")
      .filter({ has: page.getByRole("button", { name: room, exact: true }) });
  await expect(row("Merlion").getByText("Free", { exact: true })).toBeVisible();
  await expect(row("Tembusu").getByText("4 seats").last()).toBeVisible();
  await expect(row("Raffles").getByText("No video bar")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /of \d+ free/ })).toBeVisible();
  await expectClean(page, "the day of all rooms");
  await page.emulateMedia({ colorScheme: "dark" });
  await expectClean(page, "the day of all rooms, dark");
  await page.emulateMedia({ colorScheme: "light" });
  await untilShown(
    () => row("Merlion").getByRole("button", { name: "Merlion", exact: true }).click(),
    page.getByRole("dialog", { name: "Merlion" }),
  );
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 375, height: 800 });
  await expectClean(page, "the day of all rooms on a phone");
  await page.setViewportSize({ width: 1366, height: 900 });
  const cursor = row("Merlion").getByRole("button", { name: /^Book Merlion,/ });
  await cursor.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[data-cursor]:focus")).toHaveAccessibleName(
    /^Book (?!Merlion).+, 15:15–16:30/,
  );
  await page.keyboard.press("ArrowUp");
  await expect(cursor).toHaveAccessibleName(/15:15–16:30/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/meetings\/new\?room=/);
  const asked = new URL(page.url()).searchParams;
  // 15:15 in Singapore.
  expect(asked.get("start")).toBe(`${date}T07:15:00.000Z`);
  expect(asked.get("end")).toBe(`${date}T08:30:00.000Z`);
});
