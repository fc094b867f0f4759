import type { Actor } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { definePolicy } from "@/lib/access/policy";
import type { CrmScope } from "./core/scope";
import { covers } from "./core/scope";

/** Whose lead, and what the one who asks may see. No scope: somebody without a part in sales, or the house itself. */
export type LeadFacts = {
  readonly workspaceId: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly scope: CrmScope | null;
};

const sells = (actor: Actor): boolean =>
  actor.kind === "member" && belongsTo(actor, "admin", "crm_manager", "crm_user");

const manages = (actor: Actor, { workspaceId }: { readonly workspaceId: string }): boolean =>
  actor.kind === "member" &&
  actor.workspaceId === workspaceId &&
  belongsTo(actor, "admin", "crm_manager");

const isHouse = (actor: Actor, { workspaceId }: { readonly workspaceId: string }): boolean =>
  actor.kind === "system" && actor.workspaceId === workspaceId;

const sees = (actor: Actor, lead: LeadFacts): boolean =>
  sells(actor) &&
  actor.kind === "member" &&
  actor.workspaceId === lead.workspaceId &&
  lead.scope !== null &&
  lead.scope.userId === actor.userId &&
  covers(lead.scope, lead);

const owns = (actor: Actor, lead: LeadFacts): boolean =>
  actor.kind === "member" && sees(actor, lead) && lead.ownerId === actor.userId;

const runs = (actor: Actor, lead: LeadFacts): boolean =>
  isHouse(actor, lead) || owns(actor, lead) || (manages(actor, lead) && sees(actor, lead));

const onlyOwner = "Only its owner or a sales manager can change this.";

/** Who may do what to a lead or an opportunity. `lead.change` is editing, moving, closing, converting, parking. */
export const leadPolicy = definePolicy<LeadFacts>()({
  "lead.read": { when: (actor, lead) => isHouse(actor, lead) || sees(actor, lead) },
  "lead.change": { when: runs, denied: onlyOwner },
  // Notes, calls and activities: whoever sees it may help.
  "lead.log": { when: (actor, lead) => isHouse(actor, lead) || sees(actor, lead) },
  // An unassigned one may be taken by whoever sees it.
  "lead.take": {
    when: (actor, lead) => runs(actor, lead) || (sees(actor, lead) && lead.ownerId === null),
    denied: onlyOwner,
  },
  // Giving it to somebody else.
  "lead.assign": {
    when: (actor, lead) => isHouse(actor, lead) || (manages(actor, lead) && sees(actor, lead)),
    denied: "Only a sales manager can give deals to others.",
  },
  "lead.merge": { when: runs, denied: onlyOwner },
  "lead.delete": {
    when: (actor, lead) => manages(actor, lead) && sees(actor, lead),
    denied: "Only a sales manager can delete deals.",
  },
});

type WorkspaceFacts = { readonly workspaceId: string };

/** Who may do what to the sales half as a whole. */
export const crmPolicy = definePolicy<WorkspaceFacts>()({
  "crm.use": {
    when: (actor, { workspaceId }) =>
      sells(actor) && actor.kind === "member" && actor.workspaceId === workspaceId,
  },
  "crm.configure": { when: manages },
  "crm.import": { when: (actor, facts) => manages(actor, facts) || isHouse(actor, facts) },
  "crm.target": { when: manages },
});

/** A company or a contact, and whether one who asks has to do with it: deals in their scope, and deals at all. */
export type PartyFacts = {
  readonly workspaceId: string;
  readonly deals: number;
  readonly dealsInScope: number;
};

/**
 * Companies and contacts belong to the workspace: whoever sells reads them all. They are changed by who has a deal with
 * them, by anybody while nobody has, and by those who manage sales.
 */
export const partyPolicy = definePolicy<PartyFacts>()({
  "party.read": {
    when: (actor, { workspaceId }) =>
      sells(actor) && actor.kind === "member" && actor.workspaceId === workspaceId,
  },
  "party.change": {
    when: (actor, facts) =>
      manages(actor, facts) ||
      (sells(actor) &&
        actor.kind === "member" &&
        actor.workspaceId === facts.workspaceId &&
        (facts.deals === 0 || facts.dealsInScope > 0)),
    denied: "Only who has a deal with them, or a sales manager, can change this.",
  },
  "party.delete": { when: manages, denied: "Only a sales manager can delete this." },
});
