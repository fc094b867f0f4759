import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseTransport } from "@/lib/mail/choose-transport";
import { listCaptured, mailboxTransport, readCaptured } from "@/lib/mail/mailbox";
import { calendarPartOf, outgoingMailOf } from "@/lib/testing/factories/outgoing-mail";
import { instantOf } from "@/lib/time/instant";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "meridian-mailbox-"));
});

afterEach(() => rm(dataDir, { recursive: true }));

const files = () => readdir(join(dataDir, "mail"));

test("a mail is one complete .eml file, the very bytes of the message", async () => {
  const mail = await outgoingMailOf();
  const answer = await mailboxTransport(dataDir).send(mail);
  const [file = ""] = await files();
  expect(file).toMatch(/^20261101T093000Z-[0-9a-f]{16}\.eml$/);
  expect(answer).toEqual({ status: "sent", providerId: file.replace(".eml", "") });
  expect((await readFile(join(dataDir, "mail", file))).equals(mail.raw)).toBe(true);
});

test("the same mail sent again, even at the same time, is the same file", async () => {
  const mail = await outgoingMailOf();
  const transport = mailboxTransport(dataDir);
  await Promise.all([transport.send(mail), transport.send(mail), transport.send(mail)]);
  await transport.send(mail);
  expect(await files()).toHaveLength(1);
});

test("the mailbox lists the newest first and opens what it lists", async () => {
  const transport = mailboxTransport(dataDir);
  await transport.send(await outgoingMailOf());
  const later = await outgoingMailOf({
    idempotencyKey: "cancelled/m-4711/mika/1",
    subject: "Cancelled: 予定 @ 14:00 (JST)",
    date: instantOf(Date.UTC(2026, 10, 2)),
    ics: calendarPartOf("CANCEL"),
  });
  await transport.send(later);
  const list = await listCaptured(dataDir);
  expect(list.map(({ subject }) => subject)).toEqual([
    "Cancelled: 予定 @ 14:00 (JST)",
    "Confirmed: Roadmap review @ 14:00 (JST)",
  ]);
  expect(list[0]).toMatchObject({
    at: "2026-11-02T00:00:00.000Z",
    from: "meetings@haldenworks.example",
    to: "mika+work@example.com",
  });
  const opened = await readCaptured(dataDir, list[0]?.id ?? "");
  expect(opened?.text).toContain("予定");
  expect(opened?.html).toContain("<p>14:00–15:00 予定</p>");
  expect(opened?.calendars.map(({ content }) => content)).toEqual([
    calendarPartOf("CANCEL").content,
    calendarPartOf("CANCEL").content,
  ]);
  expect(opened?.raw.equals(later.raw)).toBe(true);
});

test("an empty mailbox is empty, and only its own files are opened", async () => {
  expect(await listCaptured(dataDir)).toEqual([]);
  await mailboxTransport(dataDir).send(await outgoingMailOf());
  await writeFile(join(dataDir, "secret.eml"), "Subject: secret\r\n\r\n");
  for (const id of ["../secret", "secret", "", "20261101T093000Z-0000000000000000"])
    expect(await readCaptured(dataDir, id)).toBeUndefined();
});

test("a half-written mail is never listed", async () => {
  await mailboxTransport(dataDir).send(await outgoingMailOf());
  const [file = ""] = await files();
  await writeFile(join(dataDir, "mail", `${file}.1.part`), "Subject: half");
  expect(await listCaptured(dataDir)).toHaveLength(1);
});

test("a disk that cannot be written keeps the mail waiting instead of losing it", async () => {
  await writeFile(join(dataDir, "mail"), "a file where the folder should be");
  expect(await mailboxTransport(dataDir).send(await outgoingMailOf())).toMatchObject({
    status: "retry",
  });
});

test("SMTP goes before Resend, Resend before the mailbox", async () => {
  const settings = { RESEND_API_URL: "http://127.0.0.1:1", MERIDIAN_DATA_DIR: dataDir };
  const chosen = [
    chooseTransport({ ...settings, SMTP_URL: "smtp://127.0.0.1:1", RESEND_API_KEY: "re" }, fetch),
    chooseTransport({ ...settings, RESEND_API_KEY: "re" }, fetch),
    chooseTransport(settings, fetch),
  ];
  expect(chosen.map(({ name }) => name)).toEqual(["smtp", "resend", "mailbox"]);
  await Promise.all(chosen.map((transport) => transport.close()));
});
