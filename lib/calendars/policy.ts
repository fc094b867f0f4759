import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";

/** Whose calendars. */
export type CalendarOwner = { readonly workspaceId: string; readonly userId: string };

/** Somebody's calendars elsewhere are theirs alone: not a manager's, and not an admin's. */
export const calendarsPolicy = definePolicy<CalendarOwner>()({
  "calendars.own": {
    when: (actor: Actor, { workspaceId, userId }) =>
      actor.kind === "member" && actor.workspaceId === workspaceId && actor.userId === userId,
  },
});

export type CalendarsGrant = Grant<"calendars.own", CalendarOwner>;

/** How the audit log names whoever holds the grant. */
export function auditedAs({ actor }: CalendarsGrant): {
  readonly actor: "user" | "system";
  readonly userId: string | null;
  readonly actorName: string;
} {
  if (actor.kind !== "member") return { actor: "system", userId: null, actorName: "system" };
  return { actor: "user", userId: actor.userId, actorName: actor.name };
}
