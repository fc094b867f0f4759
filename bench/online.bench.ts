import { v7 as newId } from "uuid";
import { BENCH_LIMITS } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { apiKeyOf } from "@/e2e/fixtures/api";
import { databaseUrlOf, freePort, runServer } from "@/e2e/fixtures/run-server";
import { openClient } from "@/e2e/load/http-client";
import { openDatabase } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { ZoomServer } from "@/lib/testing/zoom-server";
import { startZoomServer } from "@/lib/testing/zoom-server";

const ROUNDS = Number(process.env.MERIDIAN_BENCH_ROUNDS ?? 30);
const WARM_UP = 3;
const GUESTS = 10;
/** What a call to the provider takes: nobody who answers in a page waits for it. */
const PROVIDER_MS = 200;
const LONGEST_MS = 300;
const HOLDER = "calls@halden.example";
const DAY_MS = 86_400_000;

/** A Zoom room of the demonstration workspace, with a seat for every round; its id. */
async function makeRoom(databaseUrl: string): Promise<string> {
  const db = openDatabase(databaseUrl, 2);
  try {
    const { id: workspaceId } = await db.workspace.findFirstOrThrow({ select: { id: true } });
    const [roomId, accountId, resourceId] = [newId(), newId(), newId()];
    const own = { workspace_id: workspaceId };
    await insertRows(db, [
      {
        table: "virtual_room",
        rows: [
          {
            ...own,
            id: roomId,
            name: "Bench",
            provider: "zoom",
            settings: {},
            credentials: "environment",
            is_default: false,
            active: true,
            version: 1,
            created_at: new Date().toISOString(),
          },
        ],
      },
      {
        table: "virtual_account",
        rows: [
          {
            ...own,
            id: accountId,
            virtual_room_id: roomId,
            name: HOLDER,
            active: true,
            position: 0,
          },
        ],
      },
      {
        table: "resource",
        rows: [{ ...own, id: resourceId, kind: "virtual_seat", user_id: null, name: HOLDER }],
      },
      {
        table: "virtual_seat",
        rows: [
          { ...own, account_id: accountId, position: 0, resource_id: resourceId, active: true },
        ],
      },
    ]);
    return roomId;
  } finally {
    await db.$disconnect();
  }
}

type Client = ReturnType<typeof openClient>;

/** What one round took, milliseconds: confirming, cancelling, and a page without data. */
type Round = { readonly confirm: number; readonly cancel: number; readonly page: number };

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen within 30 s`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

async function measureRound(
  client: Client,
  zoom: ZoomServer,
  asked: { readonly roomId: string; readonly round: number },
): Promise<Round> {
  const start = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS + (60 + asked.round) * DAY_MS);
  const made = await client.send({
    method: "POST",
    path: "/api/v1/meetings",
    body: {
      subject: `Bench ${asked.round}`,
      start: start.toISOString(),
      end: new Date(start.getTime() + 1_800_000).toISOString(),
      guests: Array.from({ length: GUESTS }, (_, index) => ({
        name: `Guest ${index}`,
        email: `guest-${asked.round}-${index}@bench.example`,
        zone: "Asia/Tokyo",
        locale: "en",
      })),
      virtualRoomId: asked.roomId,
      confirm: false,
    },
  });
  if (made.status !== 201) throw new Error(`a draft was answered ${made.status}`);
  const { id } = made.body as { id: string };
  const path = `/api/v1/meetings/${id}`;
  const page = await client.send({ method: "GET", path: "/" });
  const confirm = await client.send({ method: "POST", path: `${path}/confirm`, body: {} });
  if (confirm.status !== 200) throw new Error(`confirming was answered ${confirm.status}`);
  await until(() => zoom.meetings().length === 1, "the meeting at the provider");
  const body = { reason: "Measured" };
  const cancel = await client.send({ method: "POST", path: `${path}/cancel`, body });
  if (cancel.status !== 200) throw new Error(`cancelling was answered ${cancel.status}`);
  await until(() => zoom.meetings().length === 0, "the deletion at the provider");
  return { confirm: confirm.ms, cancel: cancel.ms, page: page.ms };
}

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

function rowOf(name: string, times: readonly number[], limit?: number): BenchRow {
  const sorted = times.toSorted((one, other) => one - other);
  const p95 = at(sorted, 0.95);
  return {
    name,
    unit: "ms",
    median: at(sorted, 0.5),
    p95,
    ...(limit === undefined ? {} : { limit, ok: p95 < limit, note: "p95 counts" }),
  };
}

/** Confirming a meeting with ten mails and cancelling it, while every call to its provider takes 200 ms. */
export async function run(): Promise<readonly BenchRow[]> {
  const zoom = await startZoomServer({
    users: [HOLDER],
    port: await freePort(),
    writesADay: 10_000,
  });
  zoom.misbehave({ kind: "slow", ms: PROVIDER_MS, times: Number.MAX_SAFE_INTEGER });
  const server = await runServer({ env: { ...zoom.environment, MERIDIAN_LIMITS: BENCH_LIMITS } });
  process.env.MERIDIAN_E2E_DATA_DIR = server.dataDir;
  let client: Client | undefined;
  try {
    const roomId = await makeRoom(databaseUrlOf(server.dataDir));
    const key = apiKeyOf("host@meridian.example");
    client = openClient(server.url, 2, { authorization: `Bearer ${key}` });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const measured = await measureRound(client, zoom, { roomId, round });
      if (round >= WARM_UP) rounds.push(measured);
    }
    return [
      rowOf(
        `confirming, ${GUESTS} guests and the host mailed, provider at ${PROVIDER_MS} ms`,
        rounds.map(({ confirm }) => confirm),
        LONGEST_MS,
      ),
      rowOf(
        `cancelling, the provider's meeting deleted, provider at ${PROVIDER_MS} ms`,
        rounds.map(({ cancel }) => cancel),
        LONGEST_MS,
      ),
      rowOf(
        "a page without data, in the same run",
        rounds.map(({ page }) => page),
      ),
    ];
  } finally {
    await client?.close();
    await server.dispose();
    await zoom.close();
  }
}
