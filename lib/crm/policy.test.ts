import { expect, test } from "vitest";
import type { Actor, Group, Member } from "@/lib/access/actor";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import type { CrmScope } from "./core/scope";
import { crmPolicy, leadPolicy } from "./policy";

const HERE = "here" as WorkspaceId;

const member = (group: Group, userId = "me", workspaceId = HERE): Member => ({
  kind: "member",
  userId: userId as UserId,
  workspaceId,
  name: "Ana Lim",
  groups: [group],
});

const scopeOf = (kind: CrmScope["kind"], userId = "me"): CrmScope => ({
  workspaceId: HERE,
  userId,
  kind,
  teams: [{ id: "north", name: "North" }],
});

const DEALS = {
  mine: { workspaceId: HERE, ownerId: "me", teamId: "south" },
  "of my team": { workspaceId: HERE, ownerId: "other", teamId: "north" },
  "nobody's in my team": { workspaceId: HERE, ownerId: null, teamId: "north" },
  "of another team": { workspaceId: HERE, ownerId: "other", teamId: "south" },
} as const;

const ACTS = ["read", "change", "log", "take", "assign", "merge", "delete"] as const;

/** Everything somebody may do to a deal, in one line. */
const allowed = (actor: Actor, scope: CrmScope | null, deal: keyof typeof DEALS): string =>
  ACTS.filter((act) => leadPolicy.can(actor, `lead.${act}`, { ...DEALS[deal], scope })).join(" ");

const EVERYTHING = ACTS.join(" ");

test.each([
  ["crm_user", "own", "mine", "read change log take merge"],
  ["crm_user", "own", "of my team", ""],
  ["crm_user", "own", "nobody's in my team", ""],
  ["crm_user", "own", "of another team", ""],
  ["crm_user", "team", "mine", "read change log take merge"],
  ["crm_user", "team", "of my team", "read log"],
  ["crm_user", "team", "nobody's in my team", "read log take"],
  ["crm_user", "team", "of another team", ""],
  ["crm_user", "all", "of another team", "read log"],
  ["crm_user", "all", "nobody's in my team", "read log take"],
  ["crm_manager", "all", "mine", EVERYTHING],
  ["crm_manager", "all", "of another team", EVERYTHING],
  ["admin", "all", "of another team", EVERYTHING],
  ["meeting_user", "all", "mine", ""],
  ["meeting_manager", "all", "mine", ""],
] as const)("a %s who sees %s, with a deal %s: %s", (group, kind, deal, expected) => {
  expect(allowed(member(group), scopeOf(kind), deal)).toBe(expected);
});

test("nobody sees with somebody else's scope, without one, or in another workspace", () => {
  expect(allowed(member("admin"), scopeOf("all", "other"), "mine")).toBe("");
  expect(allowed(member("admin"), null, "mine")).toBe("");
  expect(allowed(member("admin", "me", "there" as WorkspaceId), scopeOf("all"), "mine")).toBe("");
});

test("guests do nothing, and the house what it must", () => {
  const guest: Actor = {
    kind: "guest",
    workspaceId: HERE,
    meetingId: "m" as MeetingId,
    name: "Guest",
  };
  expect(allowed(guest, scopeOf("all"), "mine")).toBe("");
  const house: Actor = { kind: "system", workspaceId: HERE };
  expect(allowed(house, null, "of another team")).toBe("read change log take assign merge");
});

test.each([
  ["admin", "crm.use crm.configure crm.import crm.target"],
  ["crm_manager", "crm.use crm.configure crm.import crm.target"],
  ["crm_user", "crm.use"],
  ["meeting_manager", ""],
  ["meeting_user", ""],
] as const)("a %s may %s", (group, expected) => {
  const may = (actor: Actor) =>
    crmPolicy
      .permitted(actor, { workspaceId: HERE })
      .filter((one) => ["crm.use", "crm.configure", "crm.import", "crm.target"].includes(one))
      .join(" ");
  expect(may(member(group))).toBe(expected);
  expect(may(member(group, "me", "there" as WorkspaceId))).toBe("");
});
