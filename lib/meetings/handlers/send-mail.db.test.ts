import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { mailboxTransport } from "@/lib/mail/mailbox";
import { smtpTransport } from "@/lib/mail/smtp";
import type { MailTransport } from "@/lib/mail/transport";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { startSmtpServer } from "@/lib/testing/smtp-server";
import { instantOf } from "@/lib/time/instant";
import { handleSendMail, MailDeferred } from "./send-mail";

const deps = (house: House, transport: MailTransport) => ({
  ...house,
  transport,
  from: { address: "meetings@meridian.example", name: "Meridian" },
  renderers: {},
});

/** A booking confirmed at once: one mail to the guest, one to the host. The guest's own is first. */
async function booked(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { zone: "Asia/Singapore" });
  const link = await makeLink(house.db, [host]);
  const input = bookingInput.parse({
    start: "2026-11-24T05:00:00Z",
    zone: "Asia/Tokyo",
    name: "Mika Tanaka",
    email: "mika@kaminari.example",
    subject: "Roadmap review",
  });
  const answer = await bookMeeting({ linkToken: link.token, input }, house);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  const guest = mails.find(({ toEmail }) => toEmail === "mika@kaminari.example");
  const other = mails.find(({ id }) => id !== guest?.id);
  if (!guest || !other) throw new Error("mails are missing");
  return {
    workspaceId,
    manageToken: answer.value.manageToken,
    guest: { workspaceId, mailId: guest.id },
    host: { workspaceId, mailId: other.id },
  };
}

const stateOf = async (house: House, mailId: string) =>
  house.db.mailMessage.findFirstOrThrow({ where: { id: mailId } });

test("the guest's mail carries their own link, which is nowhere in the database in clear", async ({
  house,
}) => {
  const smtp = await startSmtpServer();
  const { guest, host, manageToken } = await booked(house);
  const transport = smtpTransport(smtp.url);
  await handleSendMail(guest, deps(house, transport));
  await handleSendMail(host, deps(house, transport));
  const decoded = smtp.received.map(({ raw }) => raw.toString("utf8").replaceAll("=\r\n", ""));
  expect(decoded[0]).toContain(`/m/${manageToken}`);
  expect(decoded[1]).not.toContain(manageToken);
  const rows = await house.db.$queryRaw<{ row: string }[]>`
    SELECT m::text AS row FROM mail_message m UNION ALL SELECT a::text FROM attendee a
    UNION ALL SELECT j::text FROM pgboss.job j UNION ALL SELECT e::text FROM meeting_event e`;
  const hex = Buffer.from(manageToken).toString("hex");
  expect(rows.some(({ row }) => row.includes(manageToken) || row.includes(hex))).toBe(false);
  await transport.close();
  await smtp.close();
});

test("a mail that was sent is not sent again when its job is delivered twice", async ({
  house,
}) => {
  const smtp = await startSmtpServer();
  const { guest } = await booked(house);
  const transport = smtpTransport(smtp.url);
  await handleSendMail(guest, deps(house, transport));
  await handleSendMail(guest, deps(house, transport));
  expect(smtp.received).toHaveLength(1);
  expect((await stateOf(house, guest.mailId)).state).toBe("sent");
  await transport.close();
  await smtp.close();
});

test("a refusal for now is tried again with the same bytes; the second attempt succeeds", async ({
  house,
}) => {
  const smtp = await startSmtpServer();
  smtp.misbehave({ kind: "refuse", code: 451 });
  const { guest } = await booked(house);
  const transport = smtpTransport(smtp.url);
  await expect(handleSendMail(guest, deps(house, transport))).rejects.toThrow(MailDeferred);
  const waiting = await stateOf(house, guest.mailId);
  expect(waiting.state).toBe("queued");
  await handleSendMail(guest, deps(house, transport));
  const sent = await stateOf(house, guest.mailId);
  expect([sent.state, sent.attempts]).toEqual(["sent", 2]);
  expect(sent.sealed).toEqual(waiting.sealed);
  await transport.close();
  await smtp.close();
});

test("an address that does not exist bounces, is told to the host, and takes no further mail", async ({
  house,
}) => {
  const smtp = await startSmtpServer();
  smtp.misbehave({ kind: "refuse", code: 550, words: "5.1.1 no such user" });
  const { guest, workspaceId } = await booked(house);
  const transport = smtpTransport(smtp.url);
  await handleSendMail(guest, deps(house, transport));
  expect((await stateOf(house, guest.mailId)).state).toBe("bounced");
  expect(await house.db.mailSuppression.count({ where: { workspaceId } })).toBe(1);
  const notices = await house.db.notification.findMany({ where: { workspaceId } });
  expect(notices.map(({ kind }) => kind)).toContain("mail-failed");
  await transport.close();
  await smtp.close();
});

test("over SMTP an unanswered hand-over is repeated once and then given up, visibly", async ({
  house,
}) => {
  const smtp = await startSmtpServer();
  smtp.misbehave({ kind: "drop-after-data" }, { kind: "drop-after-data" });
  const { guest } = await booked(house);
  const transport = smtpTransport(smtp.url);
  await expect(handleSendMail(guest, deps(house, transport))).rejects.toThrow(MailDeferred);
  await expect(handleSendMail(guest, deps(house, transport))).rejects.toThrow(MailDeferred);
  await handleSendMail(guest, deps(house, transport));
  expect((await stateOf(house, guest.mailId)).state).toBe("failed");
  expect(smtp.received).toHaveLength(2);
  expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(1);
  await transport.close();
  await smtp.close();
});

test("a worker that died while sending is followed by one that delivers to the mailbox once", async ({
  house,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "mailbox-"));
  const { guest } = await booked(house);
  const transport = mailboxTransport(folder);
  await handleSendMail(guest, deps(house, transport));
  await house.db.mailMessage.updateMany({
    where: { id: guest.mailId },
    data: { state: "sending" },
  });
  await handleSendMail(guest, deps(house, transport));
  expect(readdirSync(join(folder, "mail"))).toHaveLength(1);
  expect((await stateOf(house, guest.mailId)).state).toBe("sent");
});

test("a provider that names its time is asked again then", async ({ house }) => {
  const { guest } = await booked(house);
  const busy: MailTransport = {
    name: "resend",
    send: async () => ({ status: "retry", reason: "too many requests", retryAfterSeconds: 30 }),
    close: async () => undefined,
  };
  await handleSendMail(guest, deps(house, busy));
  const jobs = await house.queue.findJobs<{ mailId: string }>("mail.send");
  const again = jobs
    .filter(({ data }) => data.mailId === guest.mailId)
    .map(({ startAfter }) => startAfter);
  expect(again.some((startAfter) => startAfter.getTime() === instantOf(NOW + 30_000))).toBe(true);
});
