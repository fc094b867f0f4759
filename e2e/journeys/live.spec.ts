import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { call, freeStarts } from "../fixtures/api";
import { runServer } from "../fixtures/run-server";

/** How soon an open page must show what changed. */
const SOON = { timeout: 2_000 };

/** A page of a link in a browser of its own, on the day of this start and listening. */
async function openDay(page: Page, token: string, start: string): Promise<void> {
  const listening = page.waitForResponse((answer) => answer.url().endsWith(`/${token}/live`));
  await page.goto(`/book/${token}?zone=UTC&day=${start.slice(0, 10)}`);
  expect((await listening).status()).toBe(200);
}

const choice = (page: Page, start: string) => page.locator(`input[name="start"][value="${start}"]`);

test("a time somebody books is struck out on every open page, and comes back when it is cancelled", async ({
  browser,
}) => {
  // Far enough ahead that it may be cancelled, and not where other journeys look for a time.
  const starts = await freeStarts("demo-team");
  const start = starts[Math.floor(starts.length * 0.6)] ?? "";

  const pages = await Promise.all([0, 1].map(async () => (await browser.newContext()).newPage()));
  for (const page of pages) {
    await openDay(page, "demo-team", start);
    await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  }
  const { status, body } = await call("GET", "/api/v1/booking-links/demo-team/live");
  expect([status, (body as { closed: unknown }).closed]).toEqual([200, null]);

  // All three hosts of the link, until nobody is free then.
  const booked = await takeWhole("demo-team", start);
  for (const page of pages) {
    await expect(choice(page, start)).toBeDisabled(SOON);
    await expect(page.getByText("Just taken").first()).toBeVisible();
  }
  expect((await call("DELETE", `/api/v1/bookings/${booked.at(-1)}`)).status).toBe(200);
  for (const page of pages) {
    await expect(choice(page, start)).toBeEnabled(SOON);
    expect(await page.evaluate(() => "neverReloaded" in window)).toBe(true);
  }
});

/** Books one start until it is gone. The capabilities of the bookings. */
async function takeWhole(token: string, start: string): Promise<string[]> {
  const taken: string[] = [];
  for (let guest = 0; guest < 5; guest += 1) {
    const { status, body } = await call("POST", `/api/v1/booking-links/${token}/bookings`, {
      body: {
        start,
        zone: "UTC",
        name: "Ida Kaya",
        email: `ida+${Date.now()}-${guest}@kaya.example`,
      },
    });
    if (status === 409) return taken;
    expect(status).toBe(201);
    taken.push(String(body.manageToken));
  }
  throw new Error("the time never became full");
}

test("looking at a page and opening its form are counted, without a trace in the browser", async ({
  page,
  context,
}) => {
  const client = new pg.Client({ connectionString: process.env.MERIDIAN_E2E_DATABASE_URL });
  await client.connect();
  const counted = async () => {
    const { rows } = await client.query<{ views: number; starts: number }>(
      `SELECT coalesce(sum(views), 0)::int AS views, coalesce(sum(starts), 0)::int AS starts
       FROM booking_link_day d JOIN booking_link l ON l.id = d.link_id WHERE l.token = 'demo-quick'`,
    );
    return rows[0] ?? { views: 0, starts: 0 };
  };
  const before = await counted();
  const sent = page.waitForResponse((answer) => answer.url().endsWith("/visits"));
  await page.goto("/book/demo-quick");
  expect((await sent).status()).toBe(204);
  expect(await context.cookies()).toEqual([]);
  await page.locator('input[name="start"]:not(:disabled)').first().check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/details\?/);
  // Others look at the same link meanwhile.
  await expect
    .poll(async () => (await counted()).views, { timeout: 8_000 })
    .toBeGreaterThan(before.views);
  await expect
    .poll(async () => (await counted()).starts, { timeout: 8_000 })
    .toBeGreaterThan(before.starts);
  await client.end();
});

test("a server that is told to stop ends its open streams, and is gone within seconds", async () => {
  const server = await runServer({ env: { MERIDIAN_WORKER: "0" } });
  try {
    const streams = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${server.url}/api/v1/booking-links/demo-quick/live`, {
          headers: { accept: "text/event-stream" },
        }),
      ),
    );
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    const ended = Promise.all(streams.map((stream) => stream.text()));
    const begun = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(15_000);
    for (const text of await ended) expect(text).toContain("event: offers");
  } finally {
    await server.dispose();
  }
});
