import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import pg from "pg";
import type { OidcServer } from "@/lib/testing/oidc-server";
import { startOidcServer } from "@/lib/testing/oidc-server";
import { expectClean, expectCleanInBoth } from "../fixtures/axe";
import { addressInMail } from "../fixtures/mail";
import type { RunningServer } from "../fixtures/run-server";
import { databaseUrlOf, runServer } from "../fixtures/run-server";
import { untilShown } from "../fixtures/until-shown";

// Every way in, in a browser: each test has an account of the demonstration to itself.
test.describe.configure({ mode: "default" });

let server: RunningServer;
let provider: OidcServer;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  provider = await startOidcServer();
  server = await runServer({
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: "Example ID",
    },
  });
});
test.afterAll(async () => {
  await server?.dispose();
  await provider?.close();
});

const home = (page: Page) => page.getByRole("navigation", { name: "Breadcrumb" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function typePassword(page: Page, account: string): Promise<void> {
  await page.goto(`${server.url}/`);
  await page.getByLabel("E-mail").fill(`${account}@meridian.example`);
  await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await page.keyboard.press("Enter");
}

async function signIn(page: Page, account: string): Promise<void> {
  await typePassword(page, account);
  await expect(home(page)).toContainText("Home");
}

const openSecurity = async (page: Page) => {
  await page.goto(`${server.url}/settings/security`);
  await expect(page.getByRole("heading", { name: "Security", level: 1 })).toBeVisible();
};

/** An authenticator inside the browser, as a phone's or a laptop's would be: it unlocks without being asked. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/**
 * Beside the address a browser suggests passkeys, and this authenticator picks the first at once: only on pages whose
 * address says so, so that the other pages can be looked at.
 */
const suggestOnlyWhenAsked = (page: Page) =>
  page.addInitScript(() => {
    if (location.hash !== "#suggest") {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    }
  });

const codeOf = (key: string): string =>
  TOTP.generate({ secret: Secret.fromBase32(key.replace(/\s/g, "")) });

test("a passkey is added, signs in alone, is the second step of a password, and is removed", async ({
  page,
  context,
}) => {
  await suggestOnlyWhenAsked(page);
  await signIn(page, "host");
  await addAuthenticator(page);
  await openSecurity(page);
  const kept = button(page, "I have kept them");
  await untilShown(() => button(page, "Add a passkey").click(), kept);
  const codes = page.getByRole("dialog", { name: "Keep these recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  await kept.click();
  await expect(page.getByRole("heading", { name: /^Passkey of / })).toBeVisible();
  await expectClean(page, "security with a passkey");

  await context.clearCookies();
  await page.goto(`${server.url}/`);
  await button(page, "Use a passkey").click();
  await expect(home(page)).toContainText("Home");
  await context.clearCookies();
  await page.goto(`${server.url}/?next=/inbox#suggest`);
  await expect(home(page)).toContainText("Inbox");

  await context.clearCookies();
  await typePassword(page, "host");
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  // What the first step gave opens nothing else.
  await page.goto(`${server.url}/inbox`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto(`${server.url}/sign-in/second-factor`);
  await button(page, "Use a passkey").click();
  await expect(home(page)).toContainText("Home");

  await openSecurity(page);
  const dialog = page.getByRole("dialog");
  await untilShown(() => page.getByRole("button", { name: /^Remove Passkey/ }).click(), dialog);
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: /^Passkey of / })).toHaveCount(0);
});

test("an authenticator app is set up by its key, asked for, and a recovery code stands in for it", async ({
  page,
  context,
}) => {
  await signIn(page, "sales");
  await openSecurity(page);
  const dialog = page.getByRole("dialog");
  await untilShown(() => button(page, "Set up").click(), dialog);
  await expectClean(page, "setting up the app");
  const key = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByLabel("Code from the app").fill(codeOf(key));
  await button(page, "Turn on").click();
  const codes = page.getByRole("dialog", { name: "Keep these recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const recovery = await codes.getByRole("listitem").allTextContents();
  await button(page, "I have kept them").click();

  await context.clearCookies();
  await typePassword(page, "sales");
  await expect(page.getByText("Signing in as")).toBeVisible();
  await expectClean(page, "the second step");
  await page.getByLabel("Code from your authenticator app").fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This code is not right")).toBeVisible();
  await page.getByLabel("Code from your authenticator app").fill(recovery[0] ?? "");
  await page.keyboard.press("Enter");
  await expect(home(page)).toContainText("Home");
});

test("a mailed link opens in the browser that asked and in no other, by a button and not by being looked at", async ({
  page,
  browser,
}) => {
  const account = "manager@meridian.example";
  await page.goto(`${server.url}/sign-in/email`);
  await page.getByLabel("E-mail").fill(account);
  await button(page, "Send the link").click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  const link = await addressInMail(server.dataDir, account, /\/sign-in\/link\?token=/);

  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expect(
    elsewhere.getByRole("heading", { name: "Open the link in the browser that asked" }),
  ).toBeVisible();
  await elsewhere.close();

  await page.goto(link);
  await page.reload();
  await expectClean(page, "the page of a mailed link");
  await button(page, "Sign in").click();
  await expect(home(page)).toContainText("Home");
  await page.goto(link);
  await expect(
    page.getByRole("heading", { name: "This link leads nowhere any more" }),
  ).toBeVisible();
});

test("an identity signs in once it was added under Security, and never because of its address", async ({
  page,
  context,
}) => {
  provider.subject = {
    sub: "admin-at-example",
    email: "admin@meridian.example",
    email_verified: true,
  };
  await page.goto(`${server.url}/`);
  await page.getByRole("link", { name: "Sign in with Example ID" }).click();
  await expect(
    page.getByRole("heading", { name: "Example ID is not joined to an account yet" }),
  ).toBeVisible();

  await signIn(page, "admin");
  // Who signed in a while ago shows who they are first.
  const db = new pg.Client({ connectionString: databaseUrlOf(server.dataDir) });
  await db.connect();
  await db.query("UPDATE session SET proved_at = now() - interval '11 minutes'");
  await db.end();
  await openSecurity(page);
  const dialog = page.getByRole("dialog", { name: "Show who you are" });
  await untilShown(() => button(page, "Set up").click(), dialog);
  await dialog.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await button(page, "Go on").click();
  await expect(page.getByRole("dialog", { name: "Set up an authenticator app" })).toBeVisible();
  await button(page, "Cancel").click();
  await page.getByRole("link", { name: "Add Example ID" }).click();
  await expect(page.getByText("It was added to your account.")).toBeVisible();
  await expectClean(page, "security with an identity");

  await context.clearCookies();
  await page.goto(`${server.url}/`);
  await page.getByRole("link", { name: "Sign in with Example ID" }).click();
  await expect(home(page)).toContainText("Home");
});

test("the doors have no finding on a phone", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 375, height: 800 } });
  const page = await context.newPage();
  for (const path of [
    "/",
    "/sign-in/email",
    "/sign-in/forgotten",
    "/sign-in/reset",
    "/sign-in/second-factor",
    "/sign-in/trouble?why=not-joined",
    "/invitation",
    "/account/undo",
  ]) {
    await page.goto(`${server.url}${path}`);
    await expectCleanInBoth(page, path);
  }
  await signIn(page, "host");
  await openSecurity(page);
  await expectCleanInBoth(page, "/settings/security");
  await context.close();
});
