import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { ZoomServer } from "@/lib/testing/zoom-server";
import { startZoomServer } from "@/lib/testing/zoom-server";
import type { Answer } from "../fixtures/api";
import { expectClean } from "../fixtures/axe";
import { addressInMail } from "../fixtures/mail";
import { enter } from "../fixtures/session";
import { untilShown } from "../fixtures/until-shown";

// Virtual rooms and what becomes of a meeting in one, against a server that speaks Zoom at the address this
// installation was told is Zoom's.

const run = randomUUID().slice(0, 8);
const HOLDER = `calls-${run}@halden.example`;
const GUEST = `mika-${run}@kaminari.example`;
const ROOM = `Zoom ${run}`;
/** A provider may take ten seconds for a call, and asks for a token before it. */
const ANSWER_MS = 30_000;

let zoom: ZoomServer;
test.beforeAll(async () => {
  const port = Number(process.env.MERIDIAN_E2E_ZOOM_PORT);
  if (!(port > 0)) throw new Error("no server: MERIDIAN_E2E_ZOOM_PORT is not set");
  zoom = await startZoomServer({ users: [HOLDER], port });
});
test.afterAll(() => zoom.close());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

const setCredentials = async (page: Page, clientSecret: string) => {
  const { accountId, clientId, webhookSecret } = zoom.credentials;
  await page.getByLabel("Account ID").fill(accountId);
  await page.getByLabel("Client ID").fill(clientId);
  await page.getByLabel("Client secret").fill(clientSecret);
  await page.getByLabel(/^Secret token/).fill(webhookSecret);
  await button(page, /(?:Set|Replace) credentials/).click();
  await expect(page.getByText("The credentials are set.")).toBeVisible();
};

async function api(
  page: Page,
  method: "POST" | "PATCH",
  path: string,
  data: object,
): Promise<Answer> {
  const origin = new URL(page.url()).origin;
  const response = await page.request.fetch(path, { method, data, headers: { origin } });
  return { status: response.status(), body: (await response.json()) as Record<string, unknown> };
}

const meetingsAtZoom = () => zoom.meetings().filter(({ host }) => host === HOLDER);

/** A weekday's morning some weeks ahead, where nothing of the demonstration is. */
const startIn = (days: number): string => {
  const day = new Date(Date.now() + days * 86_400_000);
  day.setUTCHours(3, 0, 0, 0);
  return day.toISOString();
};
const after = (start: string, minutes: number): string =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString();

test("a manager makes a Zoom room, learns that its secret is wrong, mends it, and a host's meeting lives there", async ({
  page,
  browser,
}) => {
  await enter(page, "manager", "/virtual-rooms");
  const dialog = page.getByRole("dialog");
  await untilShown(() => button(page, "New virtual room").click(), dialog);
  await dialog.getByLabel("Provider").selectOption("zoom");
  await dialog.getByLabel("Name").fill(ROOM);
  await dialog.getByLabel("Let the provider write a summary").check();
  await dialog.getByRole("button", { name: "Make virtual room" }).click();
  await page.getByRole("link", { name: ROOM }).click();
  await expect(page.getByRole("heading", { name: ROOM, level: 1 })).toBeVisible();
  const roomId = page.url().split("/").at(-1) ?? "";

  await page.getByLabel("Zoom user (e-mail address)").fill(HOLDER);
  const account = page.getByRole("heading", { name: HOLDER });
  await untilShown(() => button(page, "Add account").click(), account);
  await setCredentials(page, "not-the-secret");
  await button(page, `Test connection of ${HOLDER}`).click();
  const refused = page.getByText(/does not accept the client id and secret/).first();
  await expect(refused).toBeVisible({ timeout: ANSWER_MS });
  await setCredentials(page, zoom.credentials.clientSecret);
  expect(await page.content()).not.toContain(zoom.credentials.clientSecret);
  await button(page, `Test connection of ${HOLDER}`).click();
  await expect(page.getByText(/It works/).first()).toBeVisible({ timeout: ANSWER_MS });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectClean(page, `virtual room, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 375, height: 800 });
  await expectClean(page, "virtual room on a phone");
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);

  const host = await (await browser.newContext()).newPage();
  await enter(host, "host", "/inbox");
  const start = startIn(40);
  const made = await api(host, "POST", "/api/v1/meetings", {
    subject: `Delivery ${run}`,
    start,
    end: after(start, 60),
    guests: [{ name: "Mika Tanaka", email: GUEST, zone: "Asia/Tokyo", locale: "en" }],
    virtualRoomId: roomId,
    confirm: true,
  });
  expect([made.status, JSON.stringify(made.body)]).toEqual([201, expect.any(String)]);
  const id = String(made.body.id);

  // The page sees its link come, without a hand on it.
  await host.goto(`/meetings/${id}`);
  const [there] = await atZoom(1);
  const join = host.getByRole("link", { name: new RegExp(`/j/${there?.id}`) }).first();
  await expect(join).toBeVisible({ timeout: ANSWER_MS });
  const dataDir = process.env.MERIDIAN_E2E_DATA_DIR ?? "";
  await addressInMail(dataDir, GUEST, new RegExp(`/j/${there?.id}`));

  await zoom.sendWebhook(
    `${new URL(page.url()).origin}/api/webhooks/zoom`,
    "meeting.summary_completed",
    {
      meeting_id: there?.id,
      meeting_uuid: there?.uuid,
      meeting_start_time: start,
      summary_overview: "We agreed on the dates.",
      summary_details: [{ label: "Dates", summary: "Cut-over on 5 December." }],
      next_steps: [`Send the list ${run}`],
    },
  );
  await expect(async () => {
    await host.reload();
    await expect(host.getByText("Cut-over on 5 December.")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const agreed = host.getByRole("listitem").filter({ hasText: `Send the list ${run}` });
  await expect(agreed.filter({ hasText: "open" })).toBeVisible();
  const text = host.getByRole("textbox", { name: "Minutes" });
  await untilShown(() => button(host, "Edit").click(), text);
  await text.fill(`${await text.inputValue()}\n\nAnd on nothing else.`);
  await button(host, "Save minutes").click();
  await expect(host.getByText("And on nothing else.")).toBeVisible();
  await expectClean(host, "meeting with minutes");

  const moved = startIn(41);
  const body = { start: moved };
  expect((await api(host, "POST", `/api/v1/meetings/${id}/reschedule`, body)).status).toBe(200);
  await expect
    .poll(() => meetingsAtZoom().map((one) => [one.id, one.start_time]), { timeout: ANSWER_MS })
    .toEqual([[there?.id, moved.replace(".000Z", "Z")]]);
  await host.reload();
  await expect(host.getByText("And on nothing else.")).toBeVisible();

  const reason = { reason: "Nobody can come" };
  expect((await api(host, "POST", `/api/v1/meetings/${id}/cancel`, reason)).status).toBe(200);
  await expect.poll(() => meetingsAtZoom().length, { timeout: 30_000 }).toBe(0);
});

/** What stands at the provider, once it is as many. */
async function atZoom(count: number) {
  await expect.poll(() => meetingsAtZoom().length, { timeout: ANSWER_MS }).toBe(count);
  return meetingsAtZoom();
}
