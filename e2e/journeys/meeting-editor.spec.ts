import { randomUUID } from "node:crypto";
import type { Browser, Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { expectClean } from "../fixtures/axe";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// Meetings made by staff: found a time for, confirmed, changed, answered, moved by a proposal, held.

const run = randomUUID().slice(0, 8);
const subject = `Grid pilot ${run}`;
const HOUR_MS = 3_600_000;

/** Ten in the morning in Singapore, on some Tuesday of next year: nothing else is there, and no run before this one. */
function farTuesday(): Date {
  const weeks = 10 + Math.floor(Math.random() * 40);
  const day = new Date(Date.now() + weeks * 7 * 24 * HOUR_MS);
  day.setUTCDate(day.getUTCDate() + ((2 - day.getUTCDay() + 7) % 7));
  day.setUTCHours(2, 0, 0, 0);
  return day;
}
const start = farTuesday();
const end = new Date(start.getTime() + HOUR_MS);
const at = (hours: number) => new Date(start.getTime() + hours * HOUR_MS).toISOString();

const db = new pg.Client({ connectionString: process.env.MERIDIAN_E2E_DATABASE_URL });
const ids: Record<string, string> = {};

async function makeRoomIn(workspaceId: string, name: string, location: string, zone: string) {
  const [id, resource] = [randomUUID(), randomUUID()];
  await db.query(
    "INSERT INTO location (workspace_id, name, zone) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [workspaceId, location, zone],
  );
  await db.query(
    "INSERT INTO resource (workspace_id, id, kind, name) VALUES ($1, $2, 'room', $3)",
    [workspaceId, resource, name],
  );
  await db.query(
    `INSERT INTO room (workspace_id, id, resource_id, name, location, zone, capacity)
     VALUES ($1, $2, $3, $4, $5, $6, 6)`,
    [workspaceId, id, resource, name, location, zone],
  );
}

test.beforeAll(async () => {
  await db.connect();
  const { rows } = await db.query<{ id: string; email: string; workspace_id: string }>(
    "SELECT id, email, workspace_id FROM app_user WHERE email LIKE '%@meridian.example'",
  );
  for (const row of rows) ids[row.email.split("@")[0] ?? ""] = row.id;
  const workspaceId = rows[0]?.workspace_id ?? "";
  await makeRoomIn(workspaceId, `Kelong ${run}`, "Singapore", "Asia/Singapore");
  await makeRoomIn(workspaceId, `Spree ${run}`, "Berlin", "Europe/Berlin");
  await db.query(
    "INSERT INTO virtual_room (workspace_id, id, name, provider) VALUES ($1, $2, $3, 'jitsi')",
    [workspaceId, randomUUID(), `Jitsi ${run}`],
  );
});
test.afterAll(() => db.end());

async function openAs(browser: Browser, account: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await enter(page, account, "/inbox");
  return page;
}

/** Makes a meeting over the interface, as whoever is signed in here. */
async function make(page: Page, data: object): Promise<string> {
  const made = await page.request.post("/api/v1/meetings", {
    headers: { origin: new URL(page.url()).origin },
    data: { start: start.toISOString(), end: end.toISOString(), confirm: true, ...data },
  });
  expect(made.status(), await made.text()).toBe(201);
  return ((await made.json()) as { id: string }).id;
}

/** Opens a form and waits until it listens: what is typed before is the browser’s alone. */
async function openForm(page: Page, address: string) {
  await page.goto(address);
  await expect(page.locator("[data-panel=fit]")).not.toContainText("Looking", { timeout: 30_000 });
}

/** Types into a field that searches, and takes what it finds. */
async function choose(page: Page, field: Locator, typed: string, name: RegExp) {
  const option = page.getByRole("option", { name });
  await untilShown(async () => {
    await field.click();
    await field.fill(typed);
  }, option);
  await option.click();
}

const addColleague = (page: Page, name: string) =>
  choose(
    page,
    page.getByRole("combobox", { name: "Add a colleague" }),
    name,
    new RegExp(`^${name}`),
  );

test("a host finds a time for people in three zones, confirms, changes, and takes a proposal", async ({
  page,
  browser,
}) => {
  await enter(page, "host", "/inbox");
  await make(page, { subject: `Review ${run}`, hostId: ids.priya });
  const kenji = await openAs(browser, "kenji");
  await make(kenji, {
    subject: `Secret ${run}`,
    visibility: "private",
    start: at(1),
    end: at(2),
  });
  await kenji.context().close();

  await test.step("sees who is busy, by name, and of private meetings only when", async () => {
    await openForm(page, `/meetings/new?start=${start.toISOString()}&end=${at(2)}`);
    await page.getByLabel("Subject").fill(subject);
    await addColleague(page, "Priya Nair");
    await addColleague(page, "Kenji Mori");
    const fit = page.locator("[data-panel=fit]");
    await expect(fit).toContainText(`Priya Nair is busy 10:00–11:00: Review ${run}`);
    await expect(fit).toContainText(`Kenji Mori is busy 11:00–12:00`);
    await expect(page.locator("body")).not.toContainText(`Secret ${run}`);
  });

  await test.step("takes a time at which everybody is free", async () => {
    const found = page.locator("[data-panel=find]");
    await found
      .getByRole("button", { name: /^Take / })
      .first()
      .click();
    await expect(page.locator("[data-panel=fit]")).toContainText(
      "Everybody who must come is free.",
    );
    await expect(found.getByText("Within everybody’s hours").first()).toBeVisible();
  });

  await test.step("adds a guest, two rooms in two cities, and a room online", async () => {
    await page.getByLabel("Add guests").fill(`Lukas Brandt <lukas-${run}@halden.example>`);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByLabel("E-mail of guest 1")).toHaveValue(`lukas-${run}@halden.example`);
    const rooms = page.getByRole("combobox", { name: "Add a room" });
    await choose(page, rooms, `Kelong ${run}`, new RegExp(`Kelong ${run}`));
    await choose(page, rooms, `Spree ${run}`, new RegExp(`Spree ${run}`));
    await page.getByRole("combobox", { name: "Online" }).click();
    await page.getByRole("option", { name: `Jitsi ${run}` }).click();
    await expectClean(page, "the editor");
  });

  await test.step("confirms, and everybody is invited", async () => {
    await page.getByRole("button", { name: "Confirm and invite" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
    await expect(page.getByText("Confirmed", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Join" })).toBeVisible();
    await expect(page.getByText(`Spree ${run}, Berlin`)).toBeVisible();
  });
  const address = new URL(page.url()).pathname;
  const id = address.split("/").at(-1) ?? "";

  await test.step("adds one and removes one, who is told it is off for them", async () => {
    await openForm(page, `${address}/edit`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit meeting");
    await addColleague(page, "Mei Tan");
    await page.getByRole("button", { name: "Change Kenji Mori" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
    await expect(page.getByText("Added Mei Tan")).toBeVisible();
    await expect(page.getByText("Removed Kenji Mori")).toBeVisible();
    const { rows } = await db.query(
      "SELECT to_email FROM mail_message WHERE meeting_id = $1 AND event = 'removed'",
      [id],
    );
    expect(rows).toEqual([{ to_email: "kenji@meridian.example" }]);
  });

  const priya = await openAs(browser, "priya");
  await test.step("somebody invited says maybe, and proposes another time", async () => {
    await priya.goto(address);
    await priya.getByLabel("A note to the host").fill("Ten minutes late");
    await priya.getByRole("button", { name: "Maybe" }).click();
    await expect(priya.getByRole("status").filter({ hasText: "You said maybe" })).toBeVisible();
    const dialog = priya.getByRole("dialog");
    await untilShown(
      () => priya.getByRole("button", { name: "Propose another time" }).click(),
      dialog,
    );
    await dialog.getByLabel("Start").fill("17:30");
    await dialog.getByLabel("Start").press("Tab");
    await dialog.getByRole("button", { name: "Send proposal" }).click();
    await expect(priya.getByText("Priya Nair would like", { exact: false }).first()).toBeVisible();
    // Who may not change it is told who may.
    await expect(priya.getByRole("link", { name: "Edit", exact: true })).toHaveCount(0);
    await priya.getByRole("button", { name: "More" }).last().click();
    await expect(priya.getByText("Access Denied: Only creator/host can cancel")).toBeVisible();
  });

  await test.step("the host takes it, and the meeting moves for everybody", async () => {
    await page.reload();
    await page
      .getByRole("button", { name: /^Move it to .*17:30.* proposed by Priya Nair/ })
      .click();
    await expect(
      page.getByRole("status").filter({ hasText: "The meeting was moved" }),
    ).toBeVisible();
    await expect(page.getByText("took the time of Priya Nair")).toBeVisible();
    await expectClean(page, "the meeting");
  });

  await test.step("afterwards it was held", async () => {
    await db.query(
      "UPDATE meeting SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE id = $1",
      [id],
    );
    await page.reload();
    const held = page.getByRole("menuitem", { name: "Mark as held" });
    await untilShown(() => page.getByRole("button", { name: "More" }).last().click(), held);
    await held.click();
    await expect(page.getByText("Held", { exact: true }).first()).toBeVisible();
  });
});

test("an assistant makes a meeting for somebody else, by keyboard, in the dark, on a phone", async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 375, height: 800 },
    colorScheme: "dark",
  });
  const page = await context.newPage();
  await enter(page, "priya", "/inbox");
  await openForm(page, `/meetings/new?start=${at(30)}&end=${at(31)}`);
  await page.getByLabel("Subject").fill(`For Ana ${run}`);
  const other = page.getByRole("combobox", { name: "Choose a colleague" });
  await untilShown(() => page.getByRole("button", { name: "Choose a colleague" }).click(), other);
  await choose(page, other, "Ana Lim", /^Ana Lim/);
  await expect(page.getByText("You make it, Ana Lim holds it.")).toBeVisible();

  const band = page.getByRole("slider", { name: "Time of the meeting" });
  const before = await band.getAttribute("aria-valuetext");
  await band.press("ArrowRight");
  await expect(band).not.toHaveAttribute("aria-valuetext", before ?? "");
  await page.getByRole("radio", { name: "Private" }).check();
  await expectClean(page, "the editor on a phone");

  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("Draft", { exact: true }).first()).toBeVisible();
  await expectClean(page, "a draft on a phone");
  const address = new URL(page.url()).pathname;

  // The host may, a colleague without a part in it finds nothing.
  const host = await openAs(browser, "host");
  await host.goto(address);
  await expect(host.getByRole("heading", { level: 1 })).toHaveText(`For Ana ${run}`);
  await expect(host.getByText(/^Confirming takes the time of 1 person/)).toBeVisible();
  const kenji = await openAs(browser, "kenji");
  expect((await kenji.goto(address))?.status()).toBe(404);
});

test("two people change one meeting: what both typed is kept, and what clashes is asked", async ({
  page,
  browser,
}) => {
  await enter(page, "host", "/inbox");
  const id = await make(page, { subject: `Both ${run}`, start: at(50), end: at(51) });
  await openForm(page, `/meetings/${id}/edit`);
  await page.getByLabel("Subject").fill(`Both, mine ${run}`);
  await page.getByLabel("Agenda").fill("Where the data lives");

  const manager = await openAs(browser, "manager");
  const changed = await manager.request.patch(`/api/v1/meetings/${id}`, {
    headers: { origin: new URL(manager.url()).origin },
    data: { subject: `Both, theirs ${run}`, visibility: "private" },
  });
  expect(changed.status(), await changed.text()).toBe(200);

  await page.getByRole("button", { name: "Save changes" }).click();
  const clash = page.getByRole("alert").filter({ hasText: "Somebody changed this meeting" });
  await expect(clash).toContainText(`Both, theirs ${run}`);
  await expect(page.getByLabel("Subject")).toHaveValue(`Both, mine ${run}`);
  await expect(page.getByRole("radio", { name: "Private" })).toBeChecked();
  await clash.getByRole("button", { name: "Take theirs" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Both, theirs ${run}`);
  await expect(page.getByText("Where the data lives")).toBeVisible();
  // A manager’s act in the host’s place is said.
  await expect(page.getByText("for the host").first()).toBeVisible();
});
