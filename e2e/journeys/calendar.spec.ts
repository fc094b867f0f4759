import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean, expectNoSidewaysScroll } from "../fixtures/axe";
import { enter } from "../fixtures/session";

// A host's calendar in Singapore: drawn, moved, taken back and refused, by mouse, finger and keys.

const run = randomUUID().slice(0, 8);
const DAY_MS = 86_400_000;
const DRAWN = `Calendar ${run}: drawn`;

/** A Wednesday months ahead that no other journey comes to; on a server that is kept, another one for each run. */
const wednesday = (() => {
  const weeks = 20 + (Number.parseInt(run.slice(0, 4), 16) % 60);
  const day = new Date(Date.now() + weeks * 7 * DAY_MS);
  return new Date(day.getTime() + ((3 - day.getUTCDay() + 7) % 7) * DAY_MS);
})();
const dateOf = (days: number) =>
  new Date(wednesday.getTime() + days * DAY_MS).toISOString().slice(0, 10);
/** That time on the Wednesday, or so many days after it, in Singapore. */
const at = (time: string, days = 0) => new Date(`${dateOf(days)}T${time}:00+08:00`).toISOString();

type Made = { readonly id: string; readonly version: number };

/** A session is only believed from our own pages. */
const fromHere = (page: Page) => ({ origin: new URL(page.url()).origin });

async function make(page: Page, data: Record<string, unknown>): Promise<Made> {
  const headers = fromHere(page);
  const made = await page.request.post("/api/v1/meetings", { data, headers });
  expect(made.status(), await made.text()).toBe(201);
  return made.json();
}

const titleOf = (page: Page) => page.getByRole("heading", { level: 1 }).locator("span").first();
const columnOf = (page: Page, days: number) =>
  page.locator(`[data-column][aria-label*=" ${new Date(at("12:00", days)).getUTCDate()} "]`);
const eventIn = (place: Locator | Page, subject: string) =>
  place.getByRole("link", { name: subject });

/** Where a time of day is in a column that shows eight to twenty. */
async function placeOf(column: Locator, time: string) {
  const box = await column.boundingBox();
  if (box === null) throw new Error("the day is not shown");
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const share = (hour * 60 + minute - 480) / 720;
  return { x: box.x + box.width / 2, y: box.y + share * box.height + 1 };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}

test.describe("a host's calendar", () => {
  test.use({ viewport: { width: 1366, height: 1000 } });

  test("a meeting is drawn, moved and taken back by mouse, moved by keys, and refused where somebody is busy", async ({
    page,
  }) => {
    await enter(page, "host", `/meetings?view=week&date=${dateOf(0)}`);
    const [wed, thu] = [columnOf(page, 0), columnOf(page, 1)];

    await drag(page, await placeOf(wed, "10:00"), await placeOf(wed, "11:25"));
    const subject = page.getByRole("textbox", { name: "Subject" });
    await expect(subject).toBeFocused();
    await expectClean(page, "a drawn time");
    await subject.fill(DRAWN);
    await page.keyboard.press("Enter");
    await expect(eventIn(wed, DRAWN)).toContainText("10:00 to 11:30");

    await drag(page, await placeOf(wed, "10:30"), await placeOf(thu, "13:30"));
    await expect(eventIn(thu, DRAWN)).toContainText("13:00 to 14:30");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(eventIn(wed, DRAWN)).toContainText("10:00 to 11:30");
    await expect(page.getByRole("alert").filter({ hasText: "Nobody was told" })).toBeVisible();

    await eventIn(wed, DRAWN).focus();
    for (const keys of ["Shift+ArrowDown", "Shift+ArrowDown", "Alt+ArrowDown", "Enter"]) {
      await page.keyboard.press(keys);
    }
    await expect(eventIn(wed, DRAWN)).toContainText("10:30 to 12:15");
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await page.reload();
    await expect(eventIn(wed, DRAWN)).toContainText("10:30 to 12:15");

    await make(page, {
      subject: `Calendar ${run}: in the way`,
      start: at("14:00", 1),
      end: at("15:00", 1),
      confirm: true,
    });
    await drag(page, await placeOf(wed, "11:00"), await placeOf(thu, "14:30"));
    const trouble = page.getByRole("alert").filter({ hasText: "This time is taken." });
    await expect(trouble).toContainText(`Calendar ${run}: in the way`);
    await expect(trouble).toContainText("stays where it was");
    await expect(eventIn(wed, DRAWN)).toContainText("10:30 to 12:15");
    await trouble
      .getByRole("group", { name: "Next free times" })
      .getByRole("button")
      .first()
      .click();
    await expect(trouble).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    await expect(eventIn(wed, DRAWN)).toHaveCount(0);
  });

  test("who moves what somebody else just changed, is told and shown what it is now", async ({
    page,
  }) => {
    await enter(page, "host", "/inbox");
    const subject = `Calendar ${run}: twice`;
    const times = { start: at("09:00", 2), end: at("10:00", 2) };
    const made = await make(page, { subject, ...times, confirm: true });
    await page.goto(`/meetings?view=week&date=${dateOf(2)}`);
    const fri = columnOf(page, 2);
    await expect(eventIn(fri, subject)).toBeVisible();
    const data = { version: made.version, subject: `${subject}, renamed` };
    const headers = fromHere(page);
    const changed = await page.request.patch(`/api/v1/meetings/${made.id}`, { data, headers });
    expect(changed.ok(), await changed.text()).toBe(true);

    await drag(page, await placeOf(fri, "09:30"), await placeOf(fri, "16:30"));
    const told = page.getByRole("alert").filter({ hasText: "Somebody changed this meeting" });
    await expect(told).toBeVisible();
    await expect(eventIn(fri, `${subject}, renamed`)).toContainText("09:00 to 10:00");
  });

  test("the same days as a month and as a day, by keys, without a finding in either scheme", async ({
    page,
  }) => {
    await enter(page, "host", "/inbox");
    const subject = `Calendar ${run}: month`;
    await make(page, { subject, start: at("17:00"), end: at("18:00"), confirm: true });
    await page.goto(`/meetings?view=week&date=${dateOf(0)}&zone2=Europe/Berlin`);
    await expect(eventIn(page, subject)).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectClean(page, `the week, ${colorScheme}`);
    }
    await page.keyboard.press("m");
    await expect(titleOf(page)).toHaveText(/^\p{L}+ \d{4}$/u);
    await expect(eventIn(page, subject)).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectClean(page, `the month, ${colorScheme}`);
    }
    const chip = eventIn(page, subject);
    const over = page.locator(`[data-date="${dateOf(1)}"]`);
    const [from, to] = [await chip.boundingBox(), await over.boundingBox()];
    if (from === null || to === null) throw new Error("the month is not shown");
    await drag(
      page,
      { x: from.x + 20, y: from.y + 8 },
      { x: to.x + to.width / 2, y: to.y + to.height - 8 },
    );
    await expect(eventIn(over, subject)).toBeVisible();
    await page.keyboard.press("Control+z");
    await expect(eventIn(page.locator(`[data-date="${dateOf(0)}"]`), subject)).toBeVisible();

    await page.keyboard.press("d");
    await expect(titleOf(page)).toHaveText(/^Wednesday/);
    await expect(eventIn(page, subject)).toContainText("17:00 to 18:00");
    await expectClean(page, "the day");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Undo the last move");
  });
});

test("beside a colleague, their private meeting is busy and nothing else", async ({
  page,
  browser,
}) => {
  const theirs = await browser.newPage();
  await enter(theirs, "manager", "/inbox");
  const secret = `Secret ${run}`;
  const times = { start: at("10:00", 5), end: at("11:00", 5), confirm: true };
  await make(theirs, { subject: secret, visibility: "private", ...times });
  await theirs.close();

  await enter(page, "host", `/meetings?view=people&date=${dateOf(5)}`);
  const field = page.getByRole("textbox", { name: "Add a colleague" });
  await field.fill("Mei");
  await page.getByRole("option", { name: /Mei Tan/ }).click();
  const column = page.getByRole("group", { name: /^Mei Tan, / });
  await expect(column.getByText("Busy")).toBeVisible();
  await expect(column.getByRole("link")).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);
  const drawn = await page.request.get(page.url(), { headers: { rsc: "1" } });
  expect(await drawn.text()).not.toContain(secret);
  await expectClean(page, "people side by side");

  await page.setViewportSize({ width: 375, height: 812 });
  await expectNoSidewaysScroll(page, "people on a phone");
  await page.goto(`/meetings?view=week&date=${dateOf(5)}`);
  await expect(page.locator("[data-column]").filter({ visible: true })).toHaveCount(1);
  await expectClean(page, "the week on a phone");
});
