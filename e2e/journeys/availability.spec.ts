import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { bookThroughApi, freeStarts } from "../fixtures/api";
import { expectClean } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { insertLinkOf } from "../fixtures/link-of";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// A host's own hours: dragged, typed, saved, and seen by guests. Kenji has links nobody else books.

const token = `hours-${randomUUID().slice(0, 8)}`;
const zone = "Asia/Tokyo";

test.beforeAll(() => insertLinkOf("kenji", { name: "Hours of Kenji", token }));

test.afterAll(async () => {
  await withDatabase((db) =>
    db.query("UPDATE booking_link SET active = false WHERE token = $1", [token]),
  );
});

/** The page with its scripts awake: the preview is asked for by them. */
async function openAvailability(page: Page, account: string, query = "") {
  await enter(page, account, `/availability${query}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Availability");
  await expect(page.getByText(/on offer/).first()).toBeVisible({ timeout: 30_000 });
}

const weekday = (iso: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long" }).format(new Date(iso));
const timeOf = (iso: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(
    new Date(iso),
  );

const save = async (page: Page) => {
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. Guests see it now.")).toBeVisible();
};

test("a host drags, nudges and types the week; guests are offered exactly that", async ({
  page,
}) => {
  const booked = await bookThroughApi(token);
  const bookedDay = weekday(booked.start);
  await openAvailability(page, "kenji");

  // What is booked that day falls outside once it is closed, and is named before anything is saved.
  await page
    .getByRole("button", { name: new RegExp(`^${bookedDay.slice(0, 3)}, .*Type the hours$`) })
    .click();
  await page.getByLabel(`Hours of ${bookedDay}`).fill("9 to nonsense");
  await page.keyboard.press("Enter");
  await expect(page.getByText("These hours were not understood.")).toBeVisible();
  await page.getByLabel(`Hours of ${bookedDay}`).fill("closed");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/booked meetings? falls? outside/)).toBeVisible();
  await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();

  // The keyboard moves a bar by quarters and stretches its end.
  const other = bookedDay === "Wednesday" ? "Thursday" : "Wednesday";
  await page.getByRole("button", { name: `${other}, 09:00–17:00` }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: `${other}, 09:15–17:15` })).toBeFocused();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByRole("button", { name: `${other}, 09:15–17:00` })).toBeFocused();

  // A drag on Sunday's empty line opens four hours of it.
  const line = await page.getByText("Closed. Drag to open").last().boundingBox();
  if (!line) throw new Error("Sunday has no line");
  const track = await page.getByRole("button", { name: `${other}, 09:15–17:00` }).boundingBox();
  if (!track) throw new Error("the bar has no box");
  const hour = track.width / 7.75;
  const nine = track.x - hour / 4;
  const y = line.y + line.height / 2;
  await page.mouse.move(nine + hour + 3, y);
  await page.mouse.down();
  await page.mouse.move(nine + 2 * hour, y, { steps: 3 });
  await page.mouse.move(nine + 5 * hour - 2, y, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByRole("button", { name: "Sunday, 10:00–14:00" })).toBeVisible();
  await page.getByRole("combobox", { name: "Through" }).click();
  await page.getByRole("option", { name: "Hours of Kenji" }).click();
  await expect(page.getByText("Unsaved changes are shown.")).toBeVisible();
  await save(page);

  const starts = await freeStarts(token);
  expect(starts.filter((start) => weekday(start) === bookedDay)).toEqual([]);
  const times = (day: string) =>
    new Set(starts.filter((start) => weekday(start) === day).map(timeOf));
  expect(times("Sunday")).toEqual(new Set(["10:00", "11:00", "12:00", "13:00"]));
  expect([...times(other)][0]).toBe("09:15");

  // Nothing was cancelled, and what was saved is there after a reload.
  const { rows } = await withDatabase((db) =>
    db.query("SELECT 1 FROM meeting WHERE starts_at = $1 AND state <> 'cancelled'", [booked.start]),
  );
  expect(rows.length).toBeGreaterThan(0);
  await openAvailability(page, "kenji");
  await expect(page.getByRole("button", { name: "Sunday, 10:00–14:00" })).toBeVisible();
  await expect(page.getByText(/booked meetings? (?:is|are) outside these hours/)).toBeVisible();
});

test("a date is closed in the calendar, an absence sends guests elsewhere and is taken back", async ({
  page,
}) => {
  await openAvailability(page, "kenji");
  const before = await freeStarts(token);
  const day = (before.at(-1) ?? "").slice(0, 10);
  const isThatDay = (start: string) => start.startsWith(day);

  const wanted = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(new Date(day));
  const cell = page.getByRole("button", { name: wanted, exact: true });
  await untilShown(async () => {
    if ((await cell.count()) === 0) await page.getByRole("button", { name: "Later month" }).click();
  }, cell.first());
  await cell.first().click();
  await page.getByRole("button", { name: "Closed all day" }).click();
  await save(page);
  expect((await freeStarts(token)).filter(isThatDay)).toEqual([]);
  await page
    .getByRole("button", { name: /^Remove (?!the absence)/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveCount(0);

  await page.getByRole("button", { name: "Add absence" }).click();
  const dialog = page.getByRole("dialog");
  const first = (before[0] ?? "").slice(0, 10);
  await dialog.getByLabel("From", { exact: true }).fill(first);
  await dialog.getByLabel("To", { exact: true }).fill(day);
  await dialog.getByRole("combobox", { name: "Send guests to" }).click();
  await page.getByRole("option", { name: /Quick call/ }).click();
  await dialog.getByRole("button", { name: "Save absence" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("Guests are sent to “Quick call”")).toBeVisible();
  expect((await freeStarts(token)).filter((start) => start.slice(0, 10) < day)).toEqual([]);
  await page.getByRole("button", { name: /^Remove the absence/ }).click();
  await expect(page.getByText(/^The absence from .* is removed/)).toBeVisible();
  expect((await freeStarts(token)).length).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Guests are sent to “Quick call”")).toBeVisible();
  await page.getByRole("button", { name: /^Remove the absence/ }).click();
  await expect(page.getByText(/^The absence from .* is removed/)).toBeVisible();
});

test("a manager edits a host's hours knowing it is logged, and whoever was slower keeps their work", async ({
  page,
  browser,
}) => {
  const { rows } = await withDatabase((db) =>
    db.query<{ id: string }>("SELECT id FROM app_user WHERE email = 'kenji@meridian.example'"),
  );
  const query = `?person=${rows[0]?.id}`;
  await openAvailability(page, "manager", query);
  await expect(page.getByText("These are Kenji Mori’s hours.")).toBeVisible();
  await page.getByRole("button", { name: /^Sat, .*Type the hours$/ }).click();
  await page.getByLabel("Hours of Saturday").fill("10-11");
  await page.keyboard.press("Enter");

  const own = await browser.newContext();
  const kenji = await own.newPage();
  await openAvailability(kenji, "kenji");
  await kenji.getByRole("button", { name: /^Sat, .*Type the hours$/ }).click();
  await kenji.getByLabel("Hours of Saturday").fill("15-16");
  await kenji.keyboard.press("Enter");
  await save(kenji);
  await own.close();

  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Somebody changed this a moment ago.")).toBeVisible();
  await expect(page.getByText("Saturday: 15:00–16:00")).toBeVisible();
  await expect(page.getByRole("button", { name: "Saturday, 10:00–11:00" })).toBeVisible();
  await page.getByRole("button", { name: "Keep mine and look again" }).click();
  await save(page);
  const audited = await withDatabase((db) =>
    db.query("SELECT 1 FROM audit_entry WHERE action = 'availability.hours (override)'"),
  );
  expect(audited.rows.length).toBeGreaterThan(0);
});

test("a schedule is made by keyboard; one that links read is not deleted, and says which", async ({
  page,
}) => {
  await openAvailability(page, "kenji");
  const name = `Nights ${token}`;
  await page.getByRole("button", { name: "New schedule" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.getByRole("button", { name: `More about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: /^More about/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete schedule" }).click();
  await expect(page.getByRole("dialog")).toContainText("Used by");
  await expect(page.getByRole("dialog")).toContainText("Hours of Kenji");
});

for (const [width, colorScheme] of [
  [1366, "light"],
  [375, "dark"],
] as const)
  test.describe(`${width} px, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width, height: width === 375 ? 812 : 900 } });

    test("the page, a day being typed and the dialog of an absence have no finding", async ({
      page,
    }) => {
      await openAvailability(page, "kenji");
      await page.getByRole("button", { name: /^Fri, .*Type the hours$/ }).click();
      await page.getByLabel("Hours of Friday").fill("10-12, 13-15:30");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: /^Tue, .*Type the hours$/ }).click();
      await expectClean(page, "availability");
      await page.getByRole("button", { name: "Add absence" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectClean(page, "absence");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Discard" }).click();
    });
  });
