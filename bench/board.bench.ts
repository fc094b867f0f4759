import { randomUUID } from "node:crypto";
import { chromium } from "@playwright/test";
import type pg from "pg";
import type { BenchRow } from "@/bench/row";
import { findChromium } from "@/bin/browser";
import { withDatabase } from "@/e2e/fixtures/database";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { insertSession } from "@/e2e/fixtures/session";

const DEALS = Number(process.env.MERIDIAN_BENCH_DEALS ?? 5_000);
const STAGES = 6;
/** How often the pointer crosses the board and comes back, over its columns and along their edges. */
const CROSSINGS = 6;
const STEPS = 90;
const FRAME_MS = 1_000 / 60;
/** A frame counts as missed when the next one was due before it came. */
const MISSED_MS = FRAME_MS * 1.5;

/** A pipeline of its own with that many open deals, spread over its stages. */
async function insertDeals(db: pg.Client): Promise<string> {
  const id = randomUUID();
  const owner = "SELECT workspace_id, id FROM app_user WHERE email = 'manager@meridian.example'";
  await db.query(
    `INSERT INTO pipeline (workspace_id, id, name, position) SELECT workspace_id, $1::uuid, 'Bench ' || $1::uuid, 90 FROM (${owner}) o`,
    [id],
  );
  await db.query(
    `INSERT INTO stage (workspace_id, id, pipeline_id, name, probability, position, rot_days)
     SELECT o.workspace_id, gen_random_uuid(), $1, 'Stage ' || g, g * 15, g, 14 FROM (${owner}) o, generate_series(1, ${STAGES}) g`,
    [id],
  );
  await db.query(
    `INSERT INTO lead (workspace_id, id, kind, name, company_name, currency, amount_minor, owner_id, pipeline_id, stage_id, stage_type,
                       stage_entered_at, opportunity_at, expected_close, created_at, updated_at)
     SELECT o.workspace_id, gen_random_uuid(), 'opportunity', 'Bench deal ' || g, 'Company ' || g, w.base_currency, g * 1000, o.id, s.pipeline_id,
            s.id, s.type, now() - g % 60 * interval '1 day', now() - interval '90 days', current_date + g % 200 - 20,
            now() - interval '90 days', now()
       FROM generate_series(1, $2::int) g CROSS JOIN (${owner}) o
       JOIN workspace w ON w.id = o.workspace_id
       JOIN stage s ON s.workspace_id = o.workspace_id AND s.pipeline_id = $1 AND s.position = 1 + g % ${STAGES}`,
    [id, DEALS],
  );
  await db.query("ANALYZE lead");
  return id;
}

type Frames = { readonly gaps: readonly number[]; readonly taskMs: number };

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

/** In the page's own words: what compiles this file would put its helpers into a function. */
const LISTEN = `
  window.gaps = [];
  window.over = false;
  let last = performance.now();
  requestAnimationFrame(function frame(now) {
    window.gaps.push(now - last);
    last = now;
    if (!window.over) requestAnimationFrame(frame);
  });`;

/** Carries a card about the board and listens to every frame: the time to the one before, and the main thread's work. */
async function drag(url: string, path: string): Promise<Frames & { readonly cards: number }> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox"],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const value = await withDatabase((db) => insertSession(db, "manager@meridian.example"));
    await context.addCookies([{ name: "meridian", value, url, httpOnly: true, sameSite: "Lax" }]);
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    const card = page.locator("[data-card]").first();
    await card.waitFor();
    // Alive, and the first pages of cards beyond the window are there.
    await page.waitForLoadState("networkidle");
    // Carried only when the page listens: seen by the zones that appear.
    const box = await card.boundingBox();
    if (box === null) throw new Error("no card is shown");
    await page.mouse.move(box.x + 50, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 60, { steps: 4 });
    await page.locator('[data-zone="won"]').waitFor();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    const busy = async () => {
      const { metrics } = await cdp.send("Performance.getMetrics");
      return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
    };
    await page.evaluate(LISTEN);
    const before = await busy();
    for (let crossing = 0; crossing < CROSSINGS; crossing += 1) {
      const [x, y] = crossing % 2 === 0 ? [1_850, 1_030] : [300, 320];
      await page.mouse.move(x, y, { steps: STEPS });
    }
    const after = await busy();
    const gaps = await page.evaluate<number[]>("window.over = true, window.gaps.slice(1)");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    const cards = await page.locator("[data-card]").count();
    return { gaps, taskMs: after - before, cards };
  } finally {
    await browser.close();
  }
}

/** A card carried over a board of thousands: how evenly frames come, and how much of each the page itself works. */
export async function run(): Promise<readonly BenchRow[]> {
  const given = process.env.MERIDIAN_E2E_URL;
  const server = given === undefined ? await runServer() : undefined;
  try {
    if (server !== undefined) process.env.MERIDIAN_E2E_DATABASE_URL = databaseUrlOf(server.dataDir);
    const pipeline = await withDatabase(insertDeals);
    const path = `/pipeline?pipeline=${pipeline}`;
    const { gaps, taskMs, cards } = await drag(server?.url ?? given ?? "", path);
    const missed = gaps.filter((gap) => gap > MISSED_MS).length;
    const note = `${DEALS} deals, ${gaps.length} frames, ${cards} cards drawn`;
    const work = taskMs / gaps.length;
    return [
      {
        name: "board drag, time between frames",
        unit: "ms",
        median: at(gaps, 0.5),
        p95: at(gaps, 0.95),
        note,
      },
      {
        name: "board drag, frames missed",
        unit: "%",
        median: (missed / gaps.length) * 100,
        limit: 1,
        note,
      },
      { name: "board drag, longest frame", unit: "ms", median: Math.max(...gaps), note },
      {
        name: "board drag, main thread per frame",
        unit: "ms",
        median: work,
        limit: FRAME_MS,
        ok: work <= FRAME_MS,
        note,
      },
    ];
  } finally {
    await server?.dispose();
  }
}
