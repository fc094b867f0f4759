import { v7 as newId } from "uuid";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { cleanTasks } from "@/lib/meetings/handlers/cleaning";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { instantOf, toIso } from "@/lib/time/instant";

const ROUNDS = 40;
const PEOPLE = 10;
const ANSWER_LIMIT_MS = 300;
const CLEAN_LIMIT_MS = 1_000;
const TASKS = 1_000;
const EVENTS = 100;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

async function timed(work: () => Promise<Response>): Promise<{ ms: number; response: Response }> {
  const began = performance.now();
  const response = await work();
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${body.slice(0, 300)}`);
  return { ms: performance.now() - began, response: new Response(body) };
}

type Scene = { readonly url: string; readonly key: string; readonly people: readonly Person[] };

const post = ({ url, key }: Scene, path: string, body: object) =>
  timed(() =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/** An API key of a person; only its hash is stored. */
async function keyOf(db: Database, { workspaceId, id: userId }: Person): Promise<string> {
  const key = `mk_${newToken()}`;
  const keyHash = new Uint8Array(hashToken(key));
  const data = {
    workspaceId,
    id: newId(),
    userId,
    name: "Bench",
    prefix: key.slice(0, 10),
    keyHash,
  };
  await db.apiKey.create({ data });
  return key;
}

const hourAt = (index: number) => {
  const start = Date.UTC(2031, 0, 1) + index * 3_600_000;
  return { start: toIso(instantOf(start)), end: toIso(instantOf(start + 3_600_000)) };
};

/** Drafts of ten people each, confirmed one after the other: the answer, while the mails of the ones before go out. */
async function confirming(scene: Scene): Promise<readonly number[]> {
  const answers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = await post(scene, "/api/v1/meetings", {
      subject: `Bench ${round}`,
      ...hourAt(round),
      people: scene.people.map(({ id }) => ({ userId: id })),
      confirm: false,
    });
    const { id } = (await made.response.json()) as { id: string };
    const { ms } = await post(scene, `/api/v1/meetings/${id}/confirm`, {});
    // The first ones warm the server up.
    if (round >= 5) answers.push(ms);
  }
  return answers;
}

async function checking(scene: Scene): Promise<readonly number[]> {
  const answers: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const events = Array.from({ length: EVENTS }, (_, index) => ({
      key: String(index),
      ...hourAt(index),
      userIds: scene.people.map(({ id }) => id),
    }));
    const { ms } = await post(scene, "/api/v1/meetings/conflicts", { events });
    if (round >= 3) answers.push(ms);
  }
  return answers;
}

async function plainPage({ url }: Scene): Promise<readonly number[]> {
  const answers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { ms } = await timed(() => fetch(`${url}/sign-in/forgotten`));
    if (round >= 5) answers.push(ms);
  }
  return answers;
}

/** A thousand stale tasks among as many that stay, removed by the job's own code. */
async function cleaning(db: Database, { people: [host] }: Scene): Promise<readonly number[]> {
  if (host === undefined) throw new Error("nobody");
  const meeting = await db.meeting.findFirstOrThrow({ where: { workspaceId: host.workspaceId } });
  const answers: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const task = (due_on: string) => ({
      workspace_id: host.workspaceId,
      id: newId(),
      user_id: host.id,
      meeting_id: meeting.id,
      kind: "meeting",
      title: "Be there",
      due_on,
      created_at: toIso(instantOf(Date.now())),
    });
    const rows = Array.from({ length: TASKS * 2 }, (_, index) =>
      task(index < TASKS ? "2020-01-01" : "2031-01-01"),
    );
    await insertRows(db, [{ table: "task", rows }]);
    const began = performance.now();
    const { counts } = await cleanTasks({ db, now: () => instantOf(Date.now()) });
    answers.push(performance.now() - began);
    if (counts.removed !== TASKS) throw new Error(`removed ${counts.removed} of ${TASKS}`);
  }
  return answers;
}

/** What staff waits for: confirming with ten invitations, a hundred events checked, a thousand old tasks removed. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({
    env: { MERIDIAN_DEMO: "0", MERIDIAN_LIMITS: "api-member=1000000/60" },
  });
  const db = openDatabase(databaseUrlOf(server.dataDir), 4);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Bench" });
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, () => makePerson(db, workspaceId)),
    );
    const [host] = people;
    if (host === undefined) throw new Error("nobody");
    const key = await keyOf(db, host);
    const scene: Scene = { url: server.url, key, people };
    const [page, confirmed, checked] = [
      await plainPage(scene),
      await confirming(scene),
      await checking(scene),
    ];
    const cleaned = await cleaning(db, scene);
    const ratio = median(confirmed) / median(page);
    return [
      { name: "a plain page", unit: "ms", median: median(page), p95: p95(page) },
      {
        name: `confirm and ${PEOPLE} mails, answered`,
        unit: "ms",
        median: median(confirmed),
        p95: p95(confirmed),
        limit: ANSWER_LIMIT_MS,
        ok: p95(confirmed) < ANSWER_LIMIT_MS,
        note: `p95 counts; ${ratio.toFixed(1)} times a plain page of this run`,
      },
      {
        name: `${EVENTS} events of ${PEOPLE} people checked at once`,
        unit: "ms",
        median: median(checked),
        p95: p95(checked),
      },
      {
        name: `${TASKS} stale tasks removed`,
        unit: "ms",
        median: median(cleaned),
        limit: CLEAN_LIMIT_MS,
        note: `among ${TASKS} that stay`,
      },
    ];
  } finally {
    await db.$disconnect();
    await server.dispose();
  }
}
