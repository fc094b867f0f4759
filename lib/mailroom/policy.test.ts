import { expect, test } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { mailroomPolicy } from "./policy";

const member = (...groups: Group[]): Member => ({
  kind: "member",
  userId: "u" as UserId,
  workspaceId: "w" as WorkspaceId,
  name: "Ana Lim",
  groups,
});

test.each([
  ["an admin", member("admin"), ["mail.words", "mail.deliveries", "mail.suppressions"]],
  ["a meeting manager", member("meeting_manager"), ["mail.words", "mail.deliveries"]],
  ["a host", member("meeting_user"), []],
  ["a sales manager", member("crm_manager"), []],
  ["nobody", { kind: "anonymous" } as const, []],
])("%s may do exactly this with the workspace's mail", (_, actor, permitted) => {
  expect(mailroomPolicy.permitted(actor, { workspaceId: "w" })).toEqual(permitted);
  expect(mailroomPolicy.permitted(actor, { workspaceId: "another" })).toEqual([]);
});
