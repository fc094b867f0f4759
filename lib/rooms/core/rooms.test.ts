import { expect, test } from "vitest";
import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { parseInstant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { roomPolicy, roomsPolicy, stateWhenTaken } from "../policy";
import { roomForm } from "../schema";
import type { RoomTimes } from "./free";
import { openSpans, whyTaken, whyUnfit } from "./free";
import { checkParts } from "./parts";

const at = (iso: string) => {
  const moment = parseInstant(iso);
  if (moment === undefined) throw new Error(iso);
  return moment;
};
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });

const room = (more: Partial<RoomTimes> = {}): RoomTimes => ({
  zone: "Europe/Berlin" as TimeZone,
  hours: [],
  closures: [],
  busy: [],
  setupMinutes: 0,
  cleanupMinutes: 0,
  ...more,
});
const WEEKDAYS = [1, 2, 3, 4, 5].map((day) => [day, 480, 1080] as const);

test("set-up and clean-up stand between two meetings in one room", () => {
  const after = room({
    setupMinutes: 10,
    cleanupMinutes: 15,
    // A meeting from 10 to 11 with its own buffers.
    busy: [[at("2026-11-18T09:50:00Z"), at("2026-11-18T11:15:00Z")]],
  });
  expect(whyTaken(after, span("2026-11-18T11:25:00Z", "2026-11-18T12:00:00Z"))).toBeUndefined();
  expect(whyTaken(after, span("2026-11-18T11:24:00Z", "2026-11-18T12:00:00Z"))).toEqual({
    kind: "taken",
    until: at("2026-11-18T11:15:00Z"),
  });
  expect(whyTaken(after, span("2026-11-18T09:00:00Z", "2026-11-18T09:35:00Z"))).toBeUndefined();
  expect(whyTaken(after, span("2026-11-18T09:00:00Z", "2026-11-18T09:36:00Z"))?.kind).toBe("taken");
});

test("what follows without a pause is taken until its end", () => {
  const busy = [
    [at("2026-11-18T10:00:00Z"), at("2026-11-18T11:00:00Z")],
    [at("2026-11-18T11:00:00Z"), at("2026-11-18T12:30:00Z")],
    [at("2026-11-18T14:00:00Z"), at("2026-11-18T15:00:00Z")],
  ] as const;
  expect(whyTaken(room({ busy }), span("2026-11-18T10:30:00Z", "2026-11-18T10:45:00Z"))).toEqual({
    kind: "taken",
    until: at("2026-11-18T12:30:00Z"),
  });
});

test("a room is open as its own clock says, also on the days the clock changes", () => {
  const daily = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, 0, 1440] as const);
  const night = span("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z");
  expect(openSpans(room({ hours: daily }), night)).toEqual([night]);
  // 08:00 to 18:00: an hour later by the sun from the last Sunday of October on.
  const open = (date: string) =>
    openSpans(room({ hours: WEEKDAYS }), span(`${date}T00:00:00Z`, `${date}T23:59:00Z`));
  expect(open("2026-10-23")).toEqual([span("2026-10-23T06:00:00Z", "2026-10-23T16:00:00Z")]);
  expect(open("2026-10-26")).toEqual([span("2026-10-26T07:00:00Z", "2026-10-26T17:00:00Z")]);
  const friday = whyTaken(
    room({ hours: WEEKDAYS }),
    span("2026-10-23T15:30:00Z", "2026-10-23T16:30:00Z"),
  );
  expect(friday).toEqual({ kind: "closed", opens: at("2026-10-26T07:00:00Z") });
  expect(
    whyTaken(room({ hours: WEEKDAYS }), span("2026-10-26T07:00:00Z", "2026-10-26T17:00:00Z")),
  ).toBeUndefined();
});

test("a closure says until when, and why", () => {
  const closures = [
    { from: at("2026-11-18T00:00:00Z"), to: at("2026-11-19T00:00:00Z"), note: "Display repair" },
  ];
  expect(
    whyTaken(room({ closures }), span("2026-11-18T10:00:00Z", "2026-11-18T11:00:00Z")),
  ).toEqual({
    kind: "out-of-service",
    until: at("2026-11-19T00:00:00Z"),
    note: "Display repair",
  });
});

test("the first thing a room lacks is said", () => {
  const face = { capacity: 4, equipment: ["Video bar"], location: "Tokyo" };
  expect(whyUnfit(face, {})).toBeUndefined();
  expect(
    whyUnfit(face, { people: 4, equipment: ["VIDEO BAR"], location: "Tokyo" }),
  ).toBeUndefined();
  expect(whyUnfit(face, { people: 5, equipment: ["Phone"], location: "Berlin" })).toEqual({
    kind: "elsewhere",
  });
  expect(whyUnfit(face, { people: 5, equipment: ["Phone"] })).toEqual({
    kind: "too-small",
    capacity: 4,
  });
  expect(whyUnfit(face, { equipment: ["Phone", "Video bar"] })).toEqual({
    kind: "lacks",
    equipment: ["Phone"],
  });
});

test("joined rooms are one step deep, at one place, and no room is part of itself", () => {
  const known = (
    id: string,
    partIds: string[] = [],
    wholeIds: string[] = [],
    location = "Berlin",
  ) => ({ id, partIds, wholeIds, location });
  const rooms = [
    known("left", [], ["both"]),
    known("right", [], ["both"]),
    known("both", ["left", "right"]),
    known("loft"),
    known("far", [], [], "Tokyo"),
  ];
  const check = (id: string | undefined, parts: string[]) =>
    checkParts({ id, location: "Berlin" }, parts, rooms);
  expect(check("both", ["left", "right"])).toBeUndefined();
  expect(check(undefined, ["left", "loft"])).toBeUndefined();
  expect(check("both", [])).toBeUndefined();
  expect(check("both", ["both"])).toBe("part-of-itself");
  expect(check("loft", ["both"])).toBe("part-is-made-of-parts");
  expect(check("left", ["loft"])).toBe("whole-is-a-part");
  expect(check("loft", ["far"])).toBe("no-such-part");
  expect(check("loft", ["gone"])).toBe("no-such-part");
});

const member = (groups: Member["groups"], id = "u1", workspace = "w"): Member => ({
  kind: "member",
  userId: id as UserId,
  workspaceId: workspace as WorkspaceId,
  name: "Somebody",
  groups,
});

const facts = (more: object = {}) => ({
  workspaceId: "w",
  bookingGroups: [],
  keeperId: null,
  ...more,
});

test.each([
  ["a host", member(["meeting_user"]), ["room.read", "room.book"], false],
  ["a manager", member(["meeting_manager"]), ["room.read", "room.book", "room.approve"], true],
  ["an admin", member(["admin"]), ["room.read", "room.book", "room.approve"], true],
  ["a sales person", member(["crm_user"]), [], false],
  ["another workspace's admin", member(["admin"], "u1", "x"), [], false],
  ["a job", { kind: "system", workspaceId: "w" as WorkspaceId } as const, [], false],
])("%s may with a room what is theirs", (_who, actor, permitted, manages) => {
  expect(roomPolicy.permitted(actor, facts())).toEqual(permitted);
  expect(roomsPolicy.can(actor, "rooms.manage", { workspaceId: "w" })).toBe(manages);
});

test("a room of a group is booked by its members, its keeper and managers; only keeper and managers settle it", () => {
  const kept = facts({ bookingGroups: ["crm_manager"], keeperId: "k" });
  const needs = { ...kept, needsApproval: true };
  expect(roomPolicy.can(member(["meeting_user"]), "room.book", kept)).toBe(false);
  expect(roomPolicy.can(member(["meeting_user", "crm_manager"]), "room.book", kept)).toBe(true);
  expect(roomPolicy.can(member(["meeting_user"], "k"), "room.book", kept)).toBe(true);
  expect(stateWhenTaken(member(["meeting_user", "crm_manager"]), needs)).toBe("asked");
  expect(stateWhenTaken(member(["meeting_user"], "k"), needs)).toBe("approved");
  expect(stateWhenTaken(member(["meeting_manager"]), needs)).toBe("approved");
  expect(stateWhenTaken(member(["meeting_user"]), { ...facts(), needsApproval: false })).toBe(
    "approved",
  );
});

const typed = (more: object = {}) => ({
  name: " Merlion ",
  location: "Singapore",
  capacity: "12",
  setupMinutes: "0",
  cleanupMinutes: "10",
  releaseMinutes: "10",
  equipment: "Video bar, video BAR ,Screen,",
  active: "on",
  ...more,
});

test("a room's form becomes its settings: hours by day, words once each, a night in two rows", () => {
  const parsed = roomForm.parse(
    typed({ hours1: "9-12, 13-18", hours6: "22:00-02:00", bookingGroups: "admin" }),
  );
  expect(parsed.settings).toMatchObject({
    name: "Merlion",
    capacity: 12,
    equipment: ["Video bar", "Screen"],
    active: true,
    needsApproval: false,
    bookingGroups: ["admin"],
    hours: [
      [0, 0, 120],
      [1, 540, 720],
      [1, 780, 1080],
      [6, 1320, 1440],
    ],
  });
});

test.each([
  ["capacity", { capacity: "0" }],
  ["capacity", { capacity: "twelve" }],
  ["name", { name: "  " }],
  ["hours3", { hours3: "when it suits" }],
  ["bookingGroups.0", { bookingGroups: "owners" }],
  ["releaseMinutes", { releaseMinutes: "0" }],
])("a mistake is said at its field: %s", (field, wrong) => {
  const parsed = roomForm.safeParse(typed(wrong));
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
});
