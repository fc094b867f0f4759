import { expect, test } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import type { MeetingFacts } from "./core/meeting";
import { actsAsOverride, mayHost, meetingPolicy, systemActor } from "./policy";

const here = "workspace-1" as WorkspaceId;
const elsewhere = "workspace-2" as WorkspaceId;
const [host, creator, coHost, colleague, stranger] = [
  "host",
  "creator",
  "co-host",
  "colleague",
  "stranger",
].map((name) => name as UserId) as [UserId, UserId, UserId, UserId, UserId];

const member = (
  userId: UserId,
  groups: readonly Group[] = ["meeting_user"],
  workspaceId = here,
): Actor => ({
  kind: "member",
  userId,
  workspaceId,
  name: userId,
  groups,
});

const guest = (meetingId: string, workspaceId = here): Actor => ({
  kind: "guest",
  workspaceId,
  meetingId: meetingId as MeetingId,
  name: "Mika",
});

const meeting = (visibility: "public" | "private" = "public"): MeetingFacts => ({
  workspaceId: here,
  id: "meeting-1" as MeetingId,
  hostId: host,
  creatorId: creator,
  visibility,
  memberIds: [host, colleague, coHost],
  coHostIds: [coHost],
});

const runs = [
  "meeting.read",
  "meeting.edit",
  "meeting.confirm",
  "meeting.decline",
  "meeting.cancel",
  "meeting.reschedule",
  "meeting.close",
  "meeting.resend",
];
const partOfIt = ["meeting.read", "meeting.answer", "meeting.propose"];
const runsAndTakesPart = [...runs, "meeting.answer", "meeting.propose"];
const withHandOver = [...runs.slice(0, -1), "meeting.hand-over", "meeting.resend"];
const ofJobs = ["meeting.expire", "meeting.summarise"];
const ownBooking = ["booking.read", "booking.reschedule", "booking.cancel", "invitation.answer"];

test.each([
  ["its host", member(host), runsAndTakesPart, runsAndTakesPart],
  ["its creator", member(creator), runs, runs],
  ["its co-host", member(coHost), runsAndTakesPart, runsAndTakesPart],
  ["a meeting manager", member(stranger, ["meeting_manager"]), runs, runs],
  ["an admin", member(stranger, ["admin"]), withHandOver, withHandOver],
  ["a colleague who takes part", member(colleague), partOfIt, partOfIt],
  ["another host", member(stranger), ["meeting.read"], []],
  ["a sales person", member(stranger, ["crm_user"]), [], []],
  ["a sales manager", member(stranger, ["crm_manager"]), [], []],
  ["a host who lost the group", member(host, ["crm_user"]), partOfIt, partOfIt],
  ["somebody without groups", member(stranger, []), [], []],
  ["the admin of another workspace", member(host, ["admin"], elsewhere), [], []],
  ["its guest", guest("meeting-1"), ownBooking, ownBooking],
  ["the guest of another meeting", guest("meeting-2"), [], []],
  ["a guest of another workspace", guest("meeting-1", elsewhere), [], []],
  ["a job of this workspace", systemActor(here), ofJobs, ofJobs],
  ["nobody", { kind: "anonymous" } as const, [], []],
] as const)("%s may", (_who, actor, publicMeeting, privateMeeting) => {
  expect(meetingPolicy.permitted(actor, meeting())).toEqual(publicMeeting);
  expect(meetingPolicy.permitted(actor, meeting("private"))).toEqual(privateMeeting);
});

test("a manager's act is an override exactly when it is not their own meeting", () => {
  expect(actsAsOverride(member(stranger, ["meeting_manager"]), meeting())).toBe(true);
  expect(actsAsOverride(member(host, ["meeting_manager"]), meeting())).toBe(false);
  expect(actsAsOverride(member(host), meeting())).toBe(false);
});

test("people of sales do not host", () => {
  expect(mayHost(member(stranger, ["crm_manager"]))).toBe(false);
  expect(mayHost(guest("meeting-1"))).toBe(false);
  expect(mayHost(member(stranger))).toBe(true);
});

test("a refused authorisation names the permission and gives no grant", () => {
  expect(() => meetingPolicy.authorize(member(stranger), "meeting.cancel", meeting())).toThrow(
    "meeting.cancel",
  );
});

test("whoever may not cancel is told in the agreed words", () => {
  let words = "";
  try {
    meetingPolicy.authorize(member(stranger), "meeting.cancel", meeting());
  } catch (error) {
    words = error instanceof AccessDenied ? error.words : "";
  }
  expect(words).toBe("Access Denied: Only creator/host can cancel");
});
