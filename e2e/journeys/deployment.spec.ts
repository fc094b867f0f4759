import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import pg from "pg";
import type { Email } from "postal-mime";
import PostalMime from "postal-mime";
import { hashToken, newToken } from "@/lib/crypto/token";
import { openDatabase } from "@/lib/db/client";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { apiKeyOf, call, freeStarts, newGuest } from "../fixtures/api";

// What an installation is asked to show before it goes live. The online meetings (test 6) are in online.spec.ts.

const run = randomUUID().slice(0, 8);
const databaseUrl = (): string => process.env.MERIDIAN_E2E_DATABASE_URL ?? "";
const dataDir = (): string => process.env.MERIDIAN_E2E_DATA_DIR ?? "";

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Every mail that was captured for one address, the oldest first. */
async function mailsTo(address: string): Promise<Email[]> {
  const folder = join(dataDir(), "mail");
  const mails = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => PostalMime.parse(readFileSync(join(folder, name)))),
  );
  return mails
    .filter((mail) => mail.to?.some((to) => to.address === address))
    .sort((a, b) => Date.parse(a.date ?? "") - Date.parse(b.date ?? ""));
}

async function mailTo(address: string, subject: RegExp): Promise<Email> {
  let found: Email | undefined;
  await expect(async () => {
    found = (await mailsTo(address)).find((mail) => subject.test(mail.subject ?? ""));
    expect(found, `no mail to ${address} with ${subject}`).toBeDefined();
  }).toPass({ timeout: 30_000 });
  return found as Email;
}

const calendarOf = (mail: Email): string => {
  const part = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  if (part === undefined) throw new Error("no calendar part");
  return typeof part.content === "string" ? part.content : new TextDecoder().decode(part.content);
};

async function make(key: string, body: object): Promise<{ readonly id: string }> {
  const made = await call("POST", "/api/v1/meetings", { body, headers: bearer(key) });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body as { id: string };
}

/** A workspace of its own, so that these people meet nobody's else's. */
async function aTeam(zones: readonly string[], groups: Parameters<typeof makePerson>[2] = {}) {
  const db = openDatabase(databaseUrl(), 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Halden", zone: "Asia/Singapore" });
    const people: Person[] = [];
    for (const [index, zone] of zones.entries()) {
      people.push(
        await makePerson(db, workspaceId, {
          name: `Person ${index}`,
          email: `person-${index}-${run}-${workspaceId.slice(-6)}@halden.example`,
          zone,
          ...groups,
        }),
      );
    }
    return people;
  } finally {
    await db.$disconnect();
  }
}

/** An API key of somebody in a workspace of their own; the operator's command knows the demonstration's people. */
async function keyOf({ workspaceId, id: userId }: Person): Promise<string> {
  const db = openDatabase(databaseUrl(), 1);
  const key = `mk_${newToken()}`;
  const keyHash = new Uint8Array(hashToken(key));
  const name = "Deployment";
  const data = { workspaceId, id: randomUUID(), userId, name, prefix: key.slice(0, 10), keyHash };
  await db.apiKey.create({ data });
  await db.$disconnect();
  return key;
}

const session = async (page: Page, account: string) => {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(`${account}@meridian.example`);
  await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Home");
};

let hour = 0;
/** An hour of the demonstration's calendar nobody else takes: beyond what its links offer. */
const someHour = () => {
  hour += 1;
  const start = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + (120 * 24 + hour) * 3_600_000;
  const iso = (moment: number) => new Date(moment).toISOString();
  return { start: iso(start), end: iso(start + 3_600_000) };
};

test("1: a host confirms and cancels, a stranger is refused in the agreed words, a manager overrides", async ({
  page,
}) => {
  const host = apiKeyOf("host@meridian.example");
  const guest = newGuest("Lukas Brandt");
  const invite = { guests: [{ name: guest.name, email: guest.email, zone: "Europe/Oslo" }] };
  const draft = await make(host, { subject: `A ${run}`, ...someHour(), ...invite, confirm: false });
  const confirmed = await call("POST", `/api/v1/meetings/${draft.id}/confirm`, {
    body: {},
    headers: bearer(host),
  });
  expect(confirmed.body.status).toBe("confirmed");
  await mailTo(guest.email, new RegExp(`A ${run}`));

  const priya = apiKeyOf("priya@meridian.example");
  const refused = await call("POST", `/api/v1/meetings/${draft.id}/cancel`, {
    body: { reason: "No" },
    headers: bearer(priya),
  });
  expect([refused.status, (refused.body.error as { message: string }).message]).toEqual([
    403,
    "Access Denied: Only creator/host can cancel",
  ]);
  await session(page, "priya");
  await page.goto(`/meetings/${draft.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`A ${run}`);
  await expect(page.getByRole("button", { name: /^Cancel/ })).toHaveCount(0);

  const manager = apiKeyOf("manager@meridian.example");
  const cancelled = await call("POST", `/api/v1/meetings/${draft.id}/cancel`, {
    body: { reason: "Moved to next month" },
    headers: bearer(manager),
  });
  expect(cancelled.body.status).toBe("cancelled");
  const withdrawal = await mailTo(guest.email, /[Cc]ancel/);
  expect(calendarOf(withdrawal)).toContain("METHOD:CANCEL");
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  const { rows } = await client.query(
    "SELECT action FROM audit_entry WHERE subject = $1 AND actor_name = 'Mei Tan'",
    [draft.id],
  );
  await client.end();
  expect(rows).toEqual([{ action: "meeting.cancel (override)" }]);
});

test("2: 13:00 in Singapore is 12:00 in Jakarta, 14:00 in Tokyo, 05:00 in London, and 06:00 there in summer", async ({
  browser,
}) => {
  const [host, jakarta, tokyo, london] = await aTeam([
    "Asia/Singapore",
    "Asia/Jakarta",
    "Asia/Tokyo",
    "Europe/London",
  ]);
  if (!(host && jakarta && tokyo && london)) throw new Error("no team");
  const key = await keyOf(host);
  const year = new Date().getUTCFullYear() + 1;
  const people = [jakarta, tokyo, london].map(({ id }) => ({ userId: id }));
  for (const [month, hourInLondon] of [
    ["01", "05:00"],
    ["07", "06:00"],
  ] as const) {
    const subject = `Zones ${run} ${month}`;
    const times = {
      start: `${year}-${month}-14T13:00:00+08:00`,
      end: `${year}-${month}-14T14:00:00+08:00`,
    };
    await make(key, { subject, ...times, people });
    for (const [person, time] of [
      [host, "13:00"],
      [jakarta, "12:00"],
      [tokyo, "14:00"],
      [london, hourInLondon],
    ] as const) {
      const mail = await mailTo(person.email, new RegExp(subject));
      expect(mail.subject).toContain(`@ ${time} (`);
      expect(mail.text).toContain(time);
    }
  }
  // The same on the colleague's own screen: the task says when, in their own time.
  const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await make(key, {
    subject: `Soon ${run}`,
    start: `${soon}T13:00:00+08:00`,
    end: `${soon}T14:00:00+08:00`,
    people,
  });
  const page = await browser.newPage();
  await signInAs(page, jakarta);
  await page.goto("/");
  const tick = page.getByRole("button", { name: new RegExp(`Soon ${run}`) });
  const task = page.getByRole("listitem").filter({ has: tick });
  await expect(task).toContainText("12:00 WIB");
  await tick.click();
  await expect(tick).toHaveCount(0);
  await page.close();
});

/** A session for somebody without a password, as the sign-in would have made it. */
async function signInAs(page: Page, person: Person): Promise<void> {
  const db = openDatabase(databaseUrl(), 1);
  const { hashPassword } = await import("@/lib/auth/password");
  await db.appUser.updateMany({
    where: { id: person.id },
    data: { passwordHash: await hashPassword("meridian-demo") },
  });
  await db.$disconnect();
  await page.goto("/");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("meridian-demo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText("Home");
}

test("3: a guest books on the portal: the page confirms, the mail comes, the meeting is a draft, the host is told", async ({
  page,
}) => {
  const guest = newGuest("Test Guest");
  await page.goto("/book/demo");
  await page.waitForURL(/\/book\/demo/);
  const starts = await freeStarts("demo");
  const start = starts[Math.floor(starts.length / 2)] ?? "";
  await page.goto(
    `/book/demo/details?${new URLSearchParams({ start, zone: "Asia/Tokyo", locale: "en" })}`,
  );
  await page.getByLabel("Name", { exact: true }).fill("Test Guest");
  await page.getByLabel("E-mail", { exact: true }).fill(guest.email);
  await page.getByLabel("Subject (optional)").fill(`Test Meeting ${run}`);
  await page.getByRole("button", { name: /^(Request|Book)/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/request|received|booked/i);
  await mailTo(guest.email, /./);
  const host = apiKeyOf("host@meridian.example");
  const listed = await call("GET", `/api/v1/meetings?tab=waiting&q=Test%20Meeting%20${run}`, {
    headers: bearer(host),
  });
  expect(listed.body.meetings).toMatchObject([{ status: "pending", guests: ["Test Guest"] }]);
  await session(page, "host");
  await page.goto("/inbox");
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: `Test Meeting ${run}` })
      .first(),
  ).toBeVisible();
});

test("4: of two tabs on one slot the first gets it; who books again within a minute waits", async () => {
  // Half an hour every quarter: the one before the last hour is another time altogether.
  const starts = await freeStarts("demo-quick");
  const [start, other] = [starts.at(-1), starts.at(-6)];
  const path = "/api/v1/booking-links/demo-quick/bookings";
  const [a, b] = [newGuest(), newGuest()];
  const answers = await Promise.all([
    call("POST", path, { body: { start, ...a } }),
    call("POST", path, { body: { start, ...b } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const winner = answers[0].status === 201 ? a : b;
  const again = await call("POST", path, { body: { start: other, ...winner } });
  expect(again.status).toBe(429);
  expect((again.body.error as { message: string }).message).toMatch(
    /^Too many requests\. Wait \d+ seconds before booking again\.$/,
  );
});

test("5: five people in five zones each get their own time, the table of zones and a calendar file", async () => {
  const zones = [
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Jakarta",
    "Europe/Berlin",
    "America/New_York",
  ];
  const people = await aTeam(zones);
  const [host, ...others] = people;
  if (host === undefined) throw new Error("no team");
  const guest = newGuest("Lukas Brandt");
  const year = new Date().getUTCFullYear() + 1;
  await make(await keyOf(host), {
    subject: `Five ${run}`,
    start: `${year}-01-20T05:00:00Z`,
    end: `${year}-01-20T06:00:00Z`,
    people: others.map(({ id }) => ({ userId: id })),
    guests: [{ name: guest.name, email: guest.email, zone: "Europe/London" }],
  });
  const expected = [
    [people[1]?.email, "14:00 (JST)"],
    [people[2]?.email, "12:00 (WIB)"],
    [people[3]?.email, "06:00 (CET)"],
    [people[4]?.email, "00:00 (EST)"],
    [guest.email, "05:00 (GMT)"],
  ] as const;
  for (const [address = "", time] of expected) {
    const mail = await mailTo(address, new RegExp(`Five ${run}`));
    expect(mail.subject).toContain(`@ ${time}`);
    const file = calendarOf(mail);
    expect(file).toContain("METHOD:REQUEST");
    expect(file).toContain(`DTSTART:${year}0120T050000Z`);
    expect(file.replace(/\r?\n /g, "")).toMatch(new RegExp(`mailto:${address}`, "i"));
    expect(file.replace(/\r?\n /g, "").match(/^ATTENDEE/gm)).toHaveLength(1);
    expect(mail.html).toContain("UTC");
  }
});

test("7: a hundred people are invited: a hundred mails, each once, and a hundred tasks", async () => {
  test.setTimeout(180_000);
  const people = await aTeam(
    Array.from({ length: 101 }, (_, index) => (index % 2 ? "Asia/Tokyo" : "Europe/Berlin")),
  );
  const [host, ...others] = people;
  if (host === undefined) throw new Error("no team");
  const subject = `Hundred ${run}`;
  const meeting = await make(await keyOf(host), {
    subject,
    ...someHour(),
    people: others.map(({ id }) => ({ userId: id })),
  });
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  const count = async (sql: string): Promise<number> => {
    const { rows } = await client.query<{ n: number }>(sql, [meeting.id]);
    return rows[0]?.n ?? 0;
  };
  await expect
    .poll(
      () =>
        count(
          "SELECT count(*)::int AS n FROM mail_message WHERE meeting_id = $1 AND state = 'sent'",
        ),
      { timeout: 120_000 },
    )
    .toBe(101);
  expect(await count("SELECT count(*)::int AS n FROM task WHERE meeting_id = $1")).toBe(101);
  expect(
    await count(
      "SELECT count(DISTINCT to_email)::int AS n FROM mail_message WHERE meeting_id = $1",
    ),
  ).toBe(101);
  await client.end();
  const sample = people[50]?.email ?? "";
  expect((await mailsTo(sample)).filter((mail) => mail.subject?.includes(subject))).toHaveLength(1);
});

test("8: the clean-up job removes old activities and nothing else, says how many, and is run by hand", async ({
  page,
}) => {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  const { rows } = await client.query<{ workspace_id: string; user_id: string; id: string }>(
    `SELECT m.workspace_id, m.host_id AS user_id, m.id FROM meeting m JOIN app_user u ON u.id = m.host_id
     WHERE u.email = 'host@meridian.example' LIMIT 1`,
  );
  const [about] = rows;
  if (about === undefined) throw new Error("no meeting");
  await client.query(
    `INSERT INTO task (workspace_id, id, user_id, meeting_id, kind, title, due_on)
     SELECT $1, gen_random_uuid(), $2, $3, kind, 'Stale ${run}', current_date - days
     FROM (SELECT 'meeting' AS kind, 61 AS days FROM generate_series(1, 50)
           UNION ALL VALUES ('meeting', 1), ('action', 61)) AS old(kind, days)`,
    [about.workspace_id, about.user_id, about.id],
  );
  await session(page, "admin");
  await page.goto("/admin/jobs");
  const job = page.getByRole("listitem").filter({ hasText: "Delete stale activities" }).first();
  await job.getByRole("button", { name: "Run now: Delete stale activities" }).click();
  await expect(job).toContainText(/Deleted \d+ stale activities/, { timeout: 30_000 });
  const words = (await job.textContent()) ?? "";
  expect(Number(/Deleted (\d+) stale/.exec(words)?.[1])).toBeGreaterThanOrEqual(50);
  const left = await client.query<{ kind: string }>(
    `SELECT kind FROM task WHERE title = 'Stale ${run}' ORDER BY kind`,
  );
  await client.end();
  expect(left.rows.map(({ kind }) => kind)).toEqual(["action", "meeting"]);
});
