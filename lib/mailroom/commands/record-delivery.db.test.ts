import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { fivePeople, invite, sendWaiting } from "@/lib/testing/factories/invitations";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import { recordDelivery } from "./record-delivery";

const KEY = Buffer.from("0123456789abcdef0123456789abcdef");
const SECRET = `whsec_${KEY.toString("base64")}`;
const OLD_SECRET = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;

let calls = 0;

type Call = {
  readonly type: string;
  readonly id: string;
  readonly data?: Record<string, unknown>;
  readonly svixId?: string;
  readonly secret?: string;
  readonly skewSeconds?: number;
  readonly createdAt?: string;
};

/** A call as Resend makes it, signed by `secret`. */
function callOf({ type, id, data, svixId, secret = SECRET, skewSeconds = 0, createdAt }: Call) {
  calls += 1;
  const raw = Buffer.from(
    JSON.stringify({
      type,
      created_at: createdAt ?? toIso(NOW),
      data: { email_id: id, to: ["x@example.org"], ...data },
    }),
  );
  const name = svixId ?? `msg_${calls}`;
  const timestamp = String(Math.floor(NOW / 1_000) + skewSeconds);
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const mac = createHmac("sha256", key).update(`${name}.${timestamp}.`).update(raw);
  const signature = `v1,${Buffer.from("another signature entirely 12345").toString("base64")} v1,${mac.digest("base64")}`;
  return { raw, headers: { id: name, timestamp, signature } };
}

const record = (house: House, call: Parameters<typeof recordDelivery>[0]) =>
  recordDelivery(call, { ...house, secrets: [OLD_SECRET, SECRET] });

/** An invitation that was handed to the provider: its mail to Kenji. */
async function sentMail(house: House) {
  const people = await fivePeople(house);
  const meeting = await invite(house, people);
  await sendWaiting(house, meeting.workspaceId);
  const [host, , kenji] = people;
  const mail = await house.db.mailMessage.findFirstOrThrow({
    where: { workspaceId: meeting.workspaceId, toEmail: kenji?.email ?? "", event: "confirmed" },
  });
  return { meeting, host, mail, id: mail.providerId ?? "" };
}

const stateOf = async (house: House, id: string) => {
  const mail = await house.db.mailMessage.findFirstOrThrow({ where: { id } });
  return {
    state: mail.state,
    error: mail.lastError,
    delivered: mail.deliveredAt?.toISOString() ?? null,
  };
};

const suppressed = (house: House, workspaceId: string) =>
  house.db.mailSuppression.findMany({ where: { workspaceId } });

test("a delayed mail that arrives says so, whichever secret of the two signed", async ({
  house,
}) => {
  const { mail, id } = await sentMail(house);
  const delayed = callOf({ type: "email.delivery_delayed", id });
  expect(await record(house, delayed)).toEqual({ status: 200, outcome: "recorded" });
  expect((await stateOf(house, mail.id)).error).toContain("delayed");
  await record(house, callOf({ type: "email.delivered", id, secret: OLD_SECRET }));
  const arrived = { state: "sent", error: null, delivered: toIso(NOW) };
  expect(await stateOf(house, mail.id)).toEqual(arrived);
  // Late news of a delay is no news.
  await record(house, callOf({ type: "email.delivery_delayed", id }));
  expect(await stateOf(house, mail.id)).toEqual(arrived);
});

test("a returned mail ends its address, is told to the host once, and stays returned", async ({
  house,
}) => {
  const { meeting, host, mail, id } = await sentMail(house);
  const bounce = { type: "Permanent", subType: "General", message: "No such user\r\nhere" };
  const call = callOf({ type: "email.bounced", id, data: { bounce }, svixId: `b-${id}` });
  expect((await record(house, call)).outcome).toBe("recorded");
  expect((await record(house, call)).outcome).toBe("known");
  // The same said again under another name, and an arrival that overtook it.
  await record(house, callOf({ type: "email.bounced", id, data: { bounce } }));
  await record(house, callOf({ type: "email.delivered", id }));
  expect(await stateOf(house, mail.id)).toEqual({
    state: "bounced",
    error: "Permanent: General: No such user here",
    delivered: null,
  });
  expect((await suppressed(house, meeting.workspaceId)).map(({ email }) => email)).toEqual([
    mail.toEmail,
  ]);
  const notices = await house.db.notification.findMany({
    where: { userId: host.id, kind: "mail-failed" },
  });
  expect(notices).toHaveLength(1);
});

test("a full mailbox is no dead one, and a complaint ends mail although it arrived", async ({
  house,
}) => {
  const full = await sentMail(house);
  const bounce = { type: "Transient", message: "Mailbox full" };
  await record(house, callOf({ type: "email.bounced", id: full.id, data: { bounce } }));
  expect((await stateOf(house, full.mail.id)).state).toBe("bounced");
  expect(await suppressed(house, full.meeting.workspaceId)).toEqual([]);
  const spam = await sentMail(house);
  await record(house, callOf({ type: "email.delivered", id: spam.id }));
  await record(house, callOf({ type: "email.complained", id: spam.id }));
  expect((await stateOf(house, spam.mail.id)).state).toBe("sent");
  expect((await suppressed(house, spam.meeting.workspaceId))[0]?.reason).toContain("complaint");
});

test("what is not signed, altered, or said too late or too early is refused", async ({ house }) => {
  const { mail, id } = await sentMail(house);
  const good = callOf({ type: "email.bounced", id });
  const refused = { status: 401, outcome: "unsigned" };
  expect(await record(house, { ...good, raw: Buffer.from(`${good.raw} `) })).toEqual(refused);
  for (const headers of [
    { ...good.headers, id: "msg_other" },
    { ...good.headers, timestamp: "1" },
    { ...good.headers, signature: null },
    { ...good.headers, signature: "v1,AAAA v2,BBBB" },
  ])
    expect(await record(house, { ...good, headers })).toEqual(refused);
  for (const skewSeconds of [-301, 301])
    expect(await record(house, callOf({ type: "email.bounced", id, skewSeconds }))).toEqual(
      refused,
    );
  const foreign = `whsec_${Buffer.from("somebody else's secret of 32 byte").toString("base64")}`;
  expect(await record(house, callOf({ type: "email.bounced", id, secret: foreign }))).toEqual(
    refused,
  );
  expect((await stateOf(house, mail.id)).state).toBe("sent");
});

test("what is not understood breaks nothing; a mail not known yet is to be told of again", async ({
  house,
}) => {
  const { id } = await sentMail(house);
  expect((await record(house, callOf({ type: "email.opened", id }))).outcome).toBe("ignored");
  expect((await record(house, callOf({ type: "contact.created", id: "" }))).status).toBe(400);
  const early = callOf({ type: "email.bounced", id: "re_not_known", svixId: "early" });
  expect(await record(house, early)).toEqual({ status: 409, outcome: "not-sent-yet" });
  expect(await record(house, early)).toEqual({ status: 409, outcome: "not-sent-yet" });
  const createdAt = toIso(instantOf(NOW - 11 * MINUTE_MS));
  const foreign = callOf({ type: "email.bounced", id: "re_not_ours", createdAt });
  expect(await record(house, foreign)).toEqual({ status: 200, outcome: "ignored" });
});
