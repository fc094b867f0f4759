import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import ICAL from "ical.js";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { entryIn, FIVE, replyTo } from "@/lib/testing/factories/invitations";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { bookThroughApi, call } from "../fixtures/api";
import { expectClean } from "../fixtures/axe";
import type { Captured } from "../fixtures/mail";
import { MAIL_INBOUND_SECRET, mailTo } from "../fixtures/mail";
import { enter } from "../fixtures/session";

// What mails say to five people whose clocks differ, and how their answers come back.

const run = randomUUID().slice(0, 8);
const dataDir = (): string => process.env.MERIDIAN_E2E_DATA_DIR ?? "";

let db: Database;
test.beforeAll(() => {
  db = openDatabase(process.env.MERIDIAN_E2E_DATABASE_URL ?? "", 2);
});
test.afterAll(() => db.$disconnect());

async function keyOf({ workspaceId, id: userId }: Person): Promise<string> {
  const key = `mk_${newToken()}`;
  const keyHash = new Uint8Array(hashToken(key));
  const id = randomUUID();
  await db.apiKey.create({
    data: { workspaceId, id, userId, name: "Journey", prefix: key.slice(0, 10), keyHash },
  });
  return key;
}

/** Five colleagues and a guest who reads German, invited on 13:00 Singapore of a winter's day. */
async function invited(subject: string) {
  const workspaceId = await makeWorkspace(db, { name: "Halden Works" });
  const people = await Promise.all(
    FIVE.map(({ name, zone }) =>
      makePerson(db, workspaceId, {
        name,
        zone,
        email: `${name.split(" ")[0]?.toLowerCase()}-${randomUUID().slice(0, 8)}@meridian.example`,
      }),
    ),
  );
  const [host, ...others] = people;
  if (host === undefined) throw new Error("nobody");
  const guest = `lena-${randomUUID().slice(0, 8)}@kunde.example`;
  const made = await call("POST", "/api/v1/meetings", {
    headers: { authorization: `Bearer ${await keyOf(host)}` },
    body: {
      subject,
      start: "2031-01-15T05:00:00.000Z",
      end: "2031-01-15T06:00:00.000Z",
      people: others.map(({ id }) => ({ userId: id })),
      guests: [{ name: "Lena Vogt", email: guest, zone: "Europe/Berlin", locale: "de" }],
      confirm: true,
    },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { people, host, guest, meetingId: String(made.body.id) };
}

const answerOf = async (meetingId: string, email: string) => {
  const found = await db.attendee.findFirstOrThrow({ where: { meetingId, email } });
  return { answer: found.answer, note: found.answerNote };
};

const linkIn = ({ text }: Captured, answer: string): string =>
  text.match(/https?:\/\/\S+\/answer\/\S+/g)?.find((url) => url.includes(`answer=${answer}`)) ?? "";

test("five people read one meeting on five clocks, and their calendars know the same moment", async () => {
  const subject = `Roadmap ${run}`;
  const { people, host, guest } = await invited(subject);
  const starts = {
    "Budi Santoso": "12:00 (WIB)",
    "Kenji Mori": "14:00 (JST)",
    "Clara Hart": "05:00 (GMT)",
    "Maria Ruiz": "00:00 (EST)",
  } as Record<string, string>;
  for (const { name, email } of people) {
    const mail = await mailTo(dataDir(), email, new RegExp(subject));
    if (email === host.email) {
      expect(mail.subject).toBe(`Confirmed: ${subject} @ 13:00 (SGT)`);
      expect(mail.ics).toBeUndefined();
      continue;
    }
    expect(mail.subject).toBe(`Invitation: ${subject} @ ${starts[name]}`);
    expect(mail.text).toContain("Ana Lim invites you as a required attendee.");
    expect(mail.text).toContain("05:00–06:00 UTC");
    expect(mail.text).toContain("13:00–14:00 SGT");
    const start = entryIn(mail).getFirstPropertyValue("dtstart");
    expect(start instanceof ICAL.Time && start.toJSDate().toISOString()).toBe(
      "2031-01-15T05:00:00.000Z",
    );
  }
  const letter = await mailTo(dataDir(), guest, new RegExp(subject));
  expect(letter.subject).toBe(`Einladung: ${subject} @ 06:00 (MEZ)`);
  expect(letter.text).toContain("Kommen Sie?");
});

test("a button asks before it answers, with and without scripts; a calendar answers by mail", async ({
  page,
  browser,
}) => {
  const { people, guest, meetingId } = await invited(`Answers ${run}`);
  const [, budi, kenji] = people;
  const mail = await mailTo(dataDir(), kenji?.email ?? "", new RegExp(`Answers ${run}`));
  await page.goto(linkIn(mail, "declined"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Answers ${run}`);
  await expect(page.getByRole("radio", { name: "No" })).toBeChecked();
  await expectClean(page, "an invitation");
  expect((await answerOf(meetingId, kenji?.email ?? "")).answer).toBe("needs_action");
  await page.getByLabel("A note to Ana Lim").fill("On leave");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("You said no. Ana Lim knows.")).toBeVisible();
  expect(await answerOf(meetingId, kenji?.email ?? "")).toEqual({
    answer: "declined",
    note: "On leave",
  });

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await plain.newPage();
  const letter = await mailTo(dataDir(), guest, new RegExp(`Answers ${run}`));
  const response = await bare.goto(linkIn(letter, "tentative"));
  expect(response?.headers()["x-robots-tag"]).toContain("noindex");
  await bare.getByRole("radio", { name: "Ja", exact: true }).check();
  await bare.getByRole("button", { name: "Antwort senden" }).click();
  await expect(bare.getByText("Sie haben zugesagt.")).toBeVisible();
  await plain.close();
  expect((await answerOf(meetingId, guest)).answer).toBe("accepted");

  const invitation = await mailTo(dataDir(), budi?.email ?? "", new RegExp(`Answers ${run}`));
  const raw = replyTo(invitation, { partstat: "TENTATIVE", stamp: "20261121T000000Z" });
  const hand = (password: string) =>
    fetch(`${process.env.MERIDIAN_E2E_URL}/api/webhooks/mail`, {
      method: "POST",
      headers: {
        "content-type": "message/rfc822",
        authorization: `Basic ${Buffer.from(`mail:${password}`).toString("base64")}`,
      },
      body: new Uint8Array(raw),
    });
  expect((await hand("guessed")).status).toBe(401);
  expect(await (await hand(MAIL_INBOUND_SECRET)).json()).toEqual({ outcome: "answered" });
  expect(await (await hand(MAIL_INBOUND_SECRET)).json()).toEqual({ outcome: "known" });
  expect((await answerOf(meetingId, budi?.email ?? "")).answer).toBe("tentative");
});

test("a manager words a mail, sees it as it will be, and takes it back", async ({ page }) => {
  // In a language no other journey books in. A run that ended in the middle left its words on a server that is kept.
  await db.mailTemplate.deleteMany({ where: { event: "requested", locale: "id" } });
  const address = "/admin/mail/templates?event=requested&role=guest&locale=id";
  await enter(page, "manager", address);
  const subject = page.getByLabel("Subject", { exact: true });
  // The product's words come with the first drawing of the mail.
  await expect(subject).toHaveValue("Permintaan diterima: {{topic}} @ {{time}} ({{zone}})", {
    timeout: 30_000,
  });
  await subject.fill("Terima kasih {{name}}");
  await expect(page.getByText("{{name}} is no variable here.")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Nothing was saved. Look at the marked fields.")).toBeVisible();
  await subject.fill(`Terima kasih ${run}: {{topic}}`);
  const frame = page.frameLocator('iframe[title="The mail as its reader would get it"]');
  await expect(
    page.locator("dd", { hasText: `Terima kasih ${run}: Roadmap review` }),
  ).toBeVisible();
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText("Roadmap review");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("These are your own words.")).toBeVisible({ timeout: 30_000 });
  // The page is drawn anew after what was saved.
  await expect(page).toHaveTitle(/Words of the mails/);
  await expectClean(page, "the words of a mail");
  const email = `sari-${run}@klien.example`;
  await bookThroughApi("demo", { email, name: "Sari", locale: "id", subject: `Temu ${run}` });
  const mail = await mailTo(dataDir(), email, /./);
  expect(mail.subject).toBe(`Terima kasih ${run}: Temu ${run}`);
  await page.getByRole("button", { name: "Use Meridian’s words" }).click();
  await expect(page.getByText("These are Meridian’s words.")).toBeVisible({ timeout: 30_000 });
  await expect(subject).toHaveValue("Permintaan diterima: {{topic}} @ {{time}} ({{zone}})");
});

test("an admin lets mail go to an address again, with a reason", async ({ page }) => {
  const { id: workspaceId } = await db.workspace.findFirstOrThrow({
    where: { demonstration: true },
  });
  const email = `gone-${run}@kunde.example`;
  await db.mailSuppression.create({ data: { workspaceId, email, reason: "550 no such user" } });
  await enter(page, "admin", `/admin/mail/suppressions?search=${run}`);
  await expect(page.getByText("550 no such user")).toBeVisible();
  await page.getByRole("button", { name: `Send mail to ${email} again` }).click();
  await page.getByRole("button", { name: "Send mail again", exact: true }).click();
  await expect(page.getByText("Say why this address takes mail again.")).toBeVisible();
  await page.getByLabel("Why does it take mail again?").fill("They have a new mailbox");
  await expectClean(page, "an address that takes no mail");
  await page.getByRole("button", { name: "Send mail again", exact: true }).click();
  await expect(page.getByText(`No address with “${run}” is held back`)).toBeVisible();
  expect(await db.mailSuppression.count({ where: { workspaceId, email } })).toBe(0);
});
