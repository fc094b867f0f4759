import { describe, expect } from "vitest";
import { PASSWORD } from "@/lib/testing/factories/people";
import type { Member } from "@/lib/testing/factories/sign-in";
import {
  codeAt,
  makeMember,
  owedOf,
  realThrottle,
  tokenOf,
  untroubled,
  withTotp,
} from "@/lib/testing/factories/sign-in";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { enterWithCode, findOwedStep } from "./second-factor";
import { findSession } from "./session-rows";
import { signIn } from "./sign-in";
import { removeTotp, spendTotp } from "./totp";

const from = { address: "203.0.113.7", userAgent: "test" };
const later = (ms: number) => (NOW + ms) as Instant;
const depsAt = (house: House, now: Instant = NOW) => ({
  ...house,
  now: () => now,
  throttle: untroubled,
});

const firstStep = async (house: House, member: Member, now: Instant = NOW) => {
  const client = { address: from.address, throttleKey: from.address };
  const answer = await signIn(
    { email: member.email, password: PASSWORD, address: client, userAgent: "test", next: "/inbox" },
    depsAt(house, now),
  );
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value;
};

const secondStep = (house: House, stepToken: string | undefined, code: string, now = NOW) =>
  enterWithCode({ stepToken, code, ...from }, depsAt(house, now));

const sessionsOf = (house: House, { userId }: Member) =>
  house.db.session.count({ where: { userId } });

describe("signing in with an authenticator app", () => {
  test("opens no session before the code, and one with it, where the person wanted to go", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const stepToken = owedOf(await firstStep(house, member));
    expect(await sessionsOf(house, member)).toBe(0);
    const answer = await secondStep(house, stepToken, codeAt(key, NOW));
    if (!answer.ok) throw new Error(answer.refusal.reason);
    expect(answer.value.next).toBe("/inbox");
    expect(await findSession(house.db, tokenOf(answer.value.opened), NOW)).toMatchObject({
      actor: { userId: member.userId },
    });
  });

  test("the second step's token is no session's, and a session's is no step's", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const stepToken = owedOf(await firstStep(house, member));
    expect(await findSession(house.db, stepToken, NOW)).toBeUndefined();
    const answer = await secondStep(house, stepToken, codeAt(key, NOW));
    if (!answer.ok) throw new Error(answer.refusal.reason);
    expect(await findOwedStep(tokenOf(answer.value.opened), depsAt(house))).toBeUndefined();
  });

  test("a code is good once: not again, not by an older one, not by two at the same time", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const code = codeAt(key, NOW);
    const steps = await Promise.all(
      Array.from({ length: 8 }, async () => owedOf(await firstStep(house, member))),
    );
    const answers = await Promise.all(steps.map((step) => secondStep(house, step, code)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sessionsOf(house, member)).toBe(1);
    const again = owedOf(await firstStep(house, member));
    expect(await secondStep(house, again, code)).toMatchObject({ refusal: { reason: "wrong" } });
    const older = codeAt(key, later(-30_000));
    expect(await secondStep(house, again, older)).toMatchObject({ refusal: { reason: "wrong" } });
    const next = codeAt(key, later(30_000));
    expect((await secondStep(house, again, next)).ok).toBe(true);
  });

  test("clocks may differ by one step of 30 seconds and by no more", async ({ house }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, later(-600_000));
    const tries = async (offsetMs: number) =>
      spendTotp(house.db, member, codeAt(key, later(offsetMs)), depsAt(house));
    expect(await tries(-60_000)).toBe(false);
    expect(await tries(60_000)).toBe(false);
    expect(await tries(-30_000)).toBe(true);
    expect(await tries(30_000)).toBe(true);
  });

  test("a step ends after five wrong codes, however many come at once, and after ten minutes", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const stepToken = owedOf(await firstStep(house, member));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => secondStep(house, stepToken, "000000")),
    );
    const looked = answers.filter((one) => !one.ok && one.refusal.reason === "wrong");
    expect(looked).toHaveLength(5);
    expect(await secondStep(house, stepToken, codeAt(key, NOW))).toMatchObject({
      refusal: { reason: "over" },
    });
    const slow = owedOf(await firstStep(house, member));
    const late = later(600_000);
    expect(await secondStep(house, slow, codeAt(key, late), late)).toMatchObject({
      refusal: { reason: "over" },
    });
    expect(await sessionsOf(house, member)).toBe(0);
  });

  test("guessing through many sign-ins is throttled by the account: five tries in a quarter of an hour", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const { throttle, close } = realThrottle(house.databaseUrl);
    const reasons: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const stepToken = owedOf(await firstStep(house, member));
      const code = round < 7 ? "000000" : codeAt(key, NOW);
      const answer = await enterWithCode(
        { stepToken, code, ...from },
        { ...depsAt(house), throttle },
      );
      reasons.push(answer.ok ? "in" : answer.refusal.reason);
    }
    await close();
    expect(reasons).toEqual([...Array(5).fill("wrong"), ...Array(3).fill("too-many-tries")]);
  });

  test("nothing else is a step's token: none, rubbish, one of another kind, one that was used", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    for (const token of [undefined, "", "x".repeat(43), "A".repeat(43)]) {
      expect(await secondStep(house, token, codeAt(key, NOW))).toMatchObject({
        refusal: { reason: "over" },
      });
    }
    const stepToken = owedOf(await firstStep(house, member));
    await house.db.signInStep.updateMany({ data: { kind: "passkey" } });
    expect(await secondStep(house, stepToken, codeAt(key, NOW))).toMatchObject({
      refusal: { reason: "over" },
    });
    await house.db.signInStep.updateMany({ data: { kind: "second-factor" } });
    expect((await secondStep(house, stepToken, codeAt(key, NOW))).ok).toBe(true);
    expect(await secondStep(house, stepToken, codeAt(key, later(30_000)))).toMatchObject({
      refusal: { reason: "over" },
    });
  });

  test("an account that is disabled between the steps stays out", async ({ house }) => {
    const member = await makeMember(house);
    const { key } = await withTotp(house, member, NOW);
    const stepToken = owedOf(await firstStep(house, member));
    await house.db.appUser.updateMany({
      where: { id: member.userId },
      data: { disabledAt: new Date(NOW) },
    });
    expect(await secondStep(house, stepToken, codeAt(key, NOW))).toMatchObject({
      refusal: { reason: "over" },
    });
  });

  test("neither the key nor a code nor a token stands in the database in clear", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { key, recoveryCodes } = await withTotp(house, member, NOW);
    const stepToken = owedOf(await firstStep(house, member));
    const stored = JSON.stringify(
      [
        await house.db.userTotp.findMany(),
        await house.db.recoveryCode.findMany(),
        await house.db.signInStep.findMany(),
      ],
      (_name, value: unknown) => {
        if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
        return typeof value === "bigint" ? value.toString() : value;
      },
    );
    const secrets = [stepToken, key.replaceAll(" ", ""), ...recoveryCodes];
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
  });
});

describe("recovery codes", () => {
  test("are ten, each good once, however it is typed, also when tried twice at once", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { recoveryCodes } = await withTotp(house, member, NOW);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes.every((code) => /^([0-9a-hjkmnp-tv-z]{4}-?){4}$/.test(code))).toBe(true);
    const [first = "", second = ""] = recoveryCodes;
    const steps = await Promise.all(
      Array.from({ length: 4 }, async () => owedOf(await firstStep(house, member))),
    );
    const typed = first.toUpperCase().replaceAll("-", " ").replaceAll("0", "O");
    const answers = await Promise.all(steps.map((step) => secondStep(house, step, typed)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const step = owedOf(await firstStep(house, member));
    expect((await secondStep(house, step, second)).ok).toBe(true);
  });

  test("of somebody else are wrong", async ({ house }) => {
    const [mine, other] = [await makeMember(house), await makeMember(house)];
    await withTotp(house, mine, NOW);
    const { recoveryCodes } = await withTotp(house, other, NOW);
    const step = owedOf(await firstStep(house, mine));
    expect(await secondStep(house, step, recoveryCodes[0] ?? "")).toMatchObject({
      refusal: { reason: "wrong" },
    });
  });

  test("go with the last second factor, and signing in asks for the password alone again", async ({
    house,
  }) => {
    const member = await makeMember(house);
    await withTotp(house, member, NOW);
    await removeTotp(member, depsAt(house));
    expect(await house.db.recoveryCode.count({ where: { userId: member.userId } })).toBe(0);
    expect((await firstStep(house, member)).kind).toBe("session");
  });
});

test("everything about two-step sign-in is in the audit log, and the person is told by mail", async ({
  house,
}) => {
  const member = await makeMember(house);
  const { key } = await withTotp(house, member, NOW);
  const step = owedOf(await firstStep(house, member));
  await secondStep(house, step, "000000");
  await secondStep(house, step, codeAt(key, NOW));
  await removeTotp(member, depsAt(house));
  const entries = await house.db.auditEntry.findMany({
    where: { userId: member.userId },
    orderBy: { sequence: "asc" },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    "two-factor.on",
    "sign-in.second-factor-failed",
    "sign-in",
    "two-factor.off",
  ]);
  const mails = await house.db.mailMessage.findMany({ where: { toEmail: member.email } });
  expect(mails.map(({ event }) => event).sort()).toEqual([
    "account/two-factor-off",
    "account/two-factor-on",
  ]);
});
