import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KeyRing } from "@/lib/crypto/keys";
import { hashToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { createThrottle } from "@/lib/http/throttle";
import type { WorkspaceId } from "@/lib/ids";
import { createApiKey } from "@/lib/people/commands/create-api-key";
import { setDisabled, setGroups } from "@/lib/people/commands/set-groups";
import { cloneDatabase } from "@/lib/testing/database";
import { makePerson, makeWorkspace, PASSWORD, testKeys } from "@/lib/testing/factories/people";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { findKeyHolder, findSession, revokeSessionsOf } from "./session-rows";
import type { SignInDeps } from "./sign-in";
import { signIn, signOut } from "./sign-in";

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database;
let pool: pg.Pool;
let keys: KeyRing;
let deps: SignInDeps;
let workspaceId: WorkspaceId;
let person: { id: string; email: string };
let clock: Instant;
let caller = 0;

const later = (ms: number) => (clock + ms) as Instant;
const attempt = (email: string, password: string, from = `198.51.100.${caller % 250}`) =>
  signIn(
    { email, password, address: { address: from, throttleKey: from }, userAgent: "test" },
    deps,
  );
const enter = async (): Promise<string> => {
  const answer = await attempt(person.email, PASSWORD);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  if (answer.value.kind !== "session") throw new Error("a second factor is owed");
  return answer.value.token;
};

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase(clone.url);
  pool = new pg.Pool({ connectionString: clone.url, max: 4 });
  keys = testKeys();
  clock = instantOf(Date.now());
  deps = { db, keys, now: () => clock, throttle: createThrottle(pool) };
  workspaceId = await makeWorkspace(db);
  await makePerson(db, keys, { workspaceId, groups: ["admin"] });
});
afterAll(async () => {
  await pool.end();
  await db.$disconnect();
  await clone.drop();
});
beforeEach(async () => {
  caller += 1;
  person = await makePerson(db, keys, { workspaceId });
});

describe("signing in", () => {
  test("opens a session whose token is stored only as a hash, and a new one each time", async () => {
    const [first, second] = [await enter(), await enter()];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
    const rows = await db.session.findMany({ where: { userId: person.id } });
    expect(rows).toHaveLength(2);
    expect(rows.map(({ tokenHash }) => Buffer.from(tokenHash).toString("hex")).sort()).toEqual(
      [first, second].map((token) => hashToken(token).toString("hex")).sort(),
    );
    expect(JSON.stringify(rows)).not.toContain(first);
  });

  test("works however the address is typed", async () => {
    expect((await attempt(`  ${person.email.toUpperCase()} `, PASSWORD)).ok).toBe(true);
  });

  test("gives one answer for a wrong password, an unknown address and a disabled account", async () => {
    const wrong = await attempt(person.email, "wrong");
    const unknown = await attempt("nobody@example.org", "wrong");
    await setDisabled({ workspaceId, userId: person.id }, true, "operator", deps);
    const disabled = await attempt(person.email, PASSWORD);
    expect(wrong).toEqual({ ok: false, refusal: { reason: "wrong" } });
    expect(unknown).toEqual(wrong);
    expect(disabled).toEqual(wrong);
  });

  test("refuses the sixth wrong try on one account for a quarter of an hour, from wherever it comes", async () => {
    for (let time = 0; time < 5; time += 1) {
      expect(await attempt(person.email, "wrong", `203.0.113.${time}`)).toEqual({
        ok: false,
        refusal: { reason: "wrong" },
      });
    }
    const sixth = await attempt(person.email, PASSWORD, "203.0.113.200");
    expect(sixth).toMatchObject({ ok: false, refusal: { reason: "too-many-tries" } });
    expect(JSON.stringify(sixth)).toMatch(/"retryAfterSeconds":(89\d|900)/);
  });

  test("answers an unknown account's sixth try like a known one's", async () => {
    const answers = [];
    for (let time = 0; time < 6; time += 1) answers.push(await attempt("ghost@example.org", "x"));
    expect(answers.at(-1)).toMatchObject({ ok: false, refusal: { reason: "too-many-tries" } });
  });

  test("forgets wrong tries after a right one", async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let time = 0; time < 4; time += 1) await attempt(person.email, "wrong");
      expect((await attempt(person.email, PASSWORD)).ok).toBe(true);
    }
  });

  test("of 40 guesses at once on one account, exactly five are looked at", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => attempt(person.email, "wrong")),
    );
    const looked = answers.filter((answer) => !answer.ok && answer.refusal.reason === "wrong");
    expect(looked).toHaveLength(5);
  });

  test("is written to the audit log, right or wrong, and so is signing out", async () => {
    const token = await enter();
    await attempt(person.email, "wrong");
    await signOut(token, deps);
    const rows = await db.auditEntry.findMany({
      where: { workspaceId, userId: person.id },
      orderBy: { sequence: "asc" },
    });
    expect(rows.map(({ action }) => action)).toEqual(["sign-in", "sign-in.failed", "sign-out"]);
  });

  test("renews a hash made with weaker parameters", async () => {
    const { hash } = await import("@node-rs/argon2");
    const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await db.appUser.updateMany({ where: { id: person.id }, data: { passwordHash: weak } });
    await enter();
    const { passwordHash } = await db.appUser.findFirstOrThrow({ where: { id: person.id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await enter();
  });
});

describe("a session", () => {
  test("is one query and says who, with their groups of this moment", async () => {
    const token = await enter();
    expect(await findSession(db, token, clock)).toMatchObject({
      actor: { kind: "member", userId: person.id, workspaceId, groups: ["meeting_user"] },
    });
    await setGroups({ workspaceId, userId: person.id }, ["crm_user"], "operator", deps);
    expect(await findSession(db, token, clock)).toMatchObject({ actor: { groups: ["crm_user"] } });
  });

  test.each([
    ["signing out", (token: string) => signOut(token, deps)],
    [
      "the person being disabled",
      () => setDisabled({ workspaceId, userId: person.id }, true, "operator", deps),
    ],
    [
      "all sessions being ended",
      () => revokeSessionsOf(db, { workspaceId, userId: person.id }, clock),
    ],
  ])("is dead with the next request after %s", async (_what, end) => {
    const token = await enter();
    expect(await findSession(db, token, clock)).toBeDefined();
    await end(token);
    expect(await findSession(db, token, clock)).toBeUndefined();
  });

  test("is dead while its person is disabled, although nobody revoked it", async () => {
    const token = await enter();
    const disable = (disabledAt: Date | null) =>
      db.appUser.updateMany({ where: { id: person.id }, data: { disabledAt } });
    await disable(new Date(clock));
    expect(await findSession(db, token, clock)).toBeUndefined();
    await disable(null);
    expect(await findSession(db, token, clock)).toBeDefined();
  });

  test("stays dead when a disabled person is let in again", async () => {
    const token = await enter();
    await setDisabled({ workspaceId, userId: person.id }, true, "operator", deps);
    await setDisabled({ workspaceId, userId: person.id }, false, "operator", deps);
    expect(await findSession(db, token, clock)).toBeUndefined();
    await enter();
  });

  test("ends after 14 days unused, and after 90 days in any case", async () => {
    const token = await enter();
    expect(await findSession(db, token, later(14 * DAY_MS - 1000))).toBeDefined();
    const fresh = await enter();
    expect(await findSession(db, fresh, later(14 * DAY_MS))).toBeUndefined();
    for (let day = 10; day < 90; day += 10) await findSession(db, token, later(day * DAY_MS));
    const other = await enter();
    for (let day = 0; day < 90; day += 10) {
      expect(await findSession(db, other, later(day * DAY_MS)), `day ${day}`).toBeDefined();
    }
    expect(await findSession(db, other, later(90 * DAY_MS))).toBeUndefined();
  });

  test("writes its last use at most once in five minutes", async () => {
    const token = await enter();
    const seen = async () =>
      (await db.session.findFirstOrThrow({ where: { userId: person.id } })).seenAt.getTime();
    const first = await seen();
    await findSession(db, token, later(4 * 60_000));
    expect(await seen()).toBe(first);
    await findSession(db, token, later(6 * 60_000));
    expect(await seen()).toBe(clock + 6 * 60_000);
  });

  test("keeps one session when the others are ended", async () => {
    const [mine, other] = [await enter(), await enter()];
    const kept = await findSession(db, mine, clock);
    await revokeSessionsOf(
      db,
      { workspaceId, userId: person.id, exceptSessionId: kept?.sessionId ?? "" },
      clock,
    );
    expect(await findSession(db, mine, clock)).toBeDefined();
    expect(await findSession(db, other, clock)).toBeUndefined();
  });
});

describe("an API key", () => {
  const makeKey = async () => {
    const made = await createApiKey(
      { workspaceId, userId: person.id, name: "script" },
      "operator",
      deps,
    );
    if (!made.ok) throw new Error(made.refusal);
    return made.value;
  };

  test("speaks for its person, is stored as a hash, and dies with its revocation or its person", async () => {
    const { id, key } = await makeKey();
    expect(key).toMatch(/^mk_[\w-]{43}$/);
    expect(await findKeyHolder(db, key, clock)).toMatchObject({ userId: person.id });
    expect(JSON.stringify(await db.apiKey.findMany())).not.toContain(key);
    await db.apiKey.updateMany({ where: { id }, data: { revokedAt: new Date(clock) } });
    expect(await findKeyHolder(db, key, clock)).toBeUndefined();
    const second = await makeKey();
    await setDisabled({ workspaceId, userId: person.id }, true, "operator", deps);
    expect(await findKeyHolder(db, second.key, clock)).toBeUndefined();
  });

  test("is not made for somebody who is disabled or does not exist", async () => {
    await setDisabled({ workspaceId, userId: person.id }, true, "operator", deps);
    const refused = await createApiKey(
      { workspaceId, userId: person.id, name: "x" },
      "operator",
      deps,
    );
    expect(refused).toEqual({ ok: false, refusal: "no-user" });
  });
});
