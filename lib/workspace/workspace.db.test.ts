import { randomUUID } from "node:crypto";
import { buffer, text } from "node:stream/consumers";
import sharp from "sharp";
import { describe, expect } from "vitest";
import type { Actor, Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import { listAuditActions, listAuditEntries } from "@/lib/audit/entries";
import { verifyAudit } from "@/lib/audit/verify";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import { UTC } from "@/lib/time/zone";
import { addHolidays } from "./commands/add-holidays";
import { changeHoliday } from "./commands/change-holiday";
import { changeWorkspace } from "./commands/change-workspace";
import { exportAudit } from "./commands/export-audit";
import { removeHoliday } from "./commands/remove-holiday";
import { setLogo } from "./commands/set-logo";
import { verifyLog } from "./commands/verify-log";
import { workspacePolicy } from "./policy";
import { findAuditFilter, getWorkspace, listHolidays } from "./reads";
import { workspaceForm } from "./schema";

async function aPlace(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { name: "Ada Byron", groups: ["admin"] });
  const link = await makeLink(house.db, [person]);
  const admin: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: ["admin"],
  };
  house.withdrawn.length = 0;
  return { workspaceId, person, link, admin, facts: { workspaceId } };
}

const settings = {
  name: "Halden Works",
  zone: "Europe/Oslo",
  locale: "en",
  colour: null,
  mailFromName: "Halden",
  mailReplyTo: "office@halden.example",
  retentionDays: 365,
} as const;

const entriesOf = (house: House, workspaceId: string) =>
  house.db.auditEntry.findMany({ where: { workspaceId }, orderBy: { sequence: "asc" } });

const day = (date: string) => date as CalendarDate;

describe("who may", () => {
  const here: WorkspaceId = randomUUID() as WorkspaceId;
  const member = (groups: readonly Group[], workspaceId = here): Actor => ({
    kind: "member",
    userId: randomUUID() as UserId,
    workspaceId,
    name: "Ada",
    groups,
  });
  test.each([
    ["an admin here", member(["admin"]), 5],
    ["an admin elsewhere", member(["admin"], randomUUID() as WorkspaceId), 0],
    [
      "every other group",
      member(["meeting_manager", "meeting_user", "crm_manager", "crm_user"]),
      0,
    ],
    ["a guest", { kind: "guest", workspaceId: here, meetingId: "m", name: "G" } as Actor, 0],
    ["nobody", { kind: "anonymous" } as Actor, 0],
  ])("%s", (_who, actor, count) => {
    expect(workspacePolicy.permitted(actor, { workspaceId: here })).toHaveLength(count);
  });
});

describe("settings", () => {
  test("are saved, withdrawn from every page, and audited from what to what", async ({ house }) => {
    const { workspaceId, link, admin, facts } = await aPlace(house);
    const grant = workspacePolicy.authorize(admin, "workspace.change", facts);
    expect(await changeWorkspace(settings, 1, grant, house)).toMatchObject({ ok: true });
    expect(await getWorkspace(house.db, workspaceId)).toMatchObject({ ...settings, version: 2 });
    expect(house.withdrawn).toEqual([link.token]);
    const [entry] = await entriesOf(house, workspaceId);
    expect(entry).toMatchObject({
      action: "workspace.change",
      actorName: "Ada Byron",
      details: { zone: { from: "UTC", to: "Europe/Oslo" }, retentionDays: { from: null, to: 365 } },
    });
    expect(entry?.details).not.toHaveProperty("name");
  });

  test("that somebody else changed meanwhile stay theirs", async ({ house }) => {
    const { workspaceId, admin, facts } = await aPlace(house);
    const grant = workspacePolicy.authorize(admin, "workspace.change", facts);
    const results = await Promise.all(
      ["One", "Two", "Three"].map((name) =>
        changeWorkspace({ ...settings, name }, 1, grant, house),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      results.filter((result) => !result.ok && result.refusal === "changed-meanwhile"),
    ).toHaveLength(2);
    expect(await entriesOf(house, workspaceId)).toHaveLength(1);
  });

  const good = {
    version: "1",
    name: "Halden",
    zone: "Europe/Oslo",
    locale: "en",
    colour: "",
    mailFromName: "",
    mailReplyTo: "",
    retentionDays: "",
  };

  test("may be left empty", () => {
    expect(workspaceForm.parse(good)).toMatchObject({
      colour: null,
      retentionDays: null,
      mailReplyTo: null,
    });
  });

  test.each([
    ["name", " "],
    ["name", "x".repeat(121)],
    ["name", "a\r\nBcc: x"],
    ["zone", "Mars/Olympus"],
    ["locale", "xx"],
    ["colour", "red"],
    ["colour", "url(javascript:alert(1))"],
    ["mailFromName", "a\nb"],
    ["mailReplyTo", "a@b.example, c@d.example"],
    ["mailReplyTo", "Ada <a@b.example>"],
    ["retentionDays", "0"],
    ["retentionDays", "1.5"],
    ["retentionDays", "36501"],
    ["retentionDays", "-3"],
  ])("%s cannot be %j", (field, value) => {
    const result = workspaceForm.safeParse({ ...good, [field]: value });
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field]);
    expect(result.error?.issues[0]?.message).not.toMatch(/^Invalid/);
  });

  test("have no field nobody asked for", () => {
    expect(workspaceForm.safeParse({ ...good, demonstration: "true" }).success).toBe(false);
  });
});

test("a logo replaces the one before it, and none is left behind", async ({ house }) => {
  const { workspaceId, admin, facts } = await aPlace(house);
  const grant = workspacePolicy.authorize(admin, "workspace.change", facts);
  const picture = await sharp({
    create: { width: 900, height: 100, channels: 3, background: "red" },
  })
    .jpeg()
    .toBuffer();
  const first = await setLogo(picture, grant, house);
  const second = await setLogo(picture, grant, house);
  if (!first.ok || !second.ok) throw new Error("a logo was refused");
  const kept = await house.db.image.findMany({ where: { workspaceId } });
  expect(kept).toMatchObject([
    { id: second.value.logoId, mediaType: "image/png", width: 480, height: 53 },
  ]);
  expect(await setLogo(Buffer.from("<svg/>"), grant, house)).toEqual({
    ok: false,
    refusal: "not-an-image",
  });
  await setLogo(undefined, grant, house);
  expect(await house.db.image.count({ where: { workspaceId } })).toBe(0);
  expect((await getWorkspace(house.db, workspaceId)).logoId).toBeNull();
});

test("holidays are added once, changed, removed; each time pages are withdrawn and the log knows", async ({
  house,
}) => {
  const { workspaceId, link, admin, facts } = await aPlace(house);
  const grant = workspacePolicy.authorize(admin, "workspace.holidays", facts);
  const [newYear, easter] = [
    { date: day("2027-01-01"), name: "New Year" },
    { date: day("2027-03-29"), name: "Easter Monday" },
  ];
  expect(await addHolidays({ holidays: [newYear] }, grant, house)).toMatchObject({
    value: { added: 1 },
  });
  expect(await addHolidays({ holidays: [newYear] }, grant, house)).toMatchObject({
    refusal: "holiday-exists",
  });
  const imported = await addHolidays({ country: "DE", holidays: [newYear, easter] }, grant, house);
  expect(imported).toMatchObject({ value: { added: 1 } });
  const [first, second] = await listHolidays(house.db, workspaceId, 2027);
  expect([first, second]).toMatchObject([newYear, easter]);
  if (!first || !second) throw new Error("holidays are missing");
  expect(await changeHoliday({ ...easter, ...newYear, id: second.id }, grant, house)).toMatchObject(
    {
      refusal: "holiday-exists",
    },
  );
  const moved = { id: second.id, date: day("2027-03-30"), name: "Easter Tuesday" };
  expect(await changeHoliday(moved, grant, house)).toMatchObject({ ok: true });
  expect(await removeHoliday(first.id, grant, house)).toMatchObject({ ok: true });
  expect(await removeHoliday(first.id, grant, house)).toMatchObject({ refusal: "no-holiday" });
  expect(await listHolidays(house.db, workspaceId, 2027)).toEqual([moved]);
  expect(house.withdrawn).toEqual(Array.from({ length: 4 }, () => link.token));
  expect((await entriesOf(house, workspaceId)).map(({ action }) => action)).toEqual([
    "holiday.add",
    "holiday.import",
    "holiday.change",
    "holiday.remove",
  ]);
});

test("a holiday of another workspace is not there", async ({ house }) => {
  const here = await aPlace(house);
  const there = await aPlace(house);
  const theirs = workspacePolicy.authorize(there.admin, "workspace.holidays", there.facts);
  await addHolidays({ holidays: [{ date: day("2027-01-01"), name: "Theirs" }] }, theirs, house);
  const [holiday] = await listHolidays(house.db, there.workspaceId, 2027);
  const grant = workspacePolicy.authorize(here.admin, "workspace.holidays", here.facts);
  expect(await removeHoliday(holiday?.id ?? "", grant, house)).toMatchObject({
    refusal: "no-holiday",
  });
  expect(() => workspacePolicy.authorize(here.admin, "workspace.holidays", there.facts)).toThrow(
    AccessDenied,
  );
});

describe("the log as it is read", () => {
  const entry = (place: Awaited<ReturnType<typeof aPlace>>, index: number) => {
    const bySystem = index % 3 === 0;
    const odd = index === 7;
    return {
      workspaceId: place.workspaceId,
      at: instantOf(at("2026-11-23T00:00:00Z") + Math.floor(index / 2) * 3_600_000),
      actor: bySystem ? ("system" as const) : ("user" as const),
      userId: bySystem ? null : place.person.id,
      actorName: odd ? '=HYPERLINK("http://evil.example")' : "Ada",
      action: index % 2 === 0 ? "sign-in" : "user.groups",
      subject: `s${index % 5}`,
      details: odd ? { note: 'a,b\n"c"' } : {},
    };
  };

  /** Twenty entries, two of each moment. */
  async function aLog(house: House) {
    const place = await aPlace(house);
    for (let index = 0; index < 20; index += 1) {
      await house.db.$transaction((tx) => appendAudit(tx, house.keys, entry(place, index)));
    }
    return place;
  }

  test("comes newest first, page after page, each entry once, also where moments are the same", async ({
    house,
  }) => {
    const { workspaceId } = await aLog(house);
    const seen: bigint[] = [];
    let after: { at: ReturnType<typeof instantOf>; sequence: bigint } | undefined;
    for (let page = 0; page < 10; page += 1) {
      const rows = await listAuditEntries(house.db, workspaceId, {}, { after, limit: 3 });
      seen.push(...rows.map(({ sequence }) => sequence));
      after = rows.at(-1);
      if (after === undefined) break;
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => BigInt(20 - index)));
  });

  test("is narrowed by person, action, subject and days of the reader", async ({ house }) => {
    const { workspaceId } = await aLog(house);
    const count = async (question: Parameters<typeof findAuditFilter>[2]) => {
      const filter = await findAuditFilter(house.db, workspaceId, question, UTC);
      return (await listAuditEntries(house.db, workspaceId, filter, { limit: 100 })).length;
    };
    expect(await count({})).toBe(20);
    expect(await count({ person: "ada b" })).toBe(13);
    expect(await count({ person: "nobody" })).toBe(0);
    expect(await count({ person: "%" })).toBe(0);
    expect(await count({ action: "sign-in" })).toBe(10);
    expect(await count({ action: "sign-in", subject: "s0", person: "Ada" })).toBe(1);
    expect(await count({ from: "2026-11-23", to: "2026-11-23" })).toBe(20);
    expect(await count({ from: "2026-11-24" })).toBe(0);
    expect(await count({ from: "rubbish", to: "2026-02-30" })).toBe(20);
    expect(await listAuditActions(house.db, workspaceId)).toEqual(["sign-in", "user.groups"]);
  });

  test("is exported without a formula, and the export is an entry of its own", async ({
    house,
  }) => {
    const { workspaceId, admin, facts } = await aLog(house);
    const grant = workspacePolicy.authorize(admin, "audit.export", facts);
    const csv = (
      await buffer(await exportAudit({ action: "user.groups" }, grant, house))
    ).toString();
    const lines = csv.split("\n");
    expect(lines[0]).toBe("\ufeffsequence,at,actor,user_id,actor_name,action,subject,details");
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(csv.match(/user\.groups/g)).toHaveLength(10);
    expect(csv).not.toContain("sign-in");
    const [last] = (await entriesOf(house, workspaceId)).slice(-1);
    expect(last).toMatchObject({ action: "audit.export", details: { action: "user.groups" } });
    expect(await verifyAudit(house.db, house.keys, workspaceId)).toMatchObject({
      ok: true,
      rows: 21,
    });
  });

  test("is checked in a stream that ends with a verdict", async ({ house }) => {
    const { admin, facts, workspaceId } = await aLog(house);
    const grant = workspacePolicy.authorize(admin, "audit.read", facts);
    const read = async () =>
      (await text(verifyLog(grant, house)))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    expect(await read()).toEqual([
      { rows: 0, of: 20 },
      { rows: 20, of: 20 },
      { verdict: "ok", rows: 20, anchor: expect.stringContaining(workspaceId) },
    ]);
    await house.db.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER USER`;
    await house.db.$executeRaw`
      UPDATE audit_entry SET actor_name = 'Eve' WHERE workspace_id = ${workspaceId}::uuid AND sequence = 12`;
    await house.db.$executeRaw`ALTER TABLE audit_entry ENABLE TRIGGER USER`;
    expect((await read()).at(-1)).toEqual({ verdict: "broken", sequence: "12", fault: "altered" });
  });
});
