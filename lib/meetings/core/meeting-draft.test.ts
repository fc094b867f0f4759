import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "@/lib/testing/factories/meeting-row";
import { DAY_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { meetingChanges, meetingInput } from "../schema";
import type { DraftField, MeetingDraft } from "./meeting-draft";
import { changedFields, changesOf, duplicated, inputOf, mergeDrafts } from "./meeting-draft";

const zone = "Asia/Singapore" as TimeZone;
const id = (last: string) => `019a9f7e-0000-7abc-8def-00000000000${last}`;
const draft = (rest: Partial<MeetingDraft> = {}): MeetingDraft => ({
  subject: "Roadmap",
  host: { userId: id("1"), name: "Ana Lim", zone, photoId: null },
  start: instant("2026-11-24T02:00:00Z"),
  end: instant("2026-11-24T03:00:00Z"),
  people: [{ userId: id("2"), name: "Lena", zone, photoId: null, required: true, coHost: false }],
  guests: [{ name: "Lukas", email: "lukas@halden.example", zone, locale: "de" }],
  rooms: [{ id: id("3"), name: "Orchid", location: "Singapore", zone, capacity: 4 }],
  virtualRoomId: null,
  place: null,
  agenda: "",
  attachments: [],
  reminderMinutes: null,
  visibility: "public",
  sharesList: false,
  ...rest,
});

test("a draft is what the making and the changing of meetings take", () => {
  expect(meetingInput.safeParse(inputOf(draft())).success).toBe(true);
  const after = draft({ subject: "Plan", rooms: [], place: { kind: "phone", detail: "+65 1" } });
  const changes = changesOf(draft(), after);
  expect(changes).toEqual({
    subject: "Plan",
    roomIds: [],
    place: { kind: "phone", detail: "+65 1" },
  });
  expect(meetingChanges.safeParse(changes).success).toBe(true);
});

test("a name that is only shown is no change; a moved meeting names both of its ends", () => {
  const renamed = draft({ host: { userId: id("1"), name: "A. Lim", zone, photoId: null } });
  expect(changedFields(draft(), renamed)).toEqual([]);
  const later = draft({ end: instant("2026-11-24T04:00:00Z") });
  expect(changesOf(draft(), later)).toEqual({
    start: "2026-11-24T02:00:00.000Z",
    end: "2026-11-24T04:00:00.000Z",
  });
});

const variants: readonly Partial<MeetingDraft>[] = [
  { subject: "Other" },
  { subject: "Third" },
  { agenda: "Points" },
  { rooms: [] },
  { visibility: "private" },
  { guests: [] },
  { reminderMinutes: [60] },
];
const anyDraft = fc
  .subarray([...variants])
  .map((parts) => draft(Object.assign({}, ...parts) as Partial<MeetingDraft>));

test("of two people's changes nothing is lost that only one of them made, and every clash is named", () => {
  fc.assert(
    fc.property(anyDraft, anyDraft, (mine, theirs) => {
      const base = draft();
      const { merged, clashes } = mergeDrafts(base, mine, theirs);
      const changed = (to: MeetingDraft) => new Set<DraftField>(changedFields(base, to));
      const [byMe, byThem] = [changed(mine), changed(theirs)];
      const wrong = changedFields(base, merged).filter(
        (field) => !byMe.has(field) && !byThem.has(field),
      );
      expect(wrong).toEqual([]);
      // My own are kept, theirs where I did nothing.
      for (const field of byMe) expect(merged[field]).toEqual(mine[field]);
      for (const field of byThem)
        if (!byMe.has(field)) expect(merged[field]).toEqual(theirs[field]);
      const both = [...byMe].filter((field) => byThem.has(field));
      expect(both.filter((field) => changedFields(mine, theirs).includes(field)).sort()).toEqual(
        [...clashes].sort(),
      );
    }),
  );
});

test("a duplicate of a meeting that is over is at the same time of a week to come", () => {
  const now = instant("2026-12-10T00:00:00Z");
  const again = duplicated(draft(), now);
  expect(again.start).toBeGreaterThan(now);
  expect((again.start - draft().start) % (7 * DAY_MS)).toBe(0);
  expect(again.end - again.start).toBe(draft().end - draft().start);
});
