import { randomUUID } from "node:crypto";
import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { newToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { NEW_LINK } from "../core/link-settings";
import { linkPolicy } from "../policy";
import { findOwnHours } from "../reads/own-hours";
import type { StoredLink } from "../reads/settings";
import type { LinkDraft } from "../schema";
import { insertLink } from "../writes";
import type { FieldProblems } from "./check-settings";
import { checkSettings } from "./check-settings";
import { getVisibleLink } from "./get-link";

export type NewLink = { readonly id: string; readonly token: string };

export type CreateRefusal =
  /** Nobody can be met: the person has no schedule to offer. */
  | { readonly reason: "no-schedule" }
  /** The link it was to be like can no longer be used as it is. */
  | { readonly reason: "invalid"; readonly fields: FieldProblems };

/** The settings of a link for another one: an address and places of its own. */
const copied = (link: StoredLink, change: Partial<LinkDraft>): LinkDraft => ({
  ...link.settings,
  places: link.settings.places.map((place) => ({ ...place, id: randomUUID() })),
  active: true,
  token: newToken(),
  ...change,
});

type Making = {
  readonly actor: Member;
  readonly settings: LinkDraft;
  readonly parentId: string | null;
  readonly action: "link.create" | "link.duplicate" | "link.one-off";
  readonly hostIds: readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
};

async function make(
  tx: Transaction,
  making: Making,
  deps: Deps,
): Promise<Result<NewLink, CreateRefusal>> {
  const { actor, settings, parentId, action, hostIds } = making;
  const { workspaceId, userId } = actor;
  const grant = linkPolicy.authorize(actor, "link.create", {
    workspaceId,
    ownerId: userId,
    hostIds: [],
  });
  const { token } = settings;
  const checked = await checkSettings(tx, { workspaceId, token, hostIds }, settings);
  if (!checked.ok) return refuse({ reason: "invalid", fields: checked.refusal });
  const id = newId();
  const at = deps.now();
  await insertLink(tx, grant, { id, settings: checked.value, parentId }, at);
  await appendAudit(tx, deps.keys, {
    workspaceId,
    at,
    actor: "user",
    userId,
    actorName: actor.name,
    action,
    subject: id,
    details: making.details ?? {},
  });
  return ok({ id, token });
}

/**
 * A link of one's own under an address nobody can guess: an hour with its maker, six days ahead, asked for first.
 * Owned by whoever makes it.
 */
export async function createLink(
  { actor, name }: { readonly actor: Member; readonly name: string },
  deps: Deps,
): Promise<Result<NewLink, CreateRefusal>> {
  return deps.db.$transaction(async (tx) => {
    const hours = await findOwnHours(tx, actor);
    if (hours === undefined) return refuse({ reason: "no-schedule" });
    const host = {
      userId: actor.userId,
      role: "fixed",
      weight: 1,
      scheduleId: hours.scheduleId,
    } as const;
    const settings = { ...NEW_LINK, name, token: newToken(), zone: hours.zone, hosts: [host] };
    return make(tx, { actor, settings, parentId: null, action: "link.create", hostIds: [] }, deps);
  });
}

/** A link with the settings of another one. Throws NotHere. */
export async function duplicateLink(
  asked: { readonly actor: Member; readonly linkId: string; readonly name: string },
  deps: Deps,
): Promise<Result<NewLink, CreateRefusal>> {
  const { actor, linkId, name } = asked;
  return deps.db.$transaction(async (tx) => {
    const from = await getVisibleLink(tx, actor, linkId);
    const settings = copied(from, { name });
    const { hostIds } = from;
    const details = { from: from.id };
    const action = "link.duplicate";
    return make(tx, { actor, settings, parentId: null, action, hostIds, details }, deps);
  });
}

/**
 * A link that works for one booking, made from another one: its settings of this moment, an address of its own, and
 * gone by `expiresAt` where there is one. Throws NotHere.
 */
export async function makeOneOff(
  asked: {
    readonly actor: Member;
    readonly linkId: string;
    readonly name: string;
    readonly expiresAt: Instant | null;
  },
  deps: Deps,
): Promise<Result<NewLink, CreateRefusal | { readonly reason: "archived" }>> {
  const { actor, linkId, name, expiresAt } = asked;
  return deps.db.$transaction(async (tx) => {
    const from = await getVisibleLink(tx, actor, linkId);
    linkPolicy.authorize(actor, "link.edit", from);
    if (from.archivedAt !== null) return refuse({ reason: "archived" });
    const settings = copied(from, {
      name,
      maxUses: 1,
      // One guest comes: nobody shares, and nobody waits for what nobody else may have.
      seats: 1,
      waitingList: false,
      expiresAt: expiresAt === null ? null : toIso(expiresAt),
    });
    const { hostIds } = from;
    const details = { from: from.id };
    // A one-off of a one-off belongs to the same link.
    const parentId = from.parentId ?? from.id;
    return make(tx, { actor, settings, parentId, action: "link.one-off", hostIds, details }, deps);
  });
}
