import ICAL from "ical.js";
import { describe, expect } from "vitest";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { meetingChanges } from "@/lib/meetings/schema";
import { readWithPython } from "@/lib/testing/calendar-readers";
import { getMeeting, makeStaffMeeting, memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { calendarsPolicy } from "../policy";
import { readFeed } from "./read-feed";
import { endFeed, renewFeed } from "./renew-feed";

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim", zone: "Asia/Singapore" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben Ode" });
  const own = { workspaceId, userId: ana.id };
  const grant = calendarsPolicy.authorize(memberOf(ana), "calendars.own", own);
  const renew = async () => {
    const { url } = await renewFeed(grant, house);
    return url.split("/").at(-2) ?? "";
  };
  const token = await renew();
  const events = async () => {
    const feed = await readFeed(token, house);
    const calendar = new ICAL.Component(ICAL.parse(feed?.text ?? ""));
    return calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  };
  return { workspaceId, ana, ben, grant, token, renew, events };
}

describe("somebody's feed", () => {
  test("has their own meetings, as they are, and nobody's address", async ({ house }) => {
    const { ana, ben, token, events } = await scene(house);
    const hosted = await makeStaffMeeting(house, ana, {
      start: "2026-11-25T05:00:00Z",
      people: [{ userId: ben.id }],
      guests: [{ name: "Mika", email: "mika@kaminari.example" }],
      visibility: "private",
      agenda: "Budget; next, steps",
    });
    await makeStaffMeeting(house, ben, {
      start: "2026-11-26T05:00:00Z",
      subject: "Ben's",
      people: [{ userId: ana.id }],
    });
    await makeStaffMeeting(house, ben, { start: "2026-11-27T05:00:00Z", subject: "Not hers" });
    await makeStaffMeeting(house, ana, { start: "2027-12-25T05:00:00Z", subject: "Too far" });
    const [first, second, ...rest] = await events();
    expect(rest).toEqual([]);
    expect(first?.uid).toBe(hosted.uid);
    expect(first?.summary).toBe("Roadmap");
    expect(first?.startDate.toJSDate().toISOString()).toBe("2026-11-25T05:00:00.000Z");
    expect(first?.description).toContain("Ben Ode");
    expect(first?.description).toContain("Budget; next, steps");
    expect(first?.component.getFirstPropertyValue("class")).toBe("PRIVATE");
    expect(second?.summary).toBe("Ben's");
    const feed = await readFeed(token, house);
    const read = readWithPython([feed?.text ?? ""]);
    expect(
      read.map(({ uid, start, method, attendees }) => [uid, start, method, attendees]),
    ).toEqual([
      [hosted.uid, "2026-11-25T05:00:00.000Z", "", []],
      [second?.uid, "2026-11-26T05:00:00.000Z", "", []],
    ]);
    expect(feed?.text).not.toMatch(/kaminari|ATTENDEE|ORGANIZER|METHOD/);
  });

  test("keeps its tag while nothing changes, and has another after a move", async ({ house }) => {
    const { ana, token, events } = await scene(house);
    const meeting = await makeStaffMeeting(house, ana, { start: "2026-11-25T05:00:00Z" });
    const before = await readFeed(token, house);
    const same = await readFeed(token, { ...house, now: () => at("2026-11-23T20:00:00Z") });
    expect(same?.etag).toBe(before?.etag);
    const input = meetingChanges.parse({
      start: "2026-11-25T07:00:00Z",
      end: "2026-11-25T08:00:00Z",
    });
    const actor = memberOf(ana);
    const moved = await editMeeting(
      { actor, meeting, version: meeting.version, input },
      { ...house, now: () => at("2026-11-23T21:00:00Z") },
    );
    expect(moved.ok).toBe(true);
    const after = await readFeed(token, house);
    expect(after?.etag).not.toBe(before?.etag);
    expect(after?.changedAt).toBeGreaterThan(before?.changedAt ?? 0);
    const [event] = await events();
    expect(event?.uid).toBe(meeting.uid);
    expect(event?.sequence).toBeGreaterThan(meeting.sequence);
    const stands = await getMeeting(house, meeting);
    await cancelMeeting({ actor, meeting: stands, version: stands.version, reason: "Ill" }, house);
    expect(await events()).toEqual([]);
  });

  test("is known by a hash, ends with a new one, and with its owner's account", async ({
    house,
  }) => {
    const { workspaceId, ana, grant, token, renew } = await scene(house);
    const row = await house.db.calendarFeed.findFirst({ where: { workspaceId } });
    expect(Buffer.from(row?.tokenHash ?? []).toString("utf8")).not.toContain(token);
    const next = await renew();
    expect(await readFeed(token, house)).toBeUndefined();
    expect(await readFeed(next, house)).toBeDefined();
    const read = await house.db.calendarFeed.findFirst({ where: { workspaceId } });
    expect(read?.readAt).toEqual(new Date(house.now()));
    const disabledAt = new Date(house.now());
    await house.db.appUser.updateMany({ where: { id: ana.id }, data: { disabledAt } });
    expect(await readFeed(next, house)).toBeUndefined();
    await house.db.appUser.updateMany({ where: { id: ana.id }, data: { disabledAt: null } });
    expect((await endFeed(grant, house)).ok).toBe(true);
    expect(await readFeed(next, house)).toBeUndefined();
    expect(await endFeed(grant, house)).toEqual({ ok: false, refusal: "no-feed" });
    const actions = await house.db.auditEntry.findMany({ where: { workspaceId } });
    expect(actions.map(({ action }) => action)).toEqual([
      "calendar-feed.renew",
      "calendar-feed.renew",
      "calendar-feed.end",
    ]);
  });

  test("is made by its owner and by no manager", async ({ house }) => {
    const { workspaceId, ana, ben } = await scene(house);
    const own = { workspaceId, userId: ana.id };
    expect(calendarsPolicy.can(memberOf(ben, ["admin"]), "calendars.own", own)).toBe(false);
  });
});
