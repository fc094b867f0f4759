import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { keyRingOf } from "@/lib/crypto/keys";
import { sendMail } from "@/lib/mail/outbox";
import { smtpTransport } from "@/lib/mail/smtp";
import { fivePeople, invite } from "@/lib/testing/factories/invitations";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { startResendServer } from "@/lib/testing/resend-server";
import { startSmtpServer } from "@/lib/testing/smtp-server";
import { startWorkerProcess } from "@/lib/testing/worker-process";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { handleSendMail, MailDeferred } from "./send-mail";

const ZONES = ["Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "America/New_York"] as const;

async function hundredPeople(house: House): Promise<readonly [Person, ...Person[]]> {
  const workspaceId = await makeWorkspace(house.db);
  const [host, ...others] = await Promise.all(
    Array.from({ length: 101 }, (_, index) =>
      makePerson(house.db, workspaceId, {
        name: `Person ${index}`,
        email: `person-${index}-${workspaceId}@meridian.example`,
        zone: ZONES[index % ZONES.length] ?? "UTC",
      }),
    ),
  );
  if (host === undefined) throw new Error("nobody");
  return [host, ...others];
}

const waiting = (house: House, workspaceId: string) =>
  house.db.mailMessage.count({
    where: { workspaceId, state: { in: ["queued", "sending"] } },
  });

test("of a hundred invitations none is lost and none repeated when the worker is killed in the middle", {
  timeout: 240_000,
}, async ({ house }) => {
  const key = randomBytes(32);
  const deps = { ...house, keys: keyRingOf([key]), now: () => instantOf(Date.now()) };
  const dataDir = mkdtempSync(join(tmpdir(), "meridian-worker-"));
  const provider = await startResendServer("re_test");
  const settings = {
    DATABASE_URL: house.databaseUrl,
    MERIDIAN_DATA_DIR: dataDir,
    MERIDIAN_SECRET_KEY: key.toString("base64"),
    RESEND_API_KEY: "re_test",
    RESEND_API_URL: provider.url,
    APP_URL: "https://meridian.example",
  };
  const people = await hundredPeople(house);
  const [{ workspaceId }] = people;
  // A far day: the worker's own clock is the machine's.
  const meeting = await invite(deps, people, {
    start: "2031-03-05T05:00:00Z",
    end: "2031-03-05T06:00:00Z",
  });
  expect(await house.db.task.count({ where: { meetingId: meeting.id } })).toBe(101);
  const first = await startWorkerProcess(settings);
  await vi.waitUntil(() => provider.sent.size >= 20, { timeout: 60_000, interval: 5 });
  await first.kill();
  const before = provider.sent.size;
  expect(before).toBeLessThan(101);
  const second = await startWorkerProcess(settings);
  try {
    await vi.waitUntil(async () => (await waiting(house, workspaceId)) === 0, {
      timeout: 120_000,
      interval: 250,
    });
  } finally {
    await second.stop();
    await provider.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(mails.map(({ state }) => state)).toEqual(Array.from({ length: 101 }, () => "sent"));
  // One entry for each key the provider was ever asked with: nobody was mailed twice, and with the same bytes.
  expect([...provider.sent.keys()].sort()).toEqual(mails.map((mail) => mail.idempotencyKey).sort());
  const readers = [...provider.sent.values()].map(({ body }) => String(body.to));
  expect(new Set(readers).size).toBe(101);
});

test("after thirty minutes without a mail server everything goes out, each once", async ({
  house,
}) => {
  const meeting = await invite(house, await fivePeople(house));
  const { workspaceId } = meeting;
  const rows = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(rows).toHaveLength(5);
  const sender = (url: string, minutes: number) => ({
    ...house,
    now: () => instantOf(NOW + minutes * MINUTE_MS),
    transport: smtpTransport(url),
    from: { address: house.senderAddress, name: "Meridian" },
    renderers: {},
  });
  // Nothing listens there.
  for (let minutes = 0; minutes <= 30; minutes += 5) {
    const deps = sender("smtp://127.0.0.1:9", minutes);
    for (const { id } of rows)
      await expect(handleSendMail({ workspaceId, mailId: id }, deps)).rejects.toThrow(MailDeferred);
    await deps.transport.close();
  }
  expect(await waiting(house, workspaceId)).toBe(5);
  const smtp = await startSmtpServer();
  const deps = sender(smtp.url, 31);
  // The queue may deliver a job twice.
  for (const { id } of [...rows, ...rows]) await handleSendMail({ workspaceId, mailId: id }, deps);
  await deps.transport.close();
  await smtp.close();
  expect(smtp.received.flatMap(({ to }) => to).sort()).toEqual(
    rows.map(({ toEmail }) => toEmail).sort(),
  );
  expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(5);
  expect(await waiting(house, workspaceId)).toBe(0);
});

test("the queue asks again for a day, and every five minutes at the least", () => {
  const { retryLimit, retryDelay, retryDelayMax } = sendMail;
  expect(retryDelayMax).toBe(300);
  let seconds = 0;
  // The queue may halve a wait by chance.
  for (let attempt = 0; attempt < retryLimit; attempt += 1)
    seconds += Math.min(retryDelayMax, retryDelay * 2 ** attempt) / 2;
  expect(seconds).toBeGreaterThan(12 * 3_600);
});
