import { expect } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import { AccessDenied, NotHere } from "@/lib/access/policy";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { previewHours } from "@/lib/booking/commands/preview-hours";
import { listStarts } from "@/lib/booking/core/offer";
import { pageWindow } from "@/lib/booking/core/snapshot";
import { findLinkSnapshot } from "@/lib/booking/reads";
import { bookingInput } from "@/lib/booking/schema";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Person } from "@/lib/testing/factories/workspace";
import {
  makeLink,
  makePerson,
  makeWorkspace,
  OFFICE_HOURS,
} from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Schedule, ScheduleHours } from "../core/schedule";
import { findAbsence, findSchedule, listSchedules } from "../reads";
import type { AbsenceInput } from "../schema";
import { deleteSchedule, renameSchedule, setDefaultSchedule } from "./change-schedule";
import { makeSchedule } from "./make-schedule";
import { removeAbsence, saveAbsence } from "./save-absence";
import { saveSchedule } from "./save-schedule";

const zone = "Asia/Singapore" as TimeZone;

const actorOf = (person: Person, groups: readonly Group[] = ["meeting_user"]): Actor => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});
const ownerOf = (person: Person) => ({
  workspaceId: person.workspaceId as WorkspaceId,
  userId: person.id as UserId,
});

async function scheduleOf(house: House, person: Person, id = person.scheduleId): Promise<Schedule> {
  const found = await findSchedule(house.db, { ...ownerOf(person), id });
  if (found === undefined) throw new Error("there is no such schedule");
  return found.schedule;
}

async function aHost(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { zone, hours: OFFICE_HOURS });
  const link = await makeLink(house.db, [host]);
  const schedule = await scheduleOf(house, host);
  return { workspaceId, host, link, schedule, actor: actorOf(host), owner: ownerOf(host) };
}

const book = async (house: House, token: string, start: string) => {
  const input = bookingInput.parse({
    start,
    zone: "Asia/Tokyo",
    name: "Mika Tanaka",
    email: `mika-${Math.random().toString(36).slice(2)}@kaminari.example`,
    subject: "Roadmap",
  });
  const booked = await bookMeeting({ linkToken: token, input }, house);
  if (!booked.ok) throw new Error(booked.refusal.reason);
};

const range = (fromMinute: number, toMinute: number) => ({
  fromMinute: fromMinute as MinuteOfDay,
  toMinute: toMinute as MinuteOfDay,
});
const hoursOf = (schedule: Schedule, change: Partial<ScheduleHours>): ScheduleHours => ({
  zone: schedule.zone,
  weekly: schedule.weekly,
  overrides: schedule.overrides,
  travel: schedule.travel,
  observesHolidays: schedule.observesHolidays,
  ...change,
});
const auditOf = (house: House, workspaceId: string) =>
  house.db.auditEntry.findMany({ where: { workspaceId }, orderBy: { sequence: "asc" } });

test("saved hours come back as they were saved, and guests' pages are withdrawn", async ({
  house,
}) => {
  const { host, link, schedule, actor, owner } = await aHost(house);
  const hours = hoursOf(schedule, {
    zone: "Europe/Oslo" as TimeZone,
    weekly: [
      { day: 1, ...range(540, 720) },
      { day: 5, ...range(1320, 120) },
    ],
    overrides: [
      { date: "2026-12-24" as CalendarDate, ranges: [], note: "Home" },
      {
        date: "2026-12-28" as CalendarDate,
        ranges: [range(600, 660), range(780, 1440)],
        note: null,
      },
    ],
    travel: [
      {
        from: "2027-01-04" as CalendarDate,
        to: "2027-01-08" as CalendarDate,
        zone: "Asia/Tokyo" as TimeZone,
      },
    ],
    observesHolidays: false,
  });
  const saved = await saveSchedule({ actor, owner, schedule, version: 1, hours }, house);
  expect(saved).toEqual({ ok: true, value: { version: 2, outside: [] } });
  expect(await scheduleOf(house, host)).toEqual({
    ...schedule,
    ...hours,
    version: 2,
  });
  expect(house.withdrawn).toContain(link.token);
  expect(await auditOf(house, host.workspaceId)).toEqual([]);
});

test("of two people who save the same version one is told, and nothing of theirs is kept", async ({
  house,
}) => {
  const { host, schedule, actor, owner } = await aHost(house);
  const mine = hoursOf(schedule, { weekly: [{ day: 1, ...range(540, 600) }] });
  const theirs = hoursOf(schedule, { weekly: [{ day: 2, ...range(540, 600) }] });
  const both = await Promise.all(
    [mine, theirs].map((hours) =>
      saveSchedule({ actor, owner, schedule, version: 1, hours }, house),
    ),
  );
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: "changed-meanwhile" });
  const kept = await scheduleOf(house, host);
  expect(kept.weekly).toHaveLength(1);
  expect(kept.version).toBe(2);
});

test("meetings that fall outside are named and stay as they are; those outside before are not the change's doing", async ({
  house,
}) => {
  const { host, link, schedule, actor, owner } = await aHost(house);
  await book(house, link.token, "2026-11-24T01:00:00Z"); // Tuesday 09:00
  await book(house, link.token, "2026-11-24T06:00:00Z"); // Tuesday 14:00
  const mornings = hoursOf(schedule, {
    weekly: schedule.weekly.map((day) => ({ ...day, ...range(540, 720) })),
  });
  const saved = await saveSchedule({ actor, owner, schedule, version: 1, hours: mornings }, house);
  if (!saved.ok) throw new Error(saved.refusal);
  expect(saved.value.outside.map(({ start, guest }) => [toIso(start), guest])).toEqual([
    ["2026-11-24T06:00:00.000Z", "Mika Tanaka"],
  ]);
  expect(
    await house.db.meetingClaim.count({ where: { workspaceId: host.workspaceId, live: true } }),
  ).toBe(2);
  const now = await scheduleOf(house, host);
  const closed = hoursOf(now, {
    overrides: [{ date: "2026-11-24" as CalendarDate, ranges: [], note: null }],
  });
  const again = await saveSchedule(
    { actor, owner, schedule: now, version: 2, hours: closed },
    house,
  );
  if (!again.ok) throw new Error(again.refusal);
  expect(again.value.outside.map(({ start }) => toIso(start))).toEqual([
    "2026-11-24T01:00:00.000Z",
  ]);
});

test("a manager's change of a host's hours is logged as an override; a colleague may not", async ({
  house,
}) => {
  const { host, workspaceId, schedule, owner } = await aHost(house);
  const manager = await makePerson(house.db, workspaceId, { name: "Mei Tan" });
  const hours = hoursOf(schedule, { weekly: [] });
  const asked = { owner, schedule, version: 1, hours };
  await expect(saveSchedule({ actor: actorOf(manager), ...asked }, house)).rejects.toThrow(
    AccessDenied,
  );
  const changed = await saveSchedule(
    { actor: actorOf(manager, ["meeting_manager"]), ...asked },
    house,
  );
  expect(changed.ok).toBe(true);
  expect(await auditOf(house, workspaceId)).toMatchObject([
    {
      action: "availability.hours (override)",
      actorName: "Mei Tan",
      subject: schedule.id,
      details: { person: host.id },
    },
  ]);
});

test("a schedule is made, copied, renamed, made the default and removed", async ({ house }) => {
  const { host, schedule, actor, owner } = await aHost(house);
  const made = await makeSchedule({ actor, owner, zone, name: "Nights", copyOf: schedule }, house);
  if (!made.ok) throw new Error(made.refusal);
  const copy = await scheduleOf(house, host, made.value.id);
  expect(copy).toMatchObject({
    name: "Nights",
    isDefault: false,
    weekly: schedule.weekly,
    links: [],
  });
  await renameSchedule({ actor, owner, schedule: copy, version: 1, name: "Late" }, house);
  const stale = { actor, owner, schedule: copy, version: 1 };
  expect(await setDefaultSchedule(stale, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  expect(
    (await listSchedules(house.db, owner)).map(({ name, isDefault }) => [name, isDefault]),
  ).toEqual([
    ["Working hours", true],
    ["Late", false],
  ]);
  expect(await setDefaultSchedule({ ...stale, version: 2 }, house)).toEqual({
    ok: true,
    value: undefined,
  });
  const [first, second] = await listSchedules(house.db, owner);
  expect([first?.name, first?.isDefault, second?.isDefault]).toEqual(["Late", true, false]);
  if (first === undefined) throw new Error("no schedule");
  const removing = { actor, owner, schedule: first, version: first.version };
  expect(await deleteSchedule(removing, house)).toEqual({ ok: false, refusal: "is-default" });
});

test("a schedule that links read is not removed, also when the link comes at the same moment", async ({
  house,
}) => {
  const { host, workspaceId, schedule, actor, owner } = await aHost(house);
  const removing = { actor, owner, version: 1 };
  expect(await deleteSchedule({ ...removing, schedule }, house)).toEqual({
    ok: false,
    refusal: "in-use",
  });
  const made = await makeSchedule({ actor, owner, zone, name: "Spare" }, house);
  if (!made.ok) throw new Error(made.refusal);
  const spare = await scheduleOf(house, host, made.value.id);
  // What was read before says that nothing uses it; the database knows better.
  await house.db.bookingLinkHost.updateMany({
    where: { workspaceId },
    data: { scheduleId: spare.id },
  });
  expect(await deleteSchedule({ ...removing, schedule: spare }, house)).toEqual({
    ok: false,
    refusal: "in-use",
  });
  expect(await listSchedules(house.db, owner)).toHaveLength(2);
});

const away = (change: Partial<AbsenceInput> = {}): AbsenceInput => ({
  from: "2026-11-24" as CalendarDate,
  to: "2026-11-25" as CalendarDate,
  fromMinute: null,
  toMinute: null,
  reason: "vacation",
  note: "Langkawi",
  redirectLinkId: null,
  ...change,
});

const offered = async (house: House, token: string) => {
  const window = pageWindow(NOW);
  const link = await findLinkSnapshot(house.db, { by: { token }, window });
  if (link === undefined) throw new Error("there is no such link");
  return listStarts(link, NOW, window);
};
const dayOf = (starts: readonly number[]) =>
  starts.filter((start) => new Date(start).toISOString().startsWith("2026-11-24")).length;

test("whoever is away is offered to nobody, names who is booked then, and can come back", async ({
  house,
}) => {
  const { host, link, workspaceId, actor, owner } = await aHost(house);
  const colleague = await makePerson(house.db, workspaceId, { name: "Kenji Mori" });
  const theirs = await makeLink(house.db, [colleague], { name: "Meet Kenji" });
  await book(house, link.token, "2026-11-24T06:00:00Z");
  expect(dayOf(await offered(house, link.token))).toBe(15);
  const asked = { actor, owner, zone };
  const saved = await saveAbsence(
    { ...asked, absence: away({ redirectLinkId: theirs.id }) },
    house,
  );
  if (!saved.ok) throw new Error(saved.refusal);
  expect(saved.value.within.map(({ subject }) => subject)).toEqual(["Roadmap"]);
  expect(dayOf(await offered(house, link.token))).toBe(0);
  expect(house.withdrawn).toContain(link.token);
  const found = await findAbsence(house.db, { ...owner, id: saved.value.id });
  expect(found?.absence).toEqual({
    id: saved.value.id,
    from: at("2026-11-23T16:00:00Z"),
    to: at("2026-11-25T16:00:00Z"),
    reason: "vacation",
    note: "Langkawi",
    redirect: { id: theirs.id, name: "Meet Kenji" },
  });
  const changed = await saveAbsence(
    { ...asked, absence: away({ to: "2026-11-24" as CalendarDate }), instead: saved.value.id },
    house,
  );
  if (!changed.ok || found === undefined) throw new Error("not changed");
  const twice = await saveAbsence({ ...asked, absence: away(), instead: saved.value.id }, house);
  expect(twice).toEqual({ ok: false, refusal: "changed-meanwhile" });
  await expect(removeAbsence({ actor, ...found }, house)).rejects.toThrow(NotHere);
  const current = await findAbsence(house.db, { ...owner, id: changed.value.id });
  if (current === undefined) throw new Error("not kept");
  await removeAbsence({ actor, ...current }, house);
  expect(dayOf(await offered(house, link.token))).toBe(15);
  expect(host.scheduleId).not.toBe("");
});

test("guests are sent to links of colleagues only, open ones of the same workspace", async ({
  house,
}) => {
  const { link, workspaceId, actor, owner } = await aHost(house);
  const colleague = await makePerson(house.db, workspaceId);
  const shut = await makeLink(house.db, [colleague], { active: false });
  const stranger = await makePerson(house.db, await makeWorkspace(house.db));
  const foreign = await makeLink(house.db, [stranger]);
  for (const redirectLinkId of [link.id, shut.id, foreign.id, stranger.id]) {
    const asked = { actor, owner, zone, absence: away({ redirectLinkId }) };
    expect(await saveAbsence(asked, house)).toEqual({ ok: false, refusal: "no-such-link" });
  }
});

test("the preview of saved hours is the guest's calendar, and of others what it would become", async ({
  house,
}) => {
  const { workspaceId, link, schedule, actor, owner } = await aHost(house);
  await book(house, link.token, "2026-11-24T06:00:00Z");
  await saveAbsence(
    {
      actor,
      owner,
      zone,
      absence: away({ from: "2026-11-26" as CalendarDate, to: "2026-11-26" as CalendarDate }),
    },
    house,
  );
  const asked = {
    actor,
    scheduleId: schedule.id,
    zone: "Asia/Tokyo" as TimeZone,
    from: "2026-11-23" as CalendarDate,
    token: link.token,
  };
  const shown = await previewHours({ ...asked, hours: hoursOf(schedule, {}) }, house);
  const week = (await offered(house, link.token)).filter(
    (start) => start < at("2026-11-29T15:00:00Z"),
  );
  expect(shown.starts).toEqual(week);
  expect(week.length).toBeGreaterThan(20);
  const sunday = hoursOf(schedule, { weekly: [{ day: 0, ...range(540, 600) }] });
  const changed = await previewHours({ ...asked, hours: sunday }, house);
  expect(changed.starts.map(toIso)).toEqual([
    "2026-11-29T01:00:00.000Z",
    "2026-11-29T01:30:00.000Z",
  ]);
  // The link was looked through, not changed.
  expect((await offered(house, link.token))[0]).toBe(week[0]);
  const plain = await previewHours(
    { ...asked, token: undefined, hours: hoursOf(schedule, {}) },
    house,
  );
  expect(plain.starts).toEqual(week);

  const colleague = actorOf(await makePerson(house.db, workspaceId));
  const hours = hoursOf(schedule, {});
  await expect(previewHours({ ...asked, hours, actor: colleague }, house)).rejects.toThrow(NotHere);
  const other = await makeLink(house.db, [await makePerson(house.db, workspaceId)]);
  await expect(previewHours({ ...asked, hours, token: other.token }, house)).rejects.toThrow(
    NotHere,
  );
});

test("a holiday closes the day for whoever observes it and has not spoken about it", async ({
  house,
}) => {
  const { workspaceId, link, schedule, actor, owner } = await aHost(house);
  await house.db.holiday.create({
    data: {
      workspaceId,
      id: "01926b3e-0000-7000-8000-00000000aaaa",
      onDate: new Date("2026-11-24T00:00:00Z"),
      name: "Founders’ day",
    },
  });
  expect(dayOf(await offered(house, link.token))).toBe(0);
  const spoken = hoursOf(schedule, {
    overrides: [{ date: "2026-11-24" as CalendarDate, ranges: [range(600, 660)], note: null }],
  });
  await saveSchedule({ actor, owner, schedule, version: 1, hours: spoken }, house);
  expect(dayOf(await offered(house, link.token))).toBe(2);
  const ignored = hoursOf(schedule, { observesHolidays: false });
  await saveSchedule({ actor, owner, schedule, version: 2, hours: ignored }, house);
  expect(dayOf(await offered(house, link.token))).toBe(16);
});
