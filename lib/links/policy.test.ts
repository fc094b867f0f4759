import { expect, test } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { linkPolicy, seesAllLinks, seesLinks } from "./policy";

const member = (userId: string, groups: readonly Group[], workspaceId = "here"): Actor => ({
  kind: "member",
  userId: userId as UserId,
  workspaceId: workspaceId as WorkspaceId,
  name: userId,
  groups,
});

const LINK = { workspaceId: "here", ownerId: "owner", hostIds: ["host", "colleague"] };
const RUNS = ["link.read", "link.edit", "link.create"];

test.each([
  ["its owner", member("owner", ["meeting_user"]), RUNS],
  ["one of its hosts", member("colleague", ["meeting_user"]), RUNS],
  ["another host", member("other", ["meeting_user"]), ["link.create"]],
  ["a meeting manager", member("other", ["meeting_manager"]), RUNS],
  ["an admin", member("other", ["admin"]), RUNS],
  ["its owner who may no longer have meetings", member("owner", ["crm_user"]), []],
  ["a sales manager", member("other", ["crm_manager"]), []],
  ["an admin of another workspace", member("owner", ["admin"], "elsewhere"), []],
  ["nobody", { kind: "anonymous" } as Actor, []],
  ["the house itself", { kind: "system", workspaceId: "here" as WorkspaceId } as Actor, []],
])("%s may do exactly this with a link", (_who, actor, may) => {
  expect(linkPolicy.permitted(actor, LINK)).toEqual(may);
});

test("the pages of links exist for hosts, and everybody's links for those who manage", () => {
  expect(seesLinks(member("x", ["meeting_user"]))).toBe(true);
  expect(seesLinks(member("x", ["crm_manager"]))).toBe(false);
  expect(seesAllLinks(member("x", ["meeting_user"]))).toBe(false);
  expect(seesAllLinks(member("x", ["meeting_manager"]))).toBe(true);
});
