import { randomUUID } from "node:crypto";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";

const expect = expectSoon.configure({ timeout: 30_000 });

/** A lead of the seller's with something that was due an hour ago; its subject. */
const insertLate = (): Promise<string> =>
  withDatabase(async (db) => {
    const [lead, subject] = [randomUUID(), `Call about ${randomUUID().slice(0, 8)}`];
    await db.query(
      `INSERT INTO lead (workspace_id, id, kind, name, currency, owner_id, created_at, updated_at)
       SELECT workspace_id, $1, 'lead', 'Journey Bakeries', 'USD', id, now() - interval '2 hours', now()
         FROM app_user WHERE email = 'sales@meridian.example'`,
      [lead],
    );
    await db.query(
      `INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, assignee_id, created_at)
       SELECT workspace_id, $1, id, 'call', $3, now() - interval '1 hour', owner_id, now() FROM lead WHERE id = $2`,
      [randomUUID(), lead, subject],
    );
    return subject;
  });

test("a seller ticks off what is late, takes it back, puts it to tomorrow by keys and clicks, also on a phone", async ({
  page,
}) => {
  const subject = await insertLate();
  await enter(page, "sales", "/activities");
  const overdue = page.getByRole("region", { name: "Overdue" });
  const done = page.getByRole("region", { name: "Done today" });
  await expect(overdue.getByRole("link", { name: subject })).toBeVisible();
  await expectCleanInBoth(page, "my day");
  await page.getByRole("button", { name: `Mark as done: ${subject}` }).click();
  await expect(done.getByRole("link", { name: subject })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(overdue.getByRole("link", { name: subject })).toBeVisible();
  // By keys: the one in focus is ticked off, and the next one is in focus.
  await overdue.getByRole("link", { name: subject }).focus();
  await page.keyboard.press("x");
  await expect(done.getByRole("link", { name: subject })).toBeVisible();
  await page.getByRole("button", { name: `Not done after all: ${subject}` }).click();
  await expect(overdue.getByRole("link", { name: subject })).toBeVisible();
  await page.setViewportSize({ width: 375, height: 812 });
  await page.getByRole("button", { name: `Another time for: ${subject}` }).click();
  await expectClean(page, "another time on a phone");
  await page.getByRole("button", { name: "Tomorrow" }).click();
  const week = page.getByRole("region", { name: "Next seven days" });
  await expect(week.getByRole("link", { name: subject })).toBeVisible();
  await expect(overdue.getByRole("link", { name: subject })).toBeHidden();
});

test("everybody's day is for whoever may see it, and the page is not there for those who do not sell", async ({
  page,
}) => {
  await enter(page, "manager", "/activities?who=all");
  await expect(page.getByRole("heading", { level: 1, name: "Everybody’s day" })).toBeVisible();
  await expect(page.getByText("all teams").first()).toBeVisible();
  await enter(page, "host", "/activities");
  await expect(page.getByRole("heading", { level: 1, name: "My day" })).toBeHidden();
});
