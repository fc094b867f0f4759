import { describe, expect } from "vitest";
import { AccessDenied } from "@/lib/access/policy";
import {
  mailsOf,
  makeSingle,
  makeTestSeries,
  memberOf,
  seriesScene,
  startsOf,
} from "@/lib/testing/factories/series";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { calendarOf } from "@/lib/testing/reader-calendar";
import type { Meeting } from "../core/meeting";
import { repeatInput } from "../core/series-input";
import { listSeriesMeetings } from "../reads/meeting";
import { findSeries } from "../reads/series";
import { meetingChanges } from "../schema";
import { cancelMeeting } from "./cancel-meeting";
import { cancelSeries } from "./cancel-series";
import { confirmSeries } from "./confirm-series";
import { editMeeting } from "./edit-meeting";
import { editSeries, previewSeriesEdit } from "./edit-series";

type Made = Awaited<ReturnType<typeof makeTestSeries>>;
type Scene = Awaited<ReturnType<typeof seriesScene>>;

const nth = (dates: readonly Meeting[], index: number): Meeting => {
  const date = dates[index];
  if (date === undefined) throw new Error(`no date ${index}`);
  return date;
};

const again = (house: House, { workspaceId, id }: Pick<Made, "workspaceId" | "id">) =>
  listSeriesMeetings(house.db, workspaceId, id);

const live = (dates: readonly Meeting[]) => dates.filter(({ state }) => state !== "cancelled");

async function edited(
  house: House,
  host: Scene["ana"],
  asked: Omit<Parameters<typeof editSeries>[0], "actor" | "input"> & { input: object },
) {
  const result = await editSeries(
    { ...asked, actor: memberOf(host), input: meetingChanges.parse(asked.input) },
    house,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const everyTuesday = [
  "2027-02-02T08:00",
  "2027-02-09T08:00",
  "2027-02-16T08:00",
  "2027-02-23T08:00",
  "2027-03-02T08:00",
  "2027-03-09T08:00",
  "2027-03-16T08:00",
  "2027-03-23T08:00",
  "2027-03-30T07:00",
  "2027-04-06T07:00",
];

async function calendarFor(house: House, { workspaceId }: Scene, email: string) {
  const mails = await mailsOf(house, workspaceId);
  return calendarOf(
    mails.filter(({ to }) => to === email).flatMap(({ mail }) => (mail.ics ? [mail.ics] : [])),
  );
}

const allStarts = (calendar: ReadonlyMap<string, readonly string[]>) =>
  [...calendar.values()].flat().sort();

async function reviewed(house: House, more: Parameters<typeof makeTestSeries>[2] = {}) {
  const scene = await seriesScene(house);
  const made = await makeTestSeries(house, scene.ana, {
    ...more,
    meeting: { people: [{ userId: scene.ben.id }], ...more.meeting },
  });
  return { ...scene, made };
}

describe("one date", () => {
  test("moved by itself differs from its series, and travels alone in the file", async ({
    house,
  }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    const third = nth(made.dates, 2);
    const moved = await editMeeting(
      {
        actor: memberOf(ana),
        meeting: third,
        input: meetingChanges.parse({
          start: "2027-02-17T10:00:00Z",
          end: "2027-02-17T10:45:00Z",
        }),
      },
      house,
    );
    expect(moved.ok).toBe(true);
    const dates = await again(house, made);
    expect(nth(dates, 2).series).toMatchObject({ detached: true, recurrenceStart: third.start });
    const toBen = (await mailsOf(house, scene.workspaceId)).filter(({ to }) => to === ben.email);
    expect(toBen.map(({ event }) => event)).toEqual(["confirmed", "moved"]);
    const file = toBen[1]?.mail.ics?.content ?? "";
    expect(file).toContain("RECURRENCE-ID;TZID=Europe/Berlin:20270216T090000");
    expect(file).not.toContain("RRULE:FREQ=WEEKLY");
    expect(toBen[1]?.mail.text).toContain("One date of a meeting that repeats every Tuesday");
    const calendar = await calendarFor(house, scene, ben.email);
    expect(allStarts(calendar)).toEqual(startsOf(dates).sort());
  });

  test("cancelled by itself is taken out by itself", async ({ house }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    await cancelMeeting(
      { actor: memberOf(ana), meeting: nth(made.dates, 1), reason: "Holiday" },
      house,
    );
    const calendar = await calendarFor(house, scene, ben.email);
    expect(allStarts(calendar)).toEqual(everyTuesday.filter((_, index) => index !== 1));
  });
});

describe("all dates", () => {
  test("get another subject, with one mail for each reader and the same UID", async ({ house }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    await edited(house, ana, {
      meeting: nth(made.dates, 4),
      scope: "all",
      input: { subject: "Review, renamed" },
    });
    const dates = await again(house, made);
    expect(dates.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 10 }, () => "Review, renamed"),
    );
    expect(dates.every(({ series, version }) => !series?.detached && version === 2)).toBe(true);
    const toBen = (await mailsOf(house, scene.workspaceId)).filter(({ to }) => to === ben.email);
    expect(toBen.map(({ event, facts }) => [event, facts.meeting.sequence])).toEqual([
      ["confirmed", 0],
      ["updated", 1],
    ]);
    expect(toBen[1]?.facts.meeting.uid).toBe(toBen[0]?.facts.meeting.uid);
    expect(toBen[1]?.mail.ics?.content).toContain("SUMMARY:Review\\, renamed");
    expect(await calendarFor(house, scene, ben.email)).toEqual(
      new Map([[toBen[0]?.facts.meeting.uid ?? "", everyTuesday]]),
    );
  });

  test("move along with one of them; a date that was moved by itself stays where it is", async ({
    house,
  }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    await editMeeting(
      {
        actor: memberOf(ana),
        meeting: nth(made.dates, 2),
        input: meetingChanges.parse({
          start: "2027-02-17T10:00:00Z",
          end: "2027-02-17T10:45:00Z",
        }),
      },
      house,
    );
    await edited(house, ana, {
      meeting: nth(await again(house, made), 1),
      scope: "all",
      input: { start: "2027-02-10T13:00:00Z", end: "2027-02-10T14:00:00Z" },
    });
    const dates = await again(house, made);
    expect(startsOf(dates)).toEqual([
      "2027-02-03T13:00",
      "2027-02-10T13:00",
      "2027-02-17T10:00",
      "2027-02-24T13:00",
      "2027-03-03T13:00",
      "2027-03-10T13:00",
      "2027-03-17T13:00",
      "2027-03-24T13:00",
      "2027-03-31T12:00",
      "2027-04-07T12:00",
    ]);
    expect(nth(dates, 0).end - nth(dates, 0).start).toBe(3_600_000);
    expect(await findSeries(house.db, made.workspaceId, made.id)).toMatchObject({
      rule: { days: [3] },
      startsLocal: { date: "2027-02-03", minute: 840 },
      durationMinutes: 60,
      sequence: 2,
    });
    const calendar = await calendarFor(house, scene, ben.email);
    expect(calendar.size).toBe(1);
    expect(allStarts(calendar)).toEqual(startsOf(dates).sort());
    const claims = await house.db.meetingClaim.count({ where: { workspaceId: made.workspaceId } });
    expect(claims).toBe(20);
  });

  test("swap their times among each other without standing in each other's way", async ({
    house,
  }) => {
    const { made, ana } = await reviewed(house, { rule: "FREQ=DAILY;COUNT=10" });
    await edited(house, ana, {
      meeting: nth(made.dates, 0),
      scope: "all",
      input: { start: "2027-02-03T08:00:00Z", end: "2027-02-03T08:45:00Z" },
    });
    const dates = await again(house, made);
    expect(startsOf(dates)[0]).toBe("2027-02-03T08:00");
    expect(startsOf(dates).at(-1)).toBe("2027-02-12T08:00");
    expect(new Set(dates.map(({ id }) => id))).toEqual(new Set(made.dates.map(({ id }) => id)));
  });

  test("that are over stay as they were: the series is cut at the first to come", async ({
    house,
  }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    const later = { ...house, now: () => at("2027-02-20T08:00:00Z") };
    const { continued, after } = await edited(later, ana, {
      meeting: nth(made.dates, 5),
      scope: "all",
      input: { start: "2027-03-09T09:00:00Z", end: "2027-03-09T09:45:00Z" },
    });
    expect(continued).toMatchObject({ continuesId: made.id, sequence: 0 });
    expect(continued?.uid).not.toBe(after.uid);
    const old = await again(house, made);
    expect(startsOf(old)).toEqual(everyTuesday.slice(0, 3));
    const moved = await listSeriesMeetings(house.db, made.workspaceId, continued?.id ?? "");
    expect(startsOf(moved)[0]).toBe("2027-02-23T09:00");
    expect(moved).toHaveLength(7);
    const calendar = await calendarFor(house, scene, ben.email);
    expect(calendar.get(after.uid)).toEqual(everyTuesday.slice(0, 3));
    expect(calendar.get(continued?.uid ?? "")).toEqual(startsOf(moved));
  });

  test("repeat otherwise: dates of the same day are kept, others end or are made", async ({
    house,
  }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    await edited(house, ana, {
      meeting: nth(made.dates, 0),
      scope: "all",
      input: {},
      repeat: repeatInput.parse({
        rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6",
        zone: "Europe/Berlin",
      }),
    });
    const dates = await again(house, made);
    expect(startsOf(live(dates))).toEqual([
      "2027-02-02T08:00",
      "2027-02-04T08:00",
      "2027-02-16T08:00",
      "2027-02-18T08:00",
      "2027-03-02T08:00",
      "2027-03-04T08:00",
    ]);
    expect(nth(live(dates), 2).id).toBe(nth(made.dates, 2).id);
    const calendar = await calendarFor(house, scene, ben.email);
    expect(allStarts(calendar)).toEqual(startsOf(live(dates)));
    const claims = await house.db.meetingClaim.count({ where: { workspaceId: made.workspaceId } });
    expect(claims).toBe(12);
  });

  test("get other people: who came is invited to all, who left is taken out of all", async ({
    house,
  }) => {
    const scene = await reviewed(house);
    const { made, ana, ben, cleo } = scene;
    await edited(house, ana, {
      meeting: nth(made.dates, 0),
      scope: "all",
      input: { people: [{ userId: cleo.id }] },
    });
    const mails = await mailsOf(house, scene.workspaceId);
    expect(mails.map(({ to, event }) => [to, event]).sort()).toEqual(
      [
        [ana.email, "confirmed"],
        [ana.email, "updated"],
        [ben.email, "confirmed"],
        [ben.email, "removed"],
        [cleo.email, "confirmed"],
      ].sort(),
    );
    expect(allStarts(await calendarFor(house, scene, ben.email))).toEqual([]);
    expect(allStarts(await calendarFor(house, scene, cleo.email))).toEqual(everyTuesday);
  });

  test("that clash are named, and nothing is changed", async ({ house }) => {
    const { made, ana, ben } = await reviewed(house);
    await makeSingle(house, ben, ["2027-03-16T12:30:00Z", "2027-03-16T13:30:00Z"]);
    const asked = {
      actor: memberOf(ana),
      meeting: nth(made.dates, 0),
      scope: "all" as const,
      input: meetingChanges.parse({
        start: "2027-02-02T13:00:00Z",
        end: "2027-02-02T13:45:00Z",
      }),
    };
    const preview = await previewSeriesEdit(asked, house);
    const clash = { at: at("2027-03-16T13:00:00Z"), conflicts: [{ name: "Ben Ode" }] };
    expect(preview).toMatchObject({ ok: true, value: { clashes: [clash] } });
    expect(await editSeries(asked, house)).toMatchObject({
      ok: false,
      refusal: { reason: "conflict", dates: [clash] },
    });
    expect(await again(house, made)).toEqual(made.dates);
    const result = await editSeries(
      { ...asked, choices: [{ at: at("2027-03-16T13:00:00Z"), do: "skip" }] },
      house,
    );
    expect(result.ok).toBe(true);
    expect(live(await again(house, made))).toHaveLength(9);
  });

  test("are changed by one of two editors; the other learns of it", async ({ house }) => {
    const { made, ana } = await reviewed(house);
    const ask = (subject: string) =>
      editSeries(
        {
          actor: memberOf(ana),
          meeting: nth(made.dates, 0),
          version: 1,
          scope: "all",
          input: meetingChanges.parse({ subject }),
        },
        house,
      );
    const results = await Promise.all([ask("One"), ask("Two")]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({
      refusal: { reason: "changed-meanwhile" },
    });
    const subjects = new Set((await again(house, made)).map(({ subject }) => subject));
    expect(subjects.size).toBe(1);
  });

  test("are changed by those who may edit them", async ({ house }) => {
    const { made, ben } = await reviewed(house);
    const actor = memberOf(ben);
    const asked = { actor, meeting: nth(made.dates, 0), scope: "all" as const };
    await expect(editSeries({ ...asked, input: { subject: "Mine" } }, house)).rejects.toThrow(
      AccessDenied,
    );
    await expect(cancelSeries({ ...asked, reason: "No" }, house)).rejects.toThrow(AccessDenied);
    await expect(confirmSeries(asked, house)).rejects.toThrow(AccessDenied);
    expect(await again(house, made)).toEqual(made.dates);
  });

  test("changed by a manager stand in the audit log once", async ({ house }) => {
    const { made, cleo, workspaceId } = await reviewed(house);
    await editSeries(
      {
        actor: memberOf(cleo, ["meeting_manager"]),
        meeting: nth(made.dates, 0),
        scope: "all",
        input: { subject: "Managed" },
      },
      house,
    );
    const entries = await house.db.auditEntry.findMany({ where: { workspaceId } });
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ["meeting.edit (override)", made.id],
    ]);
  });
});

describe("this date and those after it", () => {
  test("go their own way under a new UID, and the earlier ones end", async ({ house }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    const { after, continued } = await edited(house, ana, {
      meeting: nth(made.dates, 6),
      scope: "following",
      input: { subject: "Second half" },
    });
    expect(startsOf(await again(house, made))).toEqual(everyTuesday.slice(0, 6));
    const rest = await listSeriesMeetings(house.db, made.workspaceId, continued?.id ?? "");
    expect(startsOf(rest)).toEqual(everyTuesday.slice(6));
    expect(rest.every(({ subject }) => subject === "Second half")).toBe(true);
    expect(continued).toMatchObject({ rule: { end: { kind: "count", count: 4 } } });
    const calendar = await calendarFor(house, scene, ben.email);
    expect(calendar.get(after.uid)).toEqual(everyTuesday.slice(0, 6));
    expect(calendar.get(continued?.uid ?? "")).toEqual(everyTuesday.slice(6));
    // One mail for each of the two series.
    const toBen = (await mailsOf(house, scene.workspaceId)).filter(({ to }) => to === ben.email);
    expect(toBen).toHaveLength(3);
  });

  test("withdrawn end the series in one mail; the earlier ones stay", async ({ house }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    const result = await cancelSeries(
      {
        actor: memberOf(ana),
        meeting: nth(made.dates, 4),
        scope: "following",
        reason: "Project over",
      },
      house,
    );
    expect(result.ok).toBe(true);
    const dates = await again(house, made);
    expect(startsOf(live(dates))).toEqual(everyTuesday.slice(0, 4));
    const toBen = (await mailsOf(house, scene.workspaceId)).filter(({ to }) => to === ben.email);
    expect(toBen.map(({ event }) => event)).toEqual(["confirmed", "cancelled"]);
    expect(toBen[1]?.mail.ics?.method).toBe("REQUEST");
    expect(toBen[1]?.mail.ics?.content).toContain("STATUS:CONFIRMED");
    expect(toBen[1]?.mail.text).toContain("The dates before this one stay.");
    expect(allStarts(await calendarFor(house, scene, ben.email))).toEqual(everyTuesday.slice(0, 4));
    const claims = await house.db.meetingClaim.count({ where: { workspaceId: made.workspaceId } });
    expect(claims).toBe(8);
  });
});

describe("a whole series", () => {
  test("is withdrawn in one mail for each reader, and its time is free", async ({ house }) => {
    const scene = await reviewed(house);
    const { made, ana, ben } = scene;
    const result = await cancelSeries(
      { actor: memberOf(ana), meeting: nth(made.dates, 3), scope: "all", reason: "Done" },
      house,
    );
    expect(result.ok).toBe(true);
    const toBen = (await mailsOf(house, scene.workspaceId)).filter(({ to }) => to === ben.email);
    expect(toBen.map(({ event }) => event)).toEqual(["confirmed", "cancelled"]);
    expect(toBen[1]?.mail.ics?.method).toBe("CANCEL");
    expect(await calendarFor(house, scene, ben.email)).toEqual(new Map());
    const where = { workspaceId: made.workspaceId };
    expect(await house.db.meetingClaim.count({ where })).toBe(0);
    expect(await house.db.task.count({ where: { ...where, doneAt: null } })).toBe(0);
    await makeSingle(house, ben, ["2027-02-09T08:00:00Z", "2027-02-09T09:00:00Z"]);
  });

  test("is confirmed at once, or not at all", async ({ house }) => {
    const scene = await seriesScene(house);
    const { ana, ben } = scene;
    const made = await makeTestSeries(
      house,
      ana,
      { meeting: { people: [{ userId: ben.id }] } },
      false,
    );
    const busy = await makeSingle(house, ben, ["2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"]);
    const asked = { actor: memberOf(ana), meeting: nth(made.dates, 0) };
    expect(await confirmSeries(asked, house)).toMatchObject({
      ok: false,
      refusal: { reason: "conflict", dates: [{ at: at("2027-03-02T08:00:00Z") }] },
    });
    expect(await again(house, made)).toEqual(made.dates);
    await cancelMeeting({ actor: memberOf(ben), meeting: busy, reason: "Free again" }, house);
    expect(await confirmSeries(asked, house)).toMatchObject({ ok: true });
    expect((await again(house, made)).every(({ state }) => state === "confirmed")).toBe(true);
    expect(allStarts(await calendarFor(house, scene, ben.email))).toEqual(everyTuesday);
    expect(await confirmSeries(asked, house)).toMatchObject({
      refusal: { reason: "not-changeable" },
    });
  });
});
