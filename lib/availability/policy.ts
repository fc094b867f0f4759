import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { definePolicy } from "@/lib/access/policy";
import type { OwnerFacts } from "./core/schedule";

const isOwner = (actor: Actor, { workspaceId, userId }: OwnerFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  actor.userId === userId &&
  belongsTo(actor, "admin", "meeting_manager", "meeting_user");

const manages = (actor: Actor, { workspaceId }: OwnerFacts): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "meeting_manager");

const runsThem = (actor: Actor, owner: OwnerFacts): boolean =>
  isOwner(actor, owner) || manages(actor, owner);

/** A host runs their own hours; whoever manages meetings sees everybody's and changes them as a logged override. */
export const availabilityPolicy = definePolicy<OwnerFacts>()({
  "availability.read": { when: runsThem },
  "availability.edit": { when: runsThem },
});

/** True when only the right to manage lets this actor act: such an act is audited as an override. */
export const editsAsOverride = (actor: Actor, owner: OwnerFacts): boolean =>
  manages(actor, owner) && !isOwner(actor, owner);

/** Whether somebody has hours at all: hosts, and those who manage them. */
export const hasAvailability = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager", "meeting_user");

/** Whether somebody may look at other people's hours. */
export const seesEverybody = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager");

export type EditGrant<Owner extends OwnerFacts = OwnerFacts> = Grant<"availability.edit", Owner>;
