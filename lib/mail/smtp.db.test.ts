import PostalMime from "postal-mime";
import { afterEach, expect, test } from "vitest";
import { smtpTransport } from "@/lib/mail/smtp";
import type { Delivery, MailTransport, OutgoingMail } from "@/lib/mail/transport";
import { outgoingMailOf } from "@/lib/testing/factories/outgoing-mail";
import type { SmtpTestServer } from "@/lib/testing/smtp-server";
import { startSmtpServer } from "@/lib/testing/smtp-server";

const FAST = { connectionMs: 500, greetingMs: 500, socketMs: 400 };
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function postOffice(credentials: { user?: string; password?: string } = {}) {
  const server = await startSmtpServer(credentials);
  const { user, password } = credentials;
  const transport = smtpTransport(
    user ? server.url.replace("//", `//${user}:${password}@`) : server.url,
    FAST,
  );
  open.push(server, transport);
  return { server, transport };
}

/** What the queue does: the same mail again while the answer is "retry", an ambiguous one at most once more. */
async function deliver(transport: MailTransport, mail: OutgoingMail): Promise<readonly Delivery[]> {
  const answers: Delivery[] = [];
  while (answers.length < 6) {
    const answer = await transport.send(mail);
    answers.push(answer);
    if (answer.status !== "retry") break;
    if (answers.filter((one) => one.status === "retry" && one.ambiguous).length > 1) break;
  }
  return answers;
}

const sentOnce = (server: SmtpTestServer, mail: OutgoingMail) =>
  server.received.filter(({ messageId }) => messageId === mail.messageId);

test("a mail arrives with the bytes it was stored with, and an envelope of one reader", async () => {
  const { server, transport } = await postOffice();
  const mail = await outgoingMailOf();
  expect(await transport.send(mail)).toMatchObject({ status: "sent" });
  const [received] = server.received;
  expect(received?.raw.equals(mail.raw)).toBe(true);
  expect(received).toMatchObject({
    from: "meetings@haldenworks.example",
    to: ["mika+work@example.com"],
    messageId: mail.messageId,
  });
  const parsed = await PostalMime.parse(received?.raw ?? Buffer.alloc(0));
  expect(parsed.attachments.map(({ mimeType }) => mimeType)).toEqual([
    "text/calendar",
    "application/ics",
  ]);
});

for (const code of [421, 450, 451, 452] as const) {
  test(`a server that says ${code} is asked again, and the mail arrives once`, async () => {
    const { server, transport } = await postOffice();
    server.misbehave({ kind: "refuse", code });
    const mail = await outgoingMailOf();
    const answers = await deliver(transport, mail);
    expect(answers.map(({ status }) => status)).toEqual(["retry", "sent"]);
    expect(answers[0]).not.toHaveProperty("ambiguous");
    expect(sentOnce(server, mail)).toHaveLength(1);
    expect(server.received[0]?.raw.equals(mail.raw)).toBe(true);
  });
}

const FINAL = [
  [
    "the reader's address does not exist",
    { kind: "refuse", code: 550, words: "5.1.1 no such user" },
    true,
  ],
  ["a plain refusal of the reader", { kind: "refuse", code: 550 }, true],
  ["a relay that does not like us", { kind: "refuse", code: 554, words: "5.7.1 blocked" }, false],
  ["a message that is too large", { kind: "refuse-data", code: 552 }, false],
  ["a message that is not liked", { kind: "refuse-data", code: 554 }, false],
] as const;

for (const [what, fault, dead] of FINAL)
  test(`${what} is final; the address is ${dead ? "dead" : "left alone"}`, async () => {
    const { server, transport } = await postOffice();
    server.misbehave(fault);
    const answers = await deliver(transport, await outgoingMailOf());
    expect(answers).toEqual([
      { status: "rejected", reason: expect.any(String), ...(dead ? { deadAddress: true } : {}) },
    ]);
    expect(server.received).toEqual([]);
  });

test("a server that does not take our sender keeps the mail waiting: no reader is at fault", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "refuse-sender", code: 530 });
  const mail = await outgoingMailOf();
  expect((await deliver(transport, mail)).map(({ status }) => status)).toEqual(["retry", "sent"]);
  expect(sentOnce(server, mail)).toHaveLength(1);
});

test("a refusal of the message for now is asked again without doubt", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "refuse-data", code: 451 });
  const mail = await outgoingMailOf();
  const answers = await deliver(transport, mail);
  expect(answers.map(({ status }) => status)).toEqual(["retry", "sent"]);
  expect(answers[0]).not.toHaveProperty("ambiguous");
  expect(sentOnce(server, mail)).toHaveLength(1);
});

test("a connection lost before the message is no doubt: the next attempt delivers it once", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "drop-before-data" });
  const mail = await outgoingMailOf();
  const answers = await deliver(transport, mail);
  expect(answers.map(({ status }) => status)).toEqual(["retry", "sent"]);
  expect(answers[0]).not.toHaveProperty("ambiguous");
  expect(sentOnce(server, mail)).toHaveLength(1);
});

test("a connection lost after the message is marked as doubt, and a repetition has the same Message-ID and bytes", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "drop-after-data" });
  const mail = await outgoingMailOf();
  const answers = await deliver(transport, mail);
  expect(answers[0]).toMatchObject({ status: "retry", ambiguous: true });
  expect(answers[1]).toMatchObject({ status: "sent" });
  // The first one had arrived: only the Message-ID lets a receiver see that the two are one.
  expect(sentOnce(server, mail)).toHaveLength(2);
  expect(server.received.every(({ raw }) => raw.equals(mail.raw))).toBe(true);
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(1);
});

test("a message that was lost with the connection arrives at the second attempt", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "lose-after-data" });
  const mail = await outgoingMailOf();
  const answers = await deliver(transport, mail);
  expect(answers[0]).toMatchObject({ status: "retry", ambiguous: true });
  expect(sentOnce(server, mail)).toHaveLength(1);
});

test("a server too slow to answer leaves doubt, one slow within the limit does not", async () => {
  const { server, transport } = await postOffice();
  server.misbehave({ kind: "slow", milliseconds: 100 });
  expect(await transport.send(await outgoingMailOf())).toMatchObject({ status: "sent" });
  server.misbehave({ kind: "slow", milliseconds: 900 });
  expect(await transport.send(await outgoingMailOf({ idempotencyKey: "other" }))).toMatchObject({
    status: "retry",
    ambiguous: true,
  });
});

test("a server that is not there is asked again later", async () => {
  const { server, transport } = await postOffice();
  await server.close();
  const answer = await transport.send(await outgoingMailOf());
  expect(answer).toMatchObject({ status: "retry" });
  expect(answer).not.toHaveProperty("ambiguous");
});

test("wrong credentials are the operator's matter: the mail is kept, and the password stays out of the reason", async () => {
  const server = await startSmtpServer({ user: "meridian", password: "right" });
  const transport = smtpTransport(server.url.replace("//", "//meridian:wrong-secret@"), FAST);
  open.push(server, transport);
  const answer = await transport.send(await outgoingMailOf());
  expect(answer).toMatchObject({ status: "retry", reason: expect.stringContaining("535") });
  expect(JSON.stringify(answer)).not.toContain("wrong-secret");
});

test("credentials of the address are used", async () => {
  const { server, transport } = await postOffice({ user: "meridian", password: "right" });
  expect(await transport.send(await outgoingMailOf())).toMatchObject({ status: "sent" });
  expect(server.received).toHaveLength(1);
});

test("a hundred mails through a server with faults arrive once each, over a handful of connections", async () => {
  const { server, transport } = await postOffice();
  server.misbehave(
    { kind: "refuse", code: 451 },
    { kind: "drop-before-data" },
    { kind: "refuse", code: 450 },
    { kind: "refuse-data", code: 451 },
    { kind: "lose-after-data" },
  );
  const mails = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      outgoingMailOf({ idempotencyKey: `confirmed/m/${index}/0` }),
    ),
  );
  const answers = await Promise.all(mails.map((mail) => deliver(transport, mail)));
  expect(answers.every((attempts) => attempts.at(-1)?.status === "sent")).toBe(true);
  expect(server.received).toHaveLength(100);
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(100);
  expect(server.connections()).toBeLessThan(10);
});
