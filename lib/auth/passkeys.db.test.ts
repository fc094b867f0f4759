import { describe, expect } from "vitest";
import type { Member } from "@/lib/testing/factories/sign-in";
import { makeMember, untroubled } from "@/lib/testing/factories/sign-in";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { DeviceFault } from "@/lib/testing/passkey-device";
import { PasskeyDevice } from "@/lib/testing/passkey-device";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import { findAccount } from "./account";
import { addPasskey, askForNewPasskey, removePasskey } from "./own-passkeys";
import { endOtherSessions, endSession, listSessions } from "./own-sessions";
import { enterWithPasskey } from "./passkey-entry";
import { askForPasskey, verifyPasskey } from "./passkeys";
import { findSession, insertSession } from "./session-rows";

const visitor = { address: "203.0.113.5", userAgent: "test" };
const at = (house: House, now: Instant = NOW) => ({
  ...house,
  now: () => now,
  throttle: untroubled,
});

const newStep = async (house: House, member: Member) => {
  const account = await findAccount(house.db, member);
  if (!account) throw new Error("no account");
  const asked = await askForNewPasskey(account, at(house));
  if (!asked.ok) throw new Error(asked.refusal);
  return { stepToken: asked.value.stepToken, challenge: asked.value.options.challenge };
};

const withPasskey = async (house: House, member: Member) => {
  const device = new PasskeyDevice(house.appUrl);
  const { stepToken, challenge } = await newStep(house, member);
  const response = device.create(challenge);
  const added = await addPasskey(member, { stepToken, response, name: "Phone" }, at(house));
  if (!added.ok) throw new Error(added.refusal);
  return { device, recoveryCodes: added.value.recoveryCodes };
};

const enter = async (house: House, device: PasskeyDevice, fault: DeviceFault = {}, now = NOW) => {
  const { options, stepToken } = await askForPasskey("sign-in", null, at(house));
  const response = device.get(options.challenge, fault);
  return enterWithPasskey({ stepToken, response, ...visitor }, at(house, now));
};

describe("a passkey", () => {
  test("signs in alone, without a name being typed, and comes with recovery codes", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { device, recoveryCodes } = await withPasskey(house, member);
    expect(recoveryCodes).toHaveLength(10);
    const answer = await enter(house, device);
    if (!answer.ok) throw new Error(answer.refusal);
    expect(await findSession(house.db, answer.value.opened.token, NOW)).toMatchObject({
      actor: { userId: member.userId },
    });
  });

  test.for([
    ["another origin", { origin: "https://meridian.example.evil.test" }],
    ["plain http", { origin: "http://meridian.example" }],
    ["another site's name", { rpId: "evil.test" }],
    ["another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["nobody unlocking it", { unverified: true }],
    ["a signature of something else", { signature: Buffer.alloc(70, 1) }],
  ] as const)("is refused for %s", async ([_what, fault], { house }) => {
    const member = await makeMember(house);
    const { device } = await withPasskey(house, member);
    expect(await enter(house, device, fault)).toEqual({ ok: false, refusal: "passkey-wrong" });
    expect((await enter(house, device)).ok).toBe(true);
  });

  test("whose counter does not grow was copied, and is refused; of one answer twice at once, one counts", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { device } = await withPasskey(house, member);
    device.counter = 10;
    expect((await enter(house, device)).ok).toBe(true);
    for (const counter of [11, 10, 1, 0]) {
      expect((await enter(house, device, { counter })).ok, `counter ${counter}`).toBe(false);
    }
    expect((await enter(house, device, { counter: 12 })).ok).toBe(true);
  });

  test("answers a challenge once, within five minutes, for what it was asked", async ({
    house,
  }) => {
    const member = await makeMember(house);
    const { device } = await withPasskey(house, member);
    const { options, stepToken } = await askForPasskey("sign-in", null, at(house));
    const shown = { stepToken, response: device.get(options.challenge), ...visitor };
    const answers = await Promise.all([
      enterWithPasskey(shown, at(house)),
      enterWithPasskey(shown, at(house)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const late = (NOW + 5 * MINUTE_MS) as Instant;
    expect(await enter(house, device, {}, late)).toEqual({ ok: false, refusal: "no-step" });
    const other = await askForPasskey("prove", member, at(house));
    const proof = { stepToken: other.stepToken, response: device.get(other.options.challenge) };
    expect(await enterWithPasskey({ ...proof, ...visitor }, at(house))).toEqual({
      ok: false,
      refusal: "no-step",
    });
  });

  test("of somebody else is no second factor and no proof of mine", async ({ house }) => {
    const [mine, other] = [await makeMember(house), await makeMember(house)];
    await withPasskey(house, mine);
    const { device } = await withPasskey(house, other);
    for (const purpose of ["second-factor", "prove"] as const) {
      const { options, stepToken } = await askForPasskey(purpose, mine, at(house));
      const shown = { stepToken, response: device.get(options.challenge) };
      expect(await verifyPasskey(purpose, { ...shown, person: mine }, at(house))).toEqual({
        ok: false,
        refusal: "wrong",
      });
    }
  });

  test("belongs to one account, and is added only by who asked for it", async ({ house }) => {
    const [mine, other] = [await makeMember(house), await makeMember(house)];
    const { device } = await withPasskey(house, mine);
    const step = await newStep(house, other);
    const made = { stepToken: step.stepToken, response: device.create(step.challenge), name: "x" };
    expect(await addPasskey(mine, made, at(house))).toEqual({ ok: false, refusal: "no-step" });
    const again = await newStep(house, other);
    const taken = {
      stepToken: again.stepToken,
      response: device.create(again.challenge),
      name: "x",
    };
    expect(await addPasskey(other, taken, at(house))).toEqual({ ok: false, refusal: "taken" });
    const { id } = await house.db.passkey.findFirstOrThrow({ where: { userId: mine.userId } });
    expect(await removePasskey(other, id, at(house))).toBe(false);
    expect(await removePasskey(mine, id, at(house))).toBe(true);
    expect((await enter(house, device)).ok).toBe(false);
    expect(await house.db.recoveryCode.count({ where: { userId: mine.userId } })).toBe(0);
  });
});

test("one's sessions are listed, this browser first; one or all others are ended, and only one's own", async ({
  house,
}) => {
  const [member, other] = [await makeMember(house), await makeMember(house)];
  const open = async (person: Member, userAgent: string) => {
    const about = { ...person, address: "203.0.113.5", method: "password", now: NOW, userAgent };
    const { token } = await insertSession(house.db, about);
    const found = await findSession(house.db, token, NOW);
    if (!found) throw new Error("no session");
    return { token, sessionId: found.sessionId };
  };
  const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
  const [phone, desk, third] = [
    await open(member, "curl/8"),
    await open(member, firefox),
    await open(member, firefox),
  ];
  const foreign = await open(other, firefox);
  const here = { ...member, sessionId: desk.sessionId };
  const lines = await listSessions(house.db, here, NOW);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatchObject({ own: true, browser: "Firefox", system: "Linux" });
  expect(await endSession(member, foreign.sessionId, at(house))).toBe(false);
  expect(await endSession(member, phone.sessionId, at(house))).toBe(true);
  expect(await findSession(house.db, phone.token, NOW)).toBeUndefined();
  expect(await endOtherSessions(here, at(house))).toBe(1);
  expect(await findSession(house.db, third.token, NOW)).toBeUndefined();
  expect(await findSession(house.db, desk.token, NOW)).toBeDefined();
  expect(await findSession(house.db, foreign.token, NOW)).toBeDefined();
});
