import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect as expectSoon, test } from "@playwright/test";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { withDatabase } from "../fixtures/database";
import { enter } from "../fixtures/session";

const expect = expectSoon.configure({ timeout: 30_000 });

/** Two deals of the seller's in the first stage: one with a call that is due today, one to be lost. */
const insertMorning = () =>
  withDatabase(async (db) => {
    const [deal, other, tag] = [randomUUID(), randomUUID(), randomUUID().slice(0, 8)];
    const names = [`Morning Bakeries ${tag}`, `Evening Prints ${tag}`] as const;
    for (const [id, name] of [
      [deal, names[0]],
      [other, names[1]],
    ]) {
      await db.query(
        `INSERT INTO lead (workspace_id, id, kind, name, currency, amount_minor, owner_id, pipeline_id, stage_id, stage_type,
                           stage_entered_at, opportunity_at, created_at, updated_at)
         SELECT u.workspace_id, $1, 'opportunity', $2, 'SGD', 6760000, u.id, s.pipeline_id, s.id, s.type,
                now() - interval '2 days', now() - interval '2 days', now() - interval '2 days', now()
           FROM app_user u JOIN stage s ON s.workspace_id = u.workspace_id AND s.type = 'open' AND s.archived_at IS NULL
           JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id AND p.is_default
          WHERE u.email = 'sales@meridian.example' ORDER BY s.position LIMIT 1`,
        [id, name],
      );
    }
    const subject = `Call about ${tag}`;
    await db.query(
      `INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, assignee_id, created_at)
       SELECT workspace_id, $1, id, 'call', $3, now() - interval '1 minute', owner_id, now() FROM lead WHERE id = $2`,
      [randomUUID(), deal, subject],
    );
    const { rows } = await db.query<{ name: string }>(
      "SELECT name FROM app_user WHERE email = 'manager@meridian.example'",
    );
    return { deal, other, names, subject, manager: rows[0]?.name ?? "" };
  });

const stageButton = (page: Page) => page.getByRole("button", { name: /^Move to [^,]+$/ });

test("a seller's morning: what is due is called, the next step planned, the deal moved, a colleague told, another deal lost with its reason", async ({
  page,
}) => {
  const { deal, other, names, subject, manager } = await insertMorning();
  await enter(page, "sales", "/activities");
  await page.getByRole("link", { name: subject }).click();
  await expect(page.getByRole("heading", { level: 1, name: names[0] })).toBeVisible();
  await expect(page.getByText("S$67,600").first()).toBeVisible();
  await expectCleanInBoth(page, "a deal");

  await page.getByRole("button", { name: "Call", exact: true }).click();
  await page.getByLabel("What it was about").fill("Start date");
  await page.getByLabel("Minutes").fill("12");
  await page.getByRole("button", { name: "Log call" }).click();
  await expect(page.getByText("Call, 12 min")).toBeVisible();
  await expect(page.getByText(subject).first()).toBeVisible();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await page.getByRole("button", { name: "Plan one" }).click();
  await page.getByLabel("What", { exact: true }).fill("Send the quote");
  await page.getByRole("button", { name: "Plan", exact: true }).last().click();
  await expect(page.getByText("Send the quote").first()).toBeVisible();

  const next = (await stageButton(page).textContent())?.replace("Move to ", "") ?? "";
  await stageButton(page).click();
  await expect(page.getByText(new RegExp(`→ ${next}`))).toBeVisible();

  await page.getByRole("button", { name: "Note", exact: true }).click();
  const note = page.getByRole("textbox", { name: "Note" });
  await note.fill(`They want it in January. @${manager.slice(0, 3)}`);
  await page.getByRole("option", { name: manager }).click();
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("They want it in January.").first()).toBeVisible();

  await page.goto(`/leads/${other}`);
  await page.getByRole("button", { name: "More for this deal" }).click();
  await page.getByRole("menuitem", { name: "Lose…" }).click();
  await page.getByRole("button", { name: "Lose deal" }).click();
  await expect(page.getByRole("alert").getByText("Choose a reason.")).toBeVisible();
  await expectClean(page, "why a deal is lost");
  await page.getByLabel("Reason").selectOption({ label: "Price" });
  await page.getByLabel("Lost to").fill("Somebody cheaper");
  await page.getByRole("button", { name: "Lose deal" }).click();
  await expect(page.getByText("Price, Somebody cheaper")).toBeVisible();

  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(`/leads/${deal}`);
  await page.getByRole("tab", { name: "Facts" }).click();
  await expectClean(page, "the facts of a deal on a phone");

  await enter(page, "manager", "/inbox");
  await expect(page.getByRole("link", { name: new RegExp(names[0]) }).first()).toBeVisible();
});

test("a fact is changed in its place by keys, and who was faster is named", async ({ page }) => {
  const { deal, names } = await insertMorning();
  await enter(page, "sales", `/leads/${deal}`);
  await expect(page.getByRole("heading", { level: 1, name: names[0] })).toBeVisible();
  const industry = page.getByRole("button", { name: /Change Industry/ });
  await expect(async () => {
    await industry.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Industry" })).toBeFocused({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.type("Food");
  await withDatabase((db) =>
    db.query(
      "UPDATE lead SET industry = 'Baking', version = version + 1, updated_at = now() WHERE id = $1",
      [deal],
    ),
  );
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "Baking" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Industry" })).toHaveValue("Food");
  await page.getByRole("button", { name: "Save mine" }).click();
  await expect(page.getByText("Industry: Baking → Food")).toBeVisible();
});

test("a company and its deal are made and found again, and a stranger to sales finds nothing", async ({
  page,
}) => {
  const name = `Journey Mills ${randomUUID().slice(0, 8)}`;
  await enter(page, "sales", "/leads/new");
  await expectCleanInBoth(page, "a new deal");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Company").fill(name);
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByText("is not an e-mail address")).toBeVisible();
  await expect(page.getByLabel("Company")).toHaveValue(name);
  await page.getByLabel("E-mail").fill("");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goto(`/companies?q=${encodeURIComponent(name)}`);
  await expectClean(page, "companies");
  await page.getByRole("link", { name }).click();
  await expect(
    page.getByRole("region", { name: "Deals" }).getByRole("link", { name }),
  ).toBeVisible();
  await page.setViewportSize({ width: 375, height: 812 });
  await expectClean(page, "a company on a phone");
  await enter(page, "host", "/companies");
  await expect(page.getByRole("heading", { level: 1, name: "Companies" })).toBeHidden();
});
