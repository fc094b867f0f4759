import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import type { SmtpTestServer } from "@/lib/testing/smtp-server";
import { startSmtpServer } from "@/lib/testing/smtp-server";
import type { RunningServer } from "../fixtures/run-server";
import { databaseUrlOf, runServer } from "../fixtures/run-server";
import { examine, findBroken, NOTHING_FOUND } from "../load/checks";
import { runCrowd } from "../load/guests";
import { History } from "../load/history";
import { openClient } from "../load/http-client";
import { capturedIds, compareMails, untilMailsAreOut } from "../load/mails";
import { watchDatabaseLog } from "../load/server-log";
import type { Stage } from "../load/stage";
import { setStage } from "../load/stage";

const KILLS = Number(process.env.MERIDIAN_KILLS ?? 3);
/** Fewer than in the torture: every booking's mails have to be out at the end. */
const CLIENTS = 12;
const SEED = Number(process.env.MERIDIAN_TORTURE_SEED ?? Math.floor(Math.random() * 1_000_000));
/** How long the crowd is left alone between two kills, milliseconds. */
const BETWEEN_KILLS_MS = 2_000;
/** A killed worker is missed after its heartbeat; then everything it had begun is sent. */
const DRAIN_MS = 120_000;
/** How many mails one worker hands over at once: what one kill can leave without an answer. */
const HANDED_OVER_AT_ONCE = 5;

test.describe.configure({ timeout: 300_000 + KILLS * 60_000 });

/** Process number of the embedded server; undefined while there is none. */
function postmasterOf(dataDir: string): number | undefined {
  try {
    const file = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8");
    return Number(file.split("\n")[0]);
  } catch {
    return undefined;
  }
}

/** An application whose server and database can be killed while somebody uses it. */
class Victim {
  server: RunningServer;
  readonly settings: Readonly<Record<string, string>>;

  private constructor(server: RunningServer, settings: Readonly<Record<string, string>>) {
    this.server = server;
    this.settings = settings;
  }

  static async start(more: Readonly<Record<string, string>> = {}): Promise<Victim> {
    const settings = {
      MERIDIAN_DEMO: "0",
      MERIDIAN_LIMITS: "booking-link=1000000/3600",
      LOG_LEVEL: "fatal",
      ...more,
    };
    return new Victim(await runServer({ env: settings }), settings);
  }

  /** kill -9 of the application, then another start on the same data and port. */
  async killApplication(): Promise<void> {
    const { pid, port, dataDir } = this.server;
    process.kill(pid, "SIGKILL");
    this.server = await runServer({ env: this.settings, dataDir, port });
  }

  /** kill -9 of the postmaster. The running application has to bring it back and go on by itself. */
  async killDatabase(): Promise<void> {
    const { dataDir, url, pid } = this.server;
    const postmaster = postmasterOf(dataDir);
    if (postmaster === undefined) throw new Error("PostgreSQL is not running");
    process.kill(postmaster, "SIGKILL");
    await expect
      .poll(
        async () => {
          const answer = await fetch(`${url}/api/ready`).catch(() => undefined);
          const again = postmasterOf(dataDir);
          return answer?.status === 200 && again !== undefined && again !== postmaster;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    expect(process.kill(pid, 0), "the application was not restarted").toBe(true);
  }
}

/** Lets a crowd use the victim while `kill` is called again and again. */
async function tortureWhile(
  victim: Victim,
  stage: Stage,
  kills: readonly (() => Promise<void>)[],
): Promise<History> {
  const history = new History();
  const client = openClient(victim.server.url, CLIENTS);
  let running = true;
  const crowd = runCrowd({
    client,
    targets: stage.targets,
    clients: CLIENTS,
    seed: SEED,
    history,
    goesOn: () => running,
    persistence: 0.5,
  });
  const begun = performance.now();
  try {
    for (const kill of kills) {
      await sleep(BETWEEN_KILLS_MS);
      await kill();
    }
    await sleep(BETWEEN_KILLS_MS);
  } finally {
    running = false;
    await crowd;
    await client.close();
  }
  console.log(
    `${kills.length} kills, seed ${SEED}: ${history.summary((performance.now() - begun) / 1_000)}`,
  );
  return history;
}

/** What must be true of every run, however it was disturbed. */
async function expectNothingLost(dataDir: string, stage: Stage, history: History): Promise<void> {
  const databaseUrl = databaseUrlOf(dataDir);
  await untilMailsAreOut(databaseUrl, stage.workspaceId, DRAIN_MS);
  expect(history.anomalies).toEqual([]);
  // While the database is away the answer is "not now", never a defect.
  expect(history.answered(500, 502) + history.answered(504, 599)).toBe(0);
  expect(await findBroken(databaseUrl, stage.workspaceId, history)).toEqual([]);
  expect(await examine(databaseUrl, stage.workspaceId)).toEqual(NOTHING_FOUND);
  expect(history.held.size).toBeGreaterThan(10);
}

test("kill -9 of the application and of PostgreSQL under load: every acknowledged booking is there, each mail is in the mailbox once", async () => {
  const victim = await Victim.start();
  try {
    const { dataDir } = victim.server;
    const stage = await setStage(databaseUrlOf(dataDir));
    const log = watchDatabaseLog(dataDir);
    const kills = Array.from({ length: KILLS }, () => [
      () => victim.killApplication(),
      () => victim.killDatabase(),
    ]).flat();
    const history = await tortureWhile(victim, stage, kills);
    await expectNothingLost(dataDir, stage, history);
    expect(log.count("deadlock detected")).toBe(0);
    const posted = await compareMails(
      databaseUrlOf(dataDir),
      stage.workspaceId,
      capturedIds(dataDir),
    );
    console.log(`${posted.rows} mails after ${kills.length} kills`);
    expect(posted).toEqual({ rows: posted.rows, notSent: {}, repeated: 0, missing: 0, strange: 0 });
    expect(posted.rows).toBeGreaterThan(20);
  } finally {
    await victim.server.dispose();
  }
});

/** Bytes of repeated deliveries that differ from the first: a receiver could not tell that they are one mail. */
function changedRepetitions(smtp: SmtpTestServer): number {
  const first = new Map<string, Buffer>();
  return smtp.received.filter(({ messageId, raw }) => {
    const known = first.get(messageId);
    if (known === undefined) first.set(messageId, raw);
    return known !== undefined && !known.equals(raw);
  }).length;
}

test("over SMTP, too: nothing is lost, and only what a kill caught in the very hand-over comes twice, byte for byte", async () => {
  const smtp = await startSmtpServer();
  const victim = await Victim.start({ SMTP_URL: smtp.url });
  try {
    const { dataDir } = victim.server;
    const stage = await setStage(databaseUrlOf(dataDir));
    const kills = [() => victim.killApplication(), () => victim.killDatabase()];
    const history = await tortureWhile(victim, stage, kills);
    await expectNothingLost(dataDir, stage, history);
    const posted = await compareMails(
      databaseUrlOf(dataDir),
      stage.workspaceId,
      smtp.received.map(({ messageId }) => messageId),
    );
    console.log(`${posted.rows} mails over SMTP, ${posted.repeated} delivered twice`);
    expect(posted).toMatchObject({ notSent: {}, missing: 0, strange: 0 });
    expect(posted.repeated).toBeLessThanOrEqual(kills.length * HANDED_OVER_AT_ONCE);
    expect(changedRepetitions(smtp)).toBe(0);
  } finally {
    await victim.server.dispose();
    await smtp.close();
  }
});
