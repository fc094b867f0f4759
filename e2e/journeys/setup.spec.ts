import type { Browser, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { expectClean } from "../fixtures/axe";
import type { Effort, Hands } from "../fixtures/keyboard";
import { handsOn, newEffort, secondsOf } from "../fixtures/keyboard";
import { addressInMail } from "../fixtures/mail";
import type { RunningServer } from "../fixtures/run-server";
import { runServer } from "../fixtures/run-server";

// A database of one's own, from nothing to the first booking, without a mouse.

test.describe.configure({ mode: "serial", timeout: 300_000 });

const PASSWORD = "kettle orbit walnut";
const TEAM = ["mei", "priya", "jonas"].map((name) => `${name}@halden.example`);

let server: RunningServer;
let databaseName: string;

/** A server beside the one of the other journeys, on an empty database. */
async function serverOfItsOwn(): Promise<RunningServer> {
  const url = new URL(process.env.MERIDIAN_E2E_DATABASE_URL ?? "");
  databaseName = `setup_${Date.now()}`;
  await onCluster(`CREATE DATABASE ${databaseName}`);
  url.pathname = `/${databaseName}`;
  return runServer({ env: { DATABASE_URL: url.toString(), HOST: "127.0.0.1" } });
}

async function onCluster(statement: string): Promise<void> {
  const url = new URL(process.env.MERIDIAN_E2E_DATABASE_URL ?? "");
  url.pathname = "/postgres";
  const db = new pg.Client({ connectionString: url.toString() });
  await db.connect();
  await db.query(statement).finally(() => db.end());
}

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await serverOfItsOwn();
});
test.afterAll(async () => {
  await server?.dispose();
  if (databaseName) await onCluster(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
});

const codeIn = (log: string): string => /\/setup#([0-9a-z-]{64})/.exec(log)?.[1] ?? "";

test("until somebody is here every page leads to the setup, which wants the code of the log", async ({
  page,
}) => {
  for (const path of ["/", "/meetings", "/admin/users", "/nothing", "/sign-in/link"]) {
    await page.goto(`${server.url}${path}`);
    await expect(page).toHaveURL(`${server.url}/setup`);
  }
  expect(codeIn(server.output())).toHaveLength(64);
  await expectClean(page, "the setup");
  await page.setViewportSize({ width: 375, height: 800 });
  await expectClean(page, "the setup on a phone");
  const fill = async (code: string) => {
    await page.getByLabel("One-time code").fill(code);
    await page.getByLabel("Name of your organisation").fill("Halden Works");
    await page.getByLabel("Your name").fill("Ana Lim");
    await page.getByLabel("E-mail").fill("ana@halden.example");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create the workspace" }).click();
  };
  await expect(async () => {
    await fill("0000-0000");
    await expect(page.getByText("This is not the current code.").first()).toBeVisible({
      timeout: 5_000,
    });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Lim");
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue("Asia/Tokyo");
});

async function setUp(page: Page, hands: Hands): Promise<void> {
  await hands.open(`${server.url}/setup#${codeIn(server.output())}`);
  await hands.look(page.getByRole("heading", { name: "Set up Meridian" }));
  await expect(page.getByLabel("One-time code")).toHaveValue(codeIn(server.output()));
  await hands.fill(page.getByLabel("Name of your organisation"), "Halden Works");
  await hands.fill(page.getByLabel("Your name"), "Ana Lim");
  await hands.fill(page.getByLabel("E-mail"), "ana@halden.example");
  await hands.tabTo(page.getByLabel("Password", { exact: true }));
  await hands.type(PASSWORD);
  await hands.press("Enter");
  await hands.look(page.getByRole("navigation", { name: "Breadcrumb" }));
}

async function inviteTeam(page: Page, hands: Hands): Promise<void> {
  await hands.open(`${server.url}/admin/users`);
  await hands.look(page.getByRole("heading", { name: "People", level: 1 }));
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await expect(async () => {
    await hands.enter(page.getByRole("button", { name: "Invite people" }));
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
  await hands.fill(dialog.getByLabel("E-mail addresses"), TEAM.join(" "));
  await hands.enter(dialog.getByRole("button", { name: "Send invitations" }));
  await expect(dialog.getByText("3 invitations are on their way.")).toBeVisible();
  await hands.press("Escape");
  await expect(dialog).toBeHidden();
}

/** One of them becomes a meeting manager. */
async function setGroupsOfPriya(page: Page, hands: Hands): Promise<void> {
  await hands.enter(page.getByRole("link", { name: "Priya", exact: true }));
  const panel = page.getByRole("complementary", { name: "Person" });
  await hands.look(panel);
  await hands.tabTo(panel.getByRole("checkbox", { name: "Meeting manager" }));
  await hands.press("Space");
  await hands.enter(panel.getByRole("button", { name: "Save groups" }));
  await expect(panel.getByText("The groups are saved")).toBeVisible();
}

async function acceptAll(browser: Browser, effort: Effort): Promise<void> {
  for (const email of TEAM) {
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    const hands = handsOn(page, effort);
    await hands.open(await addressInMail(server.dataDir, email, /\/invitation\?/));
    const password = page.getByLabel(/password/i).first();
    await hands.look(password);
    await hands.tabTo(password);
    await hands.type(PASSWORD);
    await hands.press("Enter");
    await hands.look(page.getByRole("navigation", { name: "Breadcrumb" }));
    await context.close();
  }
}

/** Her own week: on Mondays there is lunch. */
async function setHours(page: Page, hands: Hands): Promise<void> {
  await hands.open(`${server.url}/availability`);
  const monday = page.getByRole("button", { name: /^Mon, .*Type the hours$/ });
  await hands.look(monday);
  const typed = page.getByLabel("Hours of Monday");
  await expect(async () => {
    await hands.enter(monday);
    await expect(typed).toBeFocused({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await hands.type("9-12, 13-17");
  await hands.press("Enter");
  await hands.enter(page.getByRole("button", { name: "Save changes" }));
  await expect(page.getByText("Saved. Guests see it now.")).toBeVisible({ timeout: 30_000 });
}

/** A link of four hosts who take turns, confirmed at once. Returns its address. */
async function makeRoundRobin(page: Page, hands: Hands): Promise<string> {
  await hands.open(`${server.url}/links`);
  const open = page.getByRole("button", { name: "New link" }).first();
  await hands.look(open);
  const dialog = page.getByRole("dialog", { name: "New link" });
  await expect(async () => {
    await hands.enter(open);
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
  await hands.fill(dialog.getByLabel("Name"), "Talk to us");
  await hands.press("Enter");
  await hands.look(page.getByRole("heading", { level: 1, name: "Talk to us" }));
  const role = page.getByRole("radiogroup", { name: "How Ana Lim takes part" });
  await hands.tabTo(role.getByRole("radio", { name: "Always there" }));
  await hands.press("ArrowRight");
  await expect(role.getByRole("radio", { name: "Takes turns" })).toBeChecked();
  for (const name of ["Mei", "Priya", "Jonas"]) {
    await hands.tabTo(page.getByRole("combobox", { name: "Add a host" }));
    // What was searched for before still stands there.
    await hands.press("ControlOrMeta+a");
    await hands.type(name);
    await hands.press("ArrowDown");
    await hands.press("Enter");
    await expect(page.getByRole("radiogroup", { name: `How ${name} takes part` })).toBeVisible();
  }
  await hands.tabTo(page.getByRole("radio", { name: /^(Confirm at once|Ask me first)/ }).first());
  await hands.press("Space");
  await hands.enter(page.getByRole("button", { name: "Save changes" }));
  await expect(page.getByText("All changes saved")).toBeVisible({ timeout: 30_000 });
  const shown = page.getByRole("link", { name: /\/book\// }).first();
  return (await shown.getAttribute("href")) ?? "";
}

/** Somebody from outside takes the first time on offer. */
async function bookAsGuest(browser: Browser, address: string, effort: Effort): Promise<void> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  const hands = handsOn(page, effort);
  await hands.open(address);
  await hands.look(page.getByText("Detected;"));
  await hands.tabTo(page.locator('input[name="start"]:not(:disabled)').first());
  await hands.press("Space");
  await hands.enter(page.getByRole("button", { name: "Continue" }));
  const name = page.getByLabel("Name", { exact: true });
  await hands.look(name);
  await hands.fill(name, "Mika Tanaka");
  await hands.press("Tab");
  await hands.type("mika@kaminari.example");
  await hands.press("Enter");
  await hands.look(page.getByRole("heading", { name: "Your meeting is confirmed" }));
  await context.close();
}

test("from the code in the log to the first booking of a guest, by keyboard alone, in five minutes", async ({
  page,
  browser,
}) => {
  const effort = newEffort();
  const hands = handsOn(page, effort);
  await setUp(page, hands);
  await inviteTeam(page, hands);
  await setGroupsOfPriya(page, hands);
  await acceptAll(browser, effort);
  await page.reload();
  await expect(page.getByRole("link", { name: "Invited 0" })).toBeVisible();
  await setHours(page, hands);
  const address = await makeRoundRobin(page, hands);
  await bookAsGuest(browser, address, effort);
  const seconds = secondsOf(effort);
  test.info().annotations.push({
    type: "effort",
    description: `${effort.keys} keys, ${effort.pages} pages, ${Math.round(seconds)} s`,
  });
  expect(seconds).toBeLessThan(300);
});

test("afterwards the setup is gone, for visitors and for the code", async ({ page }) => {
  const answer = await page.goto(`${server.url}/setup`);
  expect(answer?.status()).toBe(404);
  await page.goto(server.url);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
