import { expect, test } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import { availabilityPolicy, editsAsOverride, hasAvailability, seesEverybody } from "./policy";

const here = "workspace-1" as WorkspaceId;
const ana = "ana" as UserId;
const owner = { workspaceId: here, userId: ana };

const member = (userId: string, groups: readonly Group[], workspaceId: string = here): Actor => ({
  kind: "member",
  userId: userId as UserId,
  workspaceId: workspaceId as WorkspaceId,
  name: userId,
  groups,
});
const guest: Actor = {
  kind: "guest",
  workspaceId: here,
  meetingId: "m" as MeetingId,
  name: "Mika",
};

const both = ["availability.read", "availability.edit"];

test.each([
  ["the host themselves", member("ana", ["meeting_user"]), both],
  ["a meeting manager", member("mei", ["meeting_manager"]), both],
  ["an admin", member("noor", ["admin"]), both],
  ["another host", member("kenji", ["meeting_user"]), []],
  ["a host who lost the group", member("ana", ["crm_user"]), []],
  ["a sales manager", member("arif", ["crm_manager"]), []],
  ["somebody without groups", member("ana", []), []],
  ["the manager of another workspace", member("mei", ["meeting_manager"], "workspace-2"), []],
  ["the same id in another workspace", member("ana", ["meeting_user"], "workspace-2"), []],
  ["a guest", guest, []],
  ["a job", { kind: "system", workspaceId: here } as const, []],
  ["nobody", { kind: "anonymous" } as const, []],
] as const)("%s may with Ana’s hours", (_who, actor, may) => {
  expect(availabilityPolicy.permitted(actor, owner)).toEqual(may);
});

test("a manager's change is an override exactly when the hours are somebody else's", () => {
  expect(editsAsOverride(member("mei", ["meeting_manager"]), owner)).toBe(true);
  expect(editsAsOverride(member("ana", ["meeting_manager"]), owner)).toBe(false);
  expect(editsAsOverride(member("ana", ["meeting_user"]), owner)).toBe(false);
});

test("hosts have hours, managers see everybody's, people of sales have none", () => {
  expect(hasAvailability(member("ana", ["meeting_user"]))).toBe(true);
  expect(hasAvailability(member("arif", ["crm_user", "crm_manager"]))).toBe(false);
  expect(seesEverybody(member("ana", ["meeting_user"]))).toBe(false);
  expect(seesEverybody(member("mei", ["meeting_manager"]))).toBe(true);
});
