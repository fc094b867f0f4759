import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { RunningServer } from "../fixtures/run-server";
import { databaseUrlOf, runServer } from "../fixtures/run-server";
import { examine, findBroken, NOTHING_FOUND } from "../load/checks";
import { runCrowd } from "../load/guests";
import { History } from "../load/history";
import type { HttpClient } from "../load/http-client";
import { openClient } from "../load/http-client";
import { watchDatabaseLog } from "../load/server-log";
import type { Stage } from "../load/stage";
import { setStage } from "../load/stage";

const CLIENTS = 64;
const SECONDS = Number(process.env.MERIDIAN_TORTURE_SECONDS ?? 10);
/** Asked for by hand, on a quiet machine: a suite that fails because something else was running shows nothing. */
const LONGEST_P99_MS = Number(process.env.MERIDIAN_TORTURE_P99_MS ?? Number.POSITIVE_INFINITY);
const SEED = Number(process.env.MERIDIAN_TORTURE_SEED ?? Math.floor(Math.random() * 1_000_000));

test.describe.configure({ timeout: 240_000 + SECONDS * 2_000 });

let server: RunningServer;
let databaseUrl: string;

test.beforeAll(async () => {
  // A first start makes a database, and may have to build.
  test.setTimeout(300_000);
  server = await runServer({
    env: {
      MERIDIAN_DEMO: "0",
      // A longer run makes more bookings in an hour than one link takes.
      MERIDIAN_LIMITS: "booking-link=1000000/3600",
    },
  });
  databaseUrl = databaseUrlOf(server.dataDir);
});

test.afterAll(() => server?.dispose());

async function withClient<Value>(work: (client: HttpClient) => Promise<Value>): Promise<Value> {
  const client = openClient(server.url, CLIENTS);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** The first requests compile and connect; they are not what is measured. */
async function warmUp(client: HttpClient, stage: Stage): Promise<void> {
  const until = performance.now() + 2_000;
  const [{ starts } = { starts: [] }] = stage.targets;
  await runCrowd({
    client,
    targets: [{ token: stage.hot.token, weight: 1, starts }],
    clients: CLIENTS,
    seed: SEED,
    history: new History(),
    goesOn: () => performance.now() < until,
  });
}

test(`${CLIENTS} clients book, move and cancel on one host: nothing overlaps, nothing fails, nobody waits long`, async () => {
  const stage = await setStage(databaseUrl);
  const log = watchDatabaseLog(server.dataDir);
  const history = new History();
  const seconds = await withClient(async (client) => {
    await warmUp(client, await setStage(databaseUrl));
    const begun = performance.now();
    const until = begun + SECONDS * 1_000;
    const { targets } = stage;
    await runCrowd({
      client,
      targets,
      clients: CLIENTS,
      seed: SEED,
      history,
      goesOn: () => performance.now() < until,
    });
    return (performance.now() - begun) / 1_000;
  });
  console.log(`torture, seed ${SEED}: ${history.summary(seconds)}`);

  expect(history.anomalies).toEqual([]);
  expect(history.answered(500, 599) + history.answered(0, 0)).toBe(0);
  expect(history.answered(429, 429)).toBe(0);
  expect(log.count("deadlock detected")).toBe(0);
  expect(await examine(databaseUrl, stage.workspaceId)).toEqual(NOTHING_FOUND);
  expect(await findBroken(databaseUrl, stage.workspaceId, history)).toEqual([]);
  // Or the run has shown nothing.
  for (const done of ["book 201", "book 409", "repeat 201", "move 200", "cancel 200"]) {
    expect(history.counts.get(done) ?? 0, done).toBeGreaterThan(3);
  }
  expect(history.latencyAt(0.99)).toBeLessThan(LONGEST_P99_MS);
});

test(`each time ${CLIENTS} guests want at once has exactly one winner, whatever link they come through`, async () => {
  const stage = await setStage(databaseUrl);
  const tokens = [stage.hot.token, stage.quarter.token, stage.hour.token];
  const rounds = await withClient(async (client) => {
    const answers: Record<number, number>[] = [];
    // An hour apart: the longest of the meetings must not reach into the next round.
    for (const start of stage.spareStarts.filter((_, index) => index % 4 === 0).slice(0, 25)) {
      const replies = await Promise.all(
        Array.from({ length: CLIENTS }, (_, index) =>
          client.send({
            method: "POST",
            path: `/api/v1/booking-links/${tokens[index % tokens.length]}/bookings`,
            body: {
              start: new Date(start).toISOString(),
              zone: "Europe/Berlin",
              name: "Jun Sato",
              email: `guest-${randomUUID()}@kaminari.example`,
            },
          }),
        ),
      );
      const answered: Record<number, number> = {};
      for (const { status } of replies) answered[status] = (answered[status] ?? 0) + 1;
      answers.push(answered);
    }
    return answers;
  });
  for (const answers of rounds) expect(answers).toEqual({ 201: 1, 409: CLIENTS - 1 });
  expect(await examine(databaseUrl, stage.workspaceId)).toEqual(NOTHING_FOUND);
});
