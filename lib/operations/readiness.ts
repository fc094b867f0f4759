import type { KeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { getMigrationStatus } from "@/lib/db/migrations";
import { isDraining } from "@/lib/http/draining";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { tzdataIsCurrent } from "@/lib/time/tzdata";

/** Every question is answered within this time, or its answer is no: a balancer waits five seconds at most. */
const CHECK_TIMEOUT_MS = 3500;
const MIGRATIONS_KNOWN_FOR_MS = MINUTE_MS;
/** The worker looks at its queues every five seconds and says so there. */
const WORKER_SILENT_MS = 2 * MINUTE_MS;
/** Work that is due and untouched for so long means that nobody does it. */
const QUEUE_AGE_MS = 10 * MINUTE_MS;

export type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly milliseconds: number;
};

export type Readiness = { readonly ready: boolean; readonly checks: readonly Check[] };

export type ReadinessDeps = {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly databaseUrl: string;
  readonly now: () => Instant;
  /** When this process began: what was left undone before then is not its failure. */
  readonly startedAt: Instant;
};

type Question = (deps: ReadinessDeps) => Promise<{ readonly ok: boolean; readonly detail: string }>;

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 1000)} s`;

/** A row of our own is written and read back: a server that lost its disk or became a standby can still answer reads. */
const database: Question = async ({ db, now }) => {
  const mark = Math.floor(now() / 1000) % 1_000_000_000;
  const [row] = await db.$queryRaw<{ points: number }[]>`
    INSERT INTO rate_limit (key, points, expire) VALUES ('readiness', ${mark}, ${now() + MINUTE_MS})
    ON CONFLICT (key) DO UPDATE SET points = excluded.points, expire = excluded.expire
    RETURNING points`;
  return { ok: row?.points === mark, detail: "written and read back" };
};

let migrationsKnownUntil = 0;

const migrations: Question = async ({ databaseUrl }) => {
  if (performance.now() < migrationsKnownUntil) return { ok: true, detail: "all applied" };
  const { pending } = await getMigrationStatus({ databaseUrl });
  if (pending.length > 0) return { ok: false, detail: `pending: ${pending.join(", ")}` };
  migrationsKnownUntil = performance.now() + MIGRATIONS_KNOWN_FOR_MS;
  return { ok: true, detail: "all applied" };
};

const key: Question = async ({ keys }) => ({
  ok: keys.keyOf(keys.current) !== undefined,
  detail: `key ${keys.current}`,
});

const worker: Question = async ({ db, now, startedAt }) => {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT max(greatest(monitor_claim_on, monitor_on)) AS at FROM pgboss.queue`;
  const silent = now() - Math.max(row?.at?.getTime() ?? 0, startedAt);
  return { ok: silent < WORKER_SILENT_MS, detail: `last seen ${seconds(Math.max(0, silent))} ago` };
};

const queue: Question = async ({ db, now, startedAt }) => {
  const [row] = await db.$queryRaw<{ due: Date | null }[]>`
    SELECT min(start_after) AS due FROM pgboss.job WHERE state < 'active' AND start_after < now()`;
  if (!row?.due) return { ok: true, detail: "nothing is due" };
  const age = now() - Math.max(row.due.getTime(), startedAt);
  return { ok: age < QUEUE_AGE_MS, detail: `oldest due job waits ${seconds(Math.max(0, age))}` };
};

const QUESTIONS: Readonly<Record<string, Question>> = { database, migrations, key, worker, queue };

async function ask(name: string, question: Question, deps: ReadinessDeps): Promise<Check> {
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), CHECK_TIMEOUT_MS);
  });
  const answer = await Promise.race([question(deps), tooLate]).catch((error: unknown) => ({
    ok: false,
    detail: error instanceof Error ? error.name : "failed",
  }));
  clearTimeout(timer);
  return { name, ...answer, milliseconds: Math.round(performance.now() - began) };
}

/**
 * May this node be sent work? Asks everything at once, within four seconds. Old time zone data is told and does not
 * count: taking the node away would not mend it.
 */
export async function findReadiness(deps: ReadinessDeps): Promise<Readiness> {
  if (isDraining()) {
    const detail = "this server is stopping";
    return { ready: false, checks: [{ name: "serving", ok: false, detail, milliseconds: 0 }] };
  }
  const asked = Object.entries(QUESTIONS).map(([name, question]) => ask(name, question, deps));
  const checks = await Promise.all(asked);
  const { current, detail } = tzdataIsCurrent();
  return {
    ready: checks.every(({ ok }) => ok),
    checks: [...checks, { name: "tzdata", ok: current, detail, milliseconds: 0 }],
  };
}
