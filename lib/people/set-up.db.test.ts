import { describe, expect } from "vitest";
import { findSession } from "@/lib/auth/session-rows";
import { makeSetupCode } from "@/lib/operations/setup-code";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { HOUR_MS, instantOf } from "@/lib/time/instant";
import { setUp } from "./commands/set-up";
import { setUpInput } from "./schema";

const VISITOR = { address: "192.0.2.7", userAgent: "Chromium" };
const clock = () => instantOf(Date.now());

const form = (code: string, more: object = {}) =>
  setUpInput.parse({
    code,
    workspaceName: "Halden Works",
    zone: "Europe/Oslo",
    name: "Ana Lim",
    email: "Ana@Halden.example",
    password: "correct horse battery",
    ...more,
  });

const depsOf = (house: House) => ({ ...house, now: clock });

async function newCode(house: House): Promise<string> {
  const code = await makeSetupCode(house.databaseUrl);
  if (code === undefined) throw new Error("somebody is here");
  return code;
}

/** As before anybody came. The log of what was done stays, as it must. */
async function empty({ db }: House): Promise<void> {
  await db.session.deleteMany();
  await db.schedule.deleteMany();
  await db.resource.deleteMany();
  await db.appUser.deleteMany();
  await db.setupCode.deleteMany();
}

describe("an installation without anybody", () => {
  test("is set up with the code of the log: workspace, admin, resource, hours, session, audit", async ({
    house,
  }) => {
    await empty(house);
    const made = await setUp(form(await newCode(house)), VISITOR, depsOf(house));
    const token = made.ok ? made.value.token : "";
    const signedIn = await findSession(house.db, token, clock());
    expect(signedIn?.actor).toMatchObject({ name: "Ana Lim", groups: ["admin"] });
    const workspaceId = signedIn?.actor.workspaceId ?? "";
    expect(await house.db.workspace.findUnique({ where: { id: workspaceId } })).toMatchObject({
      name: "Halden Works",
      zone: "Europe/Oslo",
      demonstration: false,
    });
    expect(await house.db.resource.count({ where: { workspaceId, kind: "person" } })).toBe(1);
    expect(await house.db.schedule.findFirst({ where: { workspaceId } })).toMatchObject({
      zone: "Europe/Oslo",
      isDefault: true,
    });
    expect(
      await house.db.auditEntry.count({ where: { workspaceId, action: "workspace.set-up" } }),
    ).toBeGreaterThan(0);
    expect(await makeSetupCode(house.databaseUrl)).toBeUndefined();
  });

  test("gets one workspace and one admin when two people set it up at the same moment", async ({
    house,
  }) => {
    for (let round = 0; round < 5; round += 1) {
      await empty(house);
      const code = await newCode(house);
      const both = await Promise.all(
        ["a@halden.example", "b@halden.example"].map((email) =>
          setUp(form(code, { email }), VISITOR, depsOf(house)),
        ),
      );
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: "set-up-already" });
      expect(await house.db.appUser.count()).toBe(1);
      expect(await house.db.workspace.count()).toBe(1);
    }
  });

  test("is not set up with a wrong code, an old one, or the one of an earlier start", async ({
    house,
  }) => {
    await empty(house);
    const first = await newCode(house);
    const second = await newCode(house);
    for (const wrong of [first, "", "guess", second.replaceAll(/[0-9a-z]/g, "7")]) {
      expect(await setUp(form(wrong), VISITOR, depsOf(house))).toEqual({
        ok: false,
        refusal: "wrong-code",
      });
    }
    const tomorrow = () => instantOf(Date.now() + 24 * HOUR_MS + 1_000);
    expect(await setUp(form(second), VISITOR, { ...house, now: tomorrow })).toEqual({
      ok: false,
      refusal: "expired-code",
    });
    expect(await house.db.appUser.count()).toBe(0);
    const stored = JSON.stringify(await house.db.setupCode.findMany());
    expect(stored).not.toContain(second);
    expect(await setUp(form(second), VISITOR, depsOf(house))).toMatchObject({ ok: true });
    expect(await setUp(form(second), VISITOR, depsOf(house))).toMatchObject({
      refusal: "set-up-already",
    });
  });
});

test.for([
  ["a zone that is none", { zone: "Mars/Olympus" }],
  ["no name", { name: " " }],
  ["no workspace", { workspaceName: "" }],
  ["a password of 300 letters", { password: "x".repeat(300) }],
  ["an address that is none", { email: "ana" }],
  ["a field too many", { groups: ["admin"] }],
])("the form is not read with %s", ([, wrong]) => {
  expect(() => form("0", wrong as object)).toThrow();
});
