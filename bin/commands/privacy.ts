import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Command } from "@/bin/command";
import type { PeopleHouse } from "@/bin/people";
import { withWorkspace } from "@/bin/people";
import { print, say } from "@/bin/terminal";
import { OperatorError } from "@/lib/operations/operator-error";
import type { RetentionDeps } from "@/lib/privacy/commands/apply-retention";
import { applyRetention, planRetention } from "@/lib/privacy/commands/apply-retention";
import { reapplyErasures } from "@/lib/privacy/commands/reapply-erasures";
import { listErasedHashes } from "@/lib/privacy/reads/erasures";
import { toIso } from "@/lib/time/instant";

interface Values {
  readonly json?: boolean | undefined;
  readonly "dry-run"?: boolean | undefined;
  readonly from?: string | undefined;
}

type House = { readonly deps: RetentionDeps; readonly workspaceId: string };

const OFF = "Guests' details are kept for ever: the workspace has no number of days.";

/** Removes what is older than the workspace keeps it; with --dry-run only says what that would be. */
async function retention({ deps, workspaceId }: House, values: Values): Promise<void> {
  const json = values.json ?? false;
  const plan = await planRetention(workspaceId, deps);
  if (plan === undefined) {
    print(json, { kept: "for ever" }, () => OFF);
    return;
  }
  const before = toIso(plan.before);
  const about = (guests: number, meetings: number) =>
    `${guests} guests' details of ${meetings} meetings before ${before}`;
  if (values["dry-run"]) {
    const words = () =>
      `Would remove ${about(plan.guests, plan.meetings)}, and ${plan.waiting} waiting.`;
    print(json, { ...plan, before, dryRun: true }, words);
    return;
  }
  const removed = await applyRetention({ operator: true, workspaceId }, deps, (guests) =>
    say(`${guests} of ${plan.guests} guests`),
  );
  print(
    json,
    { ...removed, before, dryRun: false },
    () => `Removed ${about(removed?.guests ?? 0, removed?.meetings ?? 0)}.`,
  );
}

/** The hashes of who was erased: taken before a restore, given to `reapply` after it. They name nobody. */
async function erasures({ deps, workspaceId }: House, values: Values): Promise<void> {
  const hashes = await listErasedHashes(deps.db, workspaceId);
  const lines = hashes.map((hash) => hash.toString("hex"));
  print(values.json ?? false, lines, () => lines.join("\n"));
}

const hashList = z.array(z.string().regex(/^[0-9a-f]{64}$/));

function hashesFrom(path: string | undefined): readonly Buffer[] {
  if (path === undefined) return [];
  const read = hashList.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!read.success) {
    throw new OperatorError(`${path} is not what "privacy erasures --json" prints.`);
  }
  return read.data.map((hash) => Buffer.from(hash, "hex"));
}

/** After a restore: removes again who was erased since the backup was made. */
async function reapply({ deps, workspaceId }: House, values: Values): Promise<void> {
  const done = await reapplyErasures(workspaceId, hashesFrom(values.from), deps);
  print(values.json ?? false, done, () =>
    done.addresses === 0
      ? "Nobody who was erased is here."
      : `Erased ${done.addresses} addresses again, from ${done.guests} places.`,
  );
}

const VERBS: Readonly<Record<string, (house: House, values: Values) => Promise<void>>> = {
  retention,
  erasures,
  reapply,
};

/** What the commands need besides people: a queue, which is only written to within transactions. */
async function withQueue(house: PeopleHouse, work: (house: House) => Promise<void>): Promise<void> {
  const queue = new PgBoss({
    connectionString: house.databaseUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    max: 1,
  });
  queue.on("error", (error) => say(`The job queue has trouble: ${error.message}`));
  await queue.start();
  try {
    await work({ deps: { ...house.deps, queue }, workspaceId: house.workspaceId });
  } finally {
    await queue.stop({ graceful: false });
  }
}

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        "dry-run": { type: "boolean" },
        from: { type: "string" },
      },
    });
    const [name = "", ...rest] = positionals;
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb || rest.length > 0) {
      throw new OperatorError("Say what: privacy retention, privacy erasures or privacy reapply.");
    }
    await withWorkspace((house) => withQueue(house, (own) => verb(own, values)));
    return 0;
  },
};
