import { Prisma } from "@/prisma/generated/client";
import type { Database, Transaction } from "./client";

/** Several reads of one moment of the database: whatever is written meanwhile, they agree with each other. */
export type Snapshot = {
  /**
   * Runs one read. It waits for a lane, sees the snapshot, and is ended by the statement timeout; its failure is its
   * own, and the reads after it go on.
   */
  readonly read: <Result>(run: (tx: Transaction) => Promise<Result>) => Promise<Result>;
};

type Lane = {
  readonly tx: Transaction;
  /** What was asked of it so far; one read after the other, for a connection does one thing at a time. */
  last: Promise<unknown>;
  waiting: number;
};

type Limits = {
  /** Connections that read side by side. */
  readonly lanes: number;
  /** Of one statement. */
  readonly timeoutMs: number;
};

const SNAPSHOT_NAME = /^[0-9A-F]+(?:-[0-9A-F]+)+$/i;

const SENDS = new Set<string | symbol>(["$queryRaw", "$executeRaw"]);

/** The transaction, and everything it was asked that has not been answered yet. */
function watched(tx: Transaction): {
  readonly tx: Transaction;
  readonly quiet: () => Promise<void>;
} {
  const asked = new Set<Promise<unknown>>();
  const send =
    (ask: (...given: unknown[]) => PromiseLike<unknown>) =>
    (...given: unknown[]) => {
      const answer = Promise.resolve(ask.apply(tx, given));
      const done = answer.then(
        () => undefined,
        () => undefined,
      );
      asked.add(done);
      void done.then(() => asked.delete(done));
      return answer;
    };
  return {
    tx: new Proxy(tx, {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name, target);
        return SENDS.has(name) && typeof found === "function" ? send(found as never) : found;
      },
    }),
    quiet: async () => {
      while (asked.size > 0) await Promise.all(asked);
    },
  };
}

async function readIn<Result>(
  lane: Lane,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  await lane.tx.$executeRaw`SAVEPOINT one_read`;
  const { tx, quiet } = watched(lane.tx);
  try {
    return await run(tx);
  } catch (cause) {
    // What was asked beside the one that failed is refused first; otherwise it would fail after the way back.
    await quiet();
    // Without this every later statement of the lane would be refused too.
    await lane.tx.$executeRaw`ROLLBACK TO SAVEPOINT one_read`;
    throw cause;
  }
}

function snapshotOver(lanes: readonly Lane[]): Snapshot {
  return {
    read: (run) => {
      const lane = lanes.toSorted((a, b) => a.waiting - b.waiting)[0];
      if (lane === undefined) throw new Error("a snapshot without lanes");
      lane.waiting += 1;
      const mine = lane.last
        .then(() => readIn(lane, run))
        .finally(() => {
          lane.waiting -= 1;
        });
      lane.last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/**
 * Opens a snapshot, read only, without just-in-time compilation (it costs more than these statements do), for as long
 * as `use` runs.
 */
export async function withSnapshot<Result>(
  db: Database,
  { lanes, timeoutMs }: Limits,
  use: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const isolation = {
    isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
    // Each statement has its own end; what is read one after the other may take as long as several.
    timeout: 10 * timeoutMs,
  };
  const settle = (tx: Transaction) =>
    tx.$queryRaw`SELECT set_config('statement_timeout', ${String(timeoutMs)}, true), set_config('jit', 'off', true),
                        set_config('transaction_read_only', 'on', true)`;
  const open = (name: string, more: number, opened: readonly Lane[]): Promise<Result> => {
    if (more === 0) return use(snapshotOver(opened));
    return db.$transaction(async (tx) => {
      // No statement of settings takes a parameter; the name was the database's, and has its shape.
      await tx.$executeRaw`${Prisma.raw(`SET TRANSACTION SNAPSHOT '${name}'`)}`;
      await settle(tx);
      return open(name, more - 1, [...opened, { tx, last: Promise.resolve(), waiting: 0 }]);
    }, isolation);
  };
  return db.$transaction(async (tx) => {
    const [found] = await tx.$queryRaw<{ name: string }[]>`SELECT pg_export_snapshot() AS name`;
    if (found === undefined || !SNAPSHOT_NAME.test(found.name)) throw new Error("no snapshot");
    await settle(tx);
    return open(found.name, lanes - 1, [{ tx, last: Promise.resolve(), waiting: 0 }]);
  }, isolation);
}
