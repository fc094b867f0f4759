import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";

/** Whose link it is. A link that is about to be made has no hosts yet. */
export type LinkFacts = {
  readonly workspaceId: string;
  readonly ownerId: string | null;
  readonly hostIds: readonly string[];
};

const isHere = (actor: Actor, link: LinkFacts): boolean =>
  actor.kind === "member" && actor.workspaceId === link.workspaceId;

const managesLinks = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager");

const mayHaveLinks = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "meeting_manager", "meeting_user");

const isTheirs = (actor: Actor, { ownerId, hostIds }: LinkFacts): boolean =>
  actor.kind === "member" && (actor.userId === ownerId || hostIds.includes(actor.userId));

const runsIt = (actor: Actor, link: LinkFacts): boolean =>
  isHere(actor, link) && (managesLinks(actor) || (mayHaveLinks(actor) && isTheirs(actor, link)));

/** Links are the business of who owns or hosts them, and of those who manage meetings. */
export const linkPolicy = definePolicy<LinkFacts>()({
  "link.read": { when: runsIt },
  "link.edit": { when: runsIt },
  "link.create": { when: (actor, link) => isHere(actor, link) && mayHaveLinks(actor) },
});

/** Whether the pages of links exist for somebody. */
export const seesLinks = mayHaveLinks;

/** Whether somebody sees everybody's links, and may ask for one person's. */
export const seesAllLinks = managesLinks;
