import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { open, rewrap, seal } from "@/lib/crypto/envelope";
import { keyRingOf } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { WorkspaceId } from "@/lib/ids";
import { cloneDatabase } from "@/lib/testing/database";
import { makeWorkspace } from "@/lib/testing/factories/people";
import { instantOf } from "@/lib/time/instant";
import { appendAudit } from "./append";
import type { AuditEntry } from "./chain";
import type { AuditHead } from "./verify";
import { readAnchor, verifyAudit, writeAnchor } from "./verify";

const key = randomBytes(32);
const keys = keyRingOf([key]);
let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database;
let owner: pg.Client;
let workspaceId: WorkspaceId;

const entry = (about: Partial<AuditEntry> = {}): AuditEntry => ({
  workspaceId,
  at: instantOf(1_790_000_000_123),
  actor: "user",
  userId: "019a9f7e-1234-7abc-8def-0123456789ab",
  actorName: "Ada",
  action: "meeting.cancel (override)",
  subject: "019a9f7e-0000-7abc-8def-0123456789ab",
  ...about,
});
const append = (about: Partial<AuditEntry> = {}) =>
  db.$transaction((tx) => appendAudit(tx, keys, entry(about)));
const verify = (anchor?: AuditHead) => verifyAudit(db, keys, workspaceId, { anchor });

/** What somebody who owns the table can do: the triggers are theirs to switch off. */
async function tamper(sql: string): Promise<void> {
  await owner.query("ALTER TABLE audit_entry DISABLE TRIGGER USER");
  await owner.query(sql.replaceAll("$W", `'${workspaceId}'`));
  await owner.query("ALTER TABLE audit_entry ENABLE TRIGGER USER");
}

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase(clone.url);
  owner = new pg.Client({ connectionString: clone.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await db.$disconnect();
  await clone.drop();
});
beforeEach(async () => {
  workspaceId = await makeWorkspace(db);
});

test("an untouched log verifies, whatever its entries hold", async () => {
  await append();
  await append({
    details: { z: 1, a: [{ y: null, x: "ü\u0000\ud800" }], n: 1.5e-7, big: 2 ** 53 },
  });
  await append({ userId: null, actor: "system", actorName: '"]}\u0000', details: {} });
  expect(await verify()).toMatchObject({ ok: true, rows: 3 });
});

test("entries made at once form one chain without gaps", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, at) => append({ details: { at } })));
  expect(await verify()).toMatchObject({ ok: true, rows: 40 });
});

test("an entry exists exactly if what it tells of does", async () => {
  await append();
  const failed = db.$transaction(async (tx) => {
    await appendAudit(tx, keys, entry());
    throw new Error("the change failed");
  });
  await expect(failed).rejects.toThrow("the change failed");
  expect(await verify()).toMatchObject({ ok: true, rows: 1 });
});

test("a log longer than one batch is walked whole", async () => {
  for (let at = 0; at < 3; at += 1) await append();
  await db.$transaction(
    async (tx) => {
      for (let at = 0; at < 1100; at += 1) await appendAudit(tx, keys, entry({ details: { at } }));
    },
    { timeout: 30_000 },
  );
  expect(await verify()).toMatchObject({ ok: true, rows: 1103 });
  await tamper(
    "UPDATE audit_entry SET actor_name = 'Eve' WHERE workspace_id = $W AND sequence = 1050",
  );
  expect(await verify()).toEqual({ ok: false, sequence: 1050n, fault: "altered" });
});

describe("the application itself cannot change the log", () => {
  test.each([
    ["UPDATE audit_entry SET actor_name = 'Eve'"],
    ["DELETE FROM audit_entry"],
    ["TRUNCATE audit_entry"],
  ])("%s", async (sql) => {
    await append();
    await expect(owner.query(sql)).rejects.toThrow(/append-only/);
    expect(await verify()).toMatchObject({ ok: true, rows: 1 });
  });
});

describe("the verifier names the row when somebody who owns the table", () => {
  beforeEach(async () => {
    for (let at = 1; at <= 6; at += 1) await append({ details: { at } });
  });

  const columns = [
    "at = at + interval '1 ms'",
    "actor = 'system'",
    "user_id = NULL",
    "actor_name = actor_name || ' '",
    "action = 'harmless'",
    "subject = 'other'",
    "details = '{\"at\": 9}'",
    "hash = decode(repeat('00', 32), 'hex')",
    "previous_hash = decode(repeat('00', 32), 'hex')",
  ];
  test.each(columns)("edits one: %s", async (change) => {
    await tamper(`UPDATE audit_entry SET ${change} WHERE workspace_id = $W AND sequence = 3`);
    expect(await verify()).toEqual({ ok: false, sequence: 3n, fault: "altered" });
  });

  test("deletes one", async () => {
    await tamper("DELETE FROM audit_entry WHERE workspace_id = $W AND sequence = 4");
    expect(await verify()).toEqual({ ok: false, sequence: 4n, fault: "missing" });
  });

  test("deletes one and closes the gap", async () => {
    await tamper(
      "DELETE FROM audit_entry WHERE workspace_id = $W AND sequence = 4;" +
        "UPDATE audit_entry SET sequence = sequence - 1 WHERE workspace_id = $W AND sequence > 4",
    );
    expect(await verify()).toEqual({ ok: false, sequence: 4n, fault: "altered" });
  });

  test("swaps two", async () => {
    await tamper(
      "UPDATE audit_entry SET sequence = sequence + 100 WHERE workspace_id = $W AND sequence IN (2, 3);" +
        "UPDATE audit_entry SET sequence = 105 - sequence WHERE workspace_id = $W AND sequence > 100",
    );
    expect(await verify()).toEqual({ ok: false, sequence: 2n, fault: "altered" });
  });

  test("puts in one of another workspace", async () => {
    const mine = workspaceId;
    workspaceId = await makeWorkspace(db);
    await append();
    const other = workspaceId;
    workspaceId = mine;
    await tamper(
      `INSERT INTO audit_entry SELECT $W, 7, at, actor, user_id, actor_name, action, subject, details,
              previous_hash, hash FROM audit_entry WHERE workspace_id = '${other}'`,
    );
    expect(await verify()).toEqual({ ok: false, sequence: 7n, fault: "altered" });
  });

  test("empties it", async () => {
    await tamper("DELETE FROM audit_entry WHERE workspace_id = $W");
    expect(await verify()).toEqual({ ok: false, sequence: 1n, fault: "missing" });
  });

  test("cuts the end off, once an anchor is kept elsewhere, and not without one", async () => {
    const whole = await verify();
    const head = whole.ok ? whole.head : undefined;
    const line = head ? writeAnchor(keys, workspaceId, head) : "";
    await tamper("DELETE FROM audit_entry WHERE workspace_id = $W AND sequence > 4");
    expect(await verify()).toMatchObject({ ok: true, rows: 4 });
    const anchor = readAnchor(keys, workspaceId, line);
    expect(await verify(anchor)).toEqual({ ok: false, sequence: 5n, fault: "missing" });
    await append();
    await append();
    expect(await verify(anchor)).toEqual({ ok: false, sequence: 6n, fault: "replaced" });
  });
});

describe("an anchor", () => {
  const head = { sequence: 7n, hash: randomBytes(32) };

  test("is read back by this installation, for its own workspace only", () => {
    const line = writeAnchor(keys, workspaceId, head);
    expect(readAnchor(keys, workspaceId, `${line}\n`)).toEqual(head);
    expect(readAnchor(keyRingOf([randomBytes(32), key]), workspaceId, line)).toEqual(head);
    expect(readAnchor(keys, "019a9f7e-0000-7abc-8def-0123456789ab", line)).toBeUndefined();
    expect(readAnchor(keys, workspaceId, line.replace(".7.", ".8."))).toBeUndefined();
    expect(readAnchor(keyRingOf([randomBytes(32)]), workspaceId, line)).toBeUndefined();
  });
});

test("the log stays verifiable and goes on when the key-encryption key was rotated and the old one is gone", async () => {
  await append();
  const fresh = randomBytes(32);
  const both = keyRingOf([fresh, key]);
  const stored = await db.storedSecret.findFirstOrThrow({ where: { workspaceId } });
  const place = { workspaceId, table: "stored_secret", column: "sealed", id: stored.id };
  await db.storedSecret.update({
    where: { workspaceId_id: { workspaceId, id: stored.id } },
    data: { sealed: new Uint8Array(rewrap(both, stored.sealed, place)) },
  });
  const onlyNew = keyRingOf([fresh]);
  await db.$transaction((tx) => appendAudit(tx, onlyNew, entry()));
  expect(await verifyAudit(db, onlyNew, workspaceId)).toMatchObject({ ok: true, rows: 2 });
  expect(open(onlyNew, seal(onlyNew, "x", place), place).toString()).toBe("x");
});
