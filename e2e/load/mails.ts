import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./checks";

type Unsent = { readonly waiting: number };

/** Waits until every mail of the workspace has been dealt with. Throws with what still waits after `timeoutMs`. */
export async function untilMailsAreOut(
  databaseUrl: string,
  workspaceId: string,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const [row] = await ask<Unsent>(
      databaseUrl,
      `SELECT count(*)::int AS waiting FROM mail_message
       WHERE workspace_id = $1 AND state IN ('queued', 'sending')`,
      [workspaceId],
    );
    if (row?.waiting === 0) return;
    if (performance.now() > deadline) throw new Error(`${row?.waiting} mails are still waiting`);
    await sleep(250);
  }
}

export type Posted = {
  readonly rows: number;
  /** Rows that do not say "sent", by what they say. */
  readonly notSent: Readonly<Record<string, number>>;
  /** Mails that were handed over more than once, and never. */
  readonly repeated: number;
  readonly missing: number;
  /** Messages that belong to no row. */
  readonly strange: number;
};

/** Compares the outbox with what really went out; `out` holds the Message-ID of each delivery. */
export async function compareMails(
  databaseUrl: string,
  workspaceId: string,
  out: readonly string[],
): Promise<Posted> {
  const rows = await ask<{ message_id: string | null; state: string }>(
    databaseUrl,
    "SELECT message_id, state::text AS state FROM mail_message WHERE workspace_id = $1",
    [workspaceId],
  );
  const deliveries = new Map<string, number>();
  for (const id of out) deliveries.set(id, (deliveries.get(id) ?? 0) + 1);
  const known = new Set(rows.map(({ message_id }) => message_id));
  const notSent: Record<string, number> = {};
  for (const { state } of rows) {
    if (state !== "sent") notSent[state] = (notSent[state] ?? 0) + 1;
  }
  const times = rows.map(({ message_id }) => deliveries.get(message_id ?? "") ?? 0);
  return {
    rows: rows.length,
    notSent,
    repeated: times.filter((count) => count > 1).length,
    missing: times.filter((count) => count === 0).length,
    strange: [...deliveries.keys()].filter((id) => !known.has(id)).length,
  };
}

/** Message-IDs of all mails the built-in mailbox of a data directory has captured, one for each file. */
export function capturedIds(dataDir: string): readonly string[] {
  const folder = join(dataDir, "mail");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => {
      const head = readFileSync(join(folder, name), "latin1").slice(0, 8_000);
      return /^Message-ID:\s+(<[^>]+>)/im.exec(head)?.[1] ?? name;
    });
}
