import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { expectClean } from "../fixtures/axe";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// A meeting that repeats: made with a date that clashes, changed for one date, for those after it, and withdrawn.

const run = randomUUID().slice(0, 8);
const subject = `Weekly pilot ${run}`;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Deep in some Thursday's night in Singapore, next year: nothing of other journeys is there, nor of other runs. */
function farThursday(): number {
  const weeks = 10 + Math.floor(Math.random() * 30);
  const day = new Date(Date.now() + weeks * WEEK_MS);
  day.setUTCDate(day.getUTCDate() + ((4 - day.getUTCDay() + 7) % 7));
  return day.setUTCHours(-6, Math.floor(Math.random() * 36) * 5, 0, 0);
}
const start = farThursday();
const iso = (moment: number) => new Date(moment).toISOString();

const db = new pg.Client({ connectionString: process.env.MERIDIAN_E2E_DATABASE_URL });
test.beforeAll(() => db.connect());
test.afterAll(() => db.end());

type Row = {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly week: number;
};

/** Every date of the series and of what continues it: what became of it, and in which week after the first. */
async function dates(): Promise<Row[]> {
  const { rows } = await db.query<Omit<Row, "week"> & { starts_at: Date }>(
    "SELECT id, subject, state::text, starts_at FROM meeting WHERE subject LIKE $1 ORDER BY starts_at",
    [`${subject}%`],
  );
  return rows.map(({ starts_at, ...row }) => ({
    ...row,
    week: (starts_at.getTime() - start) / WEEK_MS,
  }));
}

const mailsOf = async (event: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM mail_message mm
     JOIN meeting m ON m.workspace_id = mm.workspace_id AND m.id = mm.meeting_id
     WHERE m.subject LIKE $1 AND mm.event = $2`,
    [`${subject}%`, event],
  );
  return rows[0]?.count ?? -1;
};

/** Chooses how many dates are meant, in the dialog that asks. */
async function chooseScope(page: Page, scope: string, go: string): Promise<void> {
  const dialog = page.getByRole("dialog").filter({ hasText: "Which dates" });
  await dialog.getByLabel(scope).check();
  await dialog.getByRole("button", { name: go }).click();
}

test("a host makes a series around what clashes, changes parts of it, and withdraws it", async ({
  page,
}) => {
  await enter(page, "host", "/inbox");
  const busy = await page.request.post("/api/v1/meetings", {
    headers: { origin: new URL(page.url()).origin },
    data: {
      subject: `Dentist ${run}`,
      start: iso(start + WEEK_MS),
      end: iso(start + WEEK_MS + HOUR_MS),
      confirm: true,
    },
  });
  expect(busy.status(), await busy.text()).toBe(201);

  await test.step("every date is looked at while the form is filled in", async () => {
    await page.goto(`/meetings/new?start=${iso(start)}&end=${iso(start + HOUR_MS)}`);
    const option = page.getByRole("option", { name: "Every week" });
    await untilShown(() => page.getByRole("combobox", { name: "How it repeats" }).click(), option);
    await option.click();
    await page.getByLabel("How many times").fill("6");
    await page.getByLabel("Subject").fill(subject);
    await expect(page.getByText("Repeats every Thursday")).toBeVisible();
    await expect(page.getByText("One date clashes. Say what happens on it.")).toBeVisible();
    await expect(page.getByText(`is busy: Dentist ${run}`)).toBeVisible();
    await expectClean(page, "the editor of a series");
  });

  await test.step("the date that clashes is left out, and the rest is made whole", async () => {
    await page.getByRole("combobox", { name: /^On / }).first().click();
    await page.getByRole("option", { name: "Leave this date out" }).click();
    await expect(page.getByText("One date is left out.")).toBeVisible();
    await page.getByRole("button", { name: "Confirm and invite" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
    await expect(page.getByText("Repeats every Thursday")).toBeVisible();
    expect((await dates()).map(({ week, state }) => [week, state])).toEqual(
      [0, 2, 3, 4, 5].map((week) => [week, "confirmed"]),
    );
    expect(await mailsOf("confirmed")).toBe(1);
  });

  await test.step("one date gets another name, and says that it differs", async () => {
    const second = (await dates())[1];
    await page.goto(`/meetings/${second?.id}/edit`);
    await page.getByLabel("Subject").fill(`${subject}, kick-off`);
    const dialog = page.getByRole("dialog").filter({ hasText: "Which dates" });
    await untilShown(() => page.getByRole("button", { name: "Save changes" }).click(), dialog);
    await expectClean(page, "the question which dates are meant");
    await chooseScope(page, "Only this date", "Save");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${subject}, kick-off`);
    await expect(page.getByText("Differs from its series")).toBeVisible();
    expect((await dates()).filter((row) => row.subject !== subject)).toHaveLength(1);
  });

  await test.step("a date and those after it go their own way", async () => {
    const fourth = (await dates())[3];
    await page.goto(`/meetings/${fourth?.id}/edit`);
    await page.getByLabel("Subject").fill(`${subject}, second half`);
    const dialog = page.getByRole("dialog").filter({ hasText: "Which dates" });
    await untilShown(() => page.getByRole("button", { name: "Save changes" }).click(), dialog);
    await chooseScope(page, "This date and those after it", "Save");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${subject}, second half`);
    expect((await dates()).map((row) => row.subject.replace(subject, ""))).toEqual([
      "",
      ", kick-off",
      "",
      ", second half",
      ", second half",
    ]);
  });

  await test.step("the second half is withdrawn with one mail", async () => {
    const scope = page.getByRole("dialog").filter({ hasText: "Which dates" });
    await untilShown(() => page.getByRole("button", { name: "Cancel meeting" }).click(), scope);
    await chooseScope(page, "All dates that are to come", "Cancel them");
    const why = page.getByRole("dialog").filter({ hasText: subject });
    await why.getByRole("textbox").fill("The project is over.");
    await why.getByRole("button", { name: "Cancel meeting" }).click();
    await expect(page.getByText("Cancelled", { exact: true }).first()).toBeVisible();
    expect((await dates()).map(({ state }) => state)).toEqual([
      "confirmed",
      "confirmed",
      "confirmed",
      "cancelled",
      "cancelled",
    ]);
    expect(await mailsOf("cancelled")).toBe(1);
  });
});

test("at the width of a phone the dates of a series stay readable", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await enter(page, "host", `/meetings/new?start=${iso(start)}&end=${iso(start + HOUR_MS)}`);
  const option = page.getByRole("option", { name: "Every month" });
  await untilShown(() => page.getByRole("combobox", { name: "How it repeats" }).click(), option);
  await option.click();
  await expect(page.getByText(/^10 dates, from/)).toBeVisible();
  await page.getByRole("button", { name: "Show all dates" }).click();
  await expectClean(page, "the dates of a series on a phone");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(375);
});
