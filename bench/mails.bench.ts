import { setTimeout as sleep } from "node:timers/promises";
import { v7 as newId } from "uuid";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { startSmtpServer } from "@/lib/testing/smtp-server";

const PEOPLE = 100;
const ANSWER_LIMIT_MS = 1_000;
const OUT_LIMIT_MS = 30_000;
/** Give up waiting for mails after this, milliseconds: a figure that is missed is a figure, too. */
const LONGEST_WAIT_MS = 120_000;

const ZONES = [
  "Asia/Singapore",
  "Asia/Tokyo",
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
];

async function keyOf(db: Database, { workspaceId, id: userId }: Person): Promise<string> {
  const key = `mk_${newToken()}`;
  const keyHash = new Uint8Array(hashToken(key));
  const row = {
    workspaceId,
    id: newId(),
    userId,
    name: "Bench",
    prefix: key.slice(0, 10),
    keyHash,
  };
  await db.apiKey.create({ data: row });
  return key;
}

async function post(url: string, key: string, path: string, body: object) {
  const began = performance.now();
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text.slice(0, 300)}`);
  return { ms: performance.now() - began, id: (JSON.parse(text) as { id: string }).id };
}

async function people(db: Database): Promise<readonly Person[]> {
  const workspaceId = await makeWorkspace(db, { name: "Bench" });
  return Promise.all(
    Array.from({ length: PEOPLE }, (_, index) =>
      makePerson(db, workspaceId, {
        name: `Person ${index}`,
        zone: ZONES[index % ZONES.length] ?? "UTC",
      }),
    ),
  );
}

/** A meeting of a hundred people is confirmed: the answer, and all its mails at a real mail server. */
export async function run(): Promise<readonly BenchRow[]> {
  const smtp = await startSmtpServer();
  const server = await runServer({
    env: { MERIDIAN_DEMO: "0", MERIDIAN_LIMITS: "api-member=1000000/60", SMTP_URL: smtp.url },
  });
  const db = openDatabase(databaseUrlOf(server.dataDir), 4);
  try {
    const [host, ...others] = await people(db);
    if (host === undefined) throw new Error("nobody");
    const key = await keyOf(db, host);
    const made = await post(server.url, key, "/api/v1/meetings", {
      subject: "All hands",
      start: "2031-01-01T05:00:00.000Z",
      end: "2031-01-01T06:00:00.000Z",
      people: others.map(({ id }) => ({ userId: id })),
      confirm: false,
    });
    const began = performance.now();
    const { ms } = await post(server.url, key, `/api/v1/meetings/${made.id}/confirm`, {});
    while (smtp.received.length < PEOPLE && performance.now() - began < LONGEST_WAIT_MS) {
      await sleep(50);
    }
    const out = performance.now() - began;
    const readers = new Set(smtp.received.flatMap(({ to }) => to));
    const tasks = await db.task.count({ where: { meetingId: made.id } });
    return [
      {
        name: `confirm with ${PEOPLE} people, answered`,
        unit: "ms",
        median: ms,
        limit: ANSWER_LIMIT_MS,
      },
      {
        name: `all ${PEOPLE} mails at the mail server`,
        unit: "ms",
        median: out,
        limit: OUT_LIMIT_MS,
        ok: out < OUT_LIMIT_MS && readers.size === PEOPLE,
        note: "from the confirmation on; SMTP on loopback",
      },
      {
        name: "mails lost or sent twice",
        unit: "mails",
        median: PEOPLE - readers.size + (smtp.received.length - readers.size),
        limit: 0,
      },
      {
        name: "people without their task",
        unit: "people",
        median: PEOPLE - tasks,
        limit: 0,
      },
    ];
  } finally {
    await db.$disconnect();
    await server.dispose();
    await smtp.close();
  }
}
