import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";

const CARRIES_MS = 20_000;

/** A risk's line, once the page is alive and has its figures. */
const lineOf = (page: Page, name: RegExp): Locator =>
  page
    .getByRole("table", { name: "What could we lose?" })
    .getByRole("row")
    .filter({ hasText: name });

const drawn = (page: Page) =>
  expect(page.getByRole("heading", { name: "What changed the open pipeline?" })).toBeVisible({
    timeout: CARRIES_MS,
  });

async function ready(page: Page): Promise<void> {
  await drawn(page);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: CARRIES_MS });
}

/** The largest deal of all, late by a month: its risk is told by it. Answers its id and its name. */
async function makeOverdue(): Promise<{ id: string; name: string }> {
  const id = randomUUID();
  const name = `Harbour ${id.slice(0, 6)}`;
  await withDatabase((db) =>
    db.query(
      `INSERT INTO lead (workspace_id, id, kind, name, company_name, owner_id, pipeline_id, stage_id, stage_type, amount_minor,
                         currency, expected_close, created_at, opportunity_at, stage_entered_at, updated_at)
       SELECT w.id, $1, 'opportunity', $2, $2, u.id, s.pipeline_id, s.id, s.type, 900000000, w.base_currency,
              current_date - 30, now() - interval '60 days', now() - interval '60 days', now() - interval '60 days', now()
         FROM app_user u JOIN workspace w ON w.id = u.workspace_id
         JOIN pipeline p ON p.workspace_id = w.id AND p.is_default
         JOIN stage s ON s.workspace_id = w.id AND s.pipeline_id = p.id AND s.type = 'open'
        WHERE u.email = 'manager@meridian.example' ORDER BY s.position LIMIT 1`,
      [id, name],
    ),
  );
  return { id, name };
}

const tasksOf = (id: string): Promise<number> =>
  withDatabase(async (db) => {
    const { rows } = await db.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM activity WHERE lead_id = $1 AND deleted_at IS NULL",
      [id],
    );
    return rows[0]?.n ?? 0;
  });

const close = (id: string) =>
  withDatabase((db) => db.query("UPDATE lead SET deleted_at = now() WHERE id = $1", [id]));

test("a manager sees what could be lost, has somebody follow it up, and takes that back", async ({
  page,
}) => {
  const deal = await makeOverdue();
  try {
    await enter(page, "manager", "/dashboards/strategic");
    await ready(page);
    const line = lineOf(page, /^Overdue/);
    await expect(line).toContainText(deal.name);
    await expect(line).toContainText("30 days late");

    await line.getByRole("button", { name: "Task about: Overdue", exact: true }).click();
    await expect(line).toContainText(/Task for \w+, \d+ \w+/);
    expect(await tasksOf(deal.id)).toBe(1);
    await line.getByRole("button", { name: "Undo the task about: Overdue" }).click();
    await expect(
      line.getByRole("button", { name: "Task about: Overdue", exact: true }),
    ).toBeVisible();
    expect(await tasksOf(deal.id)).toBe(0);

    // The row opens exactly its deals.
    const [, deals = ""] = (await line.getByRole("cell").allTextContents()).map((text) =>
      text.trim(),
    );
    await line.getByRole("link", { name: "Overdue", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Overdue", level: 1 })).toBeVisible();
    await expect(page.getByText(new RegExp(`^${deals} deals?,`))).toBeVisible();
    await expect(page.getByRole("link", { name: deal.name })).toBeVisible();
    await expectCleanInBoth(page, "the deals of a risk");
    await page.getByRole("link", { name: "Strategic", exact: true }).last().click();
    await ready(page);
  } finally {
    await close(deal.id);
  }
});

test("a risk rests with its reason and is woken; thresholds say what a risk is, and are taken back", async ({
  page,
}) => {
  const deal = await makeOverdue();
  try {
    await enter(page, "manager", "/dashboards/strategic");
    await ready(page);
    const line = lineOf(page, /^Overdue/);
    await line.getByRole("button", { name: "Snooze: Overdue", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Snooze: Overdue" });
    await dialog.getByRole("button", { name: "Snooze", exact: true }).click();
    await expect(dialog.getByText("Say why it may rest.")).toBeVisible();
    await expectClean(page, "the dialog of a rest");
    await dialog.getByLabel("Why it may rest").fill("The customer is audited this week");
    await dialog.getByRole("button", { name: "Snooze", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(line).toContainText(/Until \d+ \w+/);
    await expect(line).toContainText("The customer is audited this week");
    await line.getByRole("button", { name: "Wake: Overdue" }).click();
    await expect(line.getByRole("button", { name: "Snooze: Overdue", exact: true })).toBeVisible();

    const setDays = async (days: string) => {
      await page.getByRole("button", { name: "Thresholds" }).click();
      const form = page.getByRole("dialog", { name: "What counts as a risk" });
      await form.getByLabel("Overdue after days").fill(days);
      await form.getByRole("button", { name: "Save thresholds" }).click();
      await expect(form).toHaveCount(0);
    };
    await setDays("31");
    // No longer late, it is told by its next worst reason.
    await expect(lineOf(page, /^High value/)).toContainText(deal.name);
    await expect(line).not.toContainText(deal.name);
    await setDays("");
    await expect(line).toContainText(deal.name);
  } finally {
    await close(deal.id);
  }
});

test("the strategic dashboard is clean on a phone and on a screen, and not there for who does not manage", async ({
  page,
}) => {
  await enter(page, "manager", "/dashboards/strategic");
  await ready(page);
  await expectCleanInBoth(page, "the strategic dashboard");
  await expect(page.getByText("difference S$0")).toBeVisible();
  await page.setViewportSize({ width: 375, height: 667 });
  await expectClean(page, "the strategic dashboard on a phone");
  await enter(page, "sales", "/dashboards/strategic");
  await expect(page.getByRole("heading", { name: "What could we lose?" })).toHaveCount(0);
});
