import type { NoticeKind } from "@/lib/notifications/core/inbox";
import type { Deps } from "@/lib/runtime";
import type { Telling } from "../commands/tell-sellers";
import { seersOf, tellSellers } from "../commands/tell-sellers";
import { t } from "../core/activity-text";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import type { LeadsChange } from "../jobs";
import { listFollowers, listHandOvers, listLastMoves } from "../reads/followers";
import { listLeads } from "../reads/lead";
import { handActivitiesOver } from "../writes/activity";

/** Somebody who is told of changes of leads. Told again after a failure, so the same change twice must be no more than once. */
export type LeadsFollower = (change: LeadsChange) => Promise<void>;

/** Tells every follower of one change. One that fails keeps none of the others from hearing; throws afterwards. */
export async function handleLeadsChanged(
  change: LeadsChange,
  followers: readonly LeadsFollower[],
): Promise<void> {
  const told = await Promise.allSettled(followers.map((follow) => follow(change)));
  const failed = told.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (failed.length > 0) throw new AggregateError(failed, "a follower could not be told");
}

/** More than so many at once are told of in one line. */
const MOST_LINES = 3;

const titleOf = (lead: Lead): string => `${lead.name} (${labelOf(lead)})`;

type Context = {
  readonly change: LeadsChange;
  readonly leads: readonly Lead[];
  readonly deps: Pick<Deps, "db" | "queue" | "now">;
};

/**
 * Leads that came into somebody's hands by this very change; what was handed on since is told by that change. Those
 * that were made with an owner have no hand-over on record.
 */
async function handedOver({ change, leads, deps }: Context) {
  const { workspaceId } = change;
  const versions = new Map(change.leads.map(({ id, version }) => [id, version]));
  const leadIds = leads.map(({ id }) => id);
  const last = await listHandOvers(deps.db, { workspaceId, leadIds });
  return leads.flatMap((lead) => {
    const handOver = last.get(lead.id);
    const ours =
      handOver === undefined
        ? change.event === "created"
        : handOver.version === versions.get(lead.id);
    return ours && lead.ownerId !== null && lead.deletedAt === null ? [{ lead, handOver }] : [];
  });
}

async function tellOwners(context: Context): Promise<readonly Telling[]> {
  const { change, deps } = context;
  const { workspaceId, actorId, actorName, at } = change;
  const handed = (await handedOver(context)).filter(({ lead }) => lead.ownerId !== actorId);
  const owners = [...new Set(handed.flatMap(({ lead }) => lead.ownerId ?? []))];
  const seer = await seersOf(deps.db, workspaceId, owners);
  const by = t("notice.by", { name: actorName });
  return [...Map.groupBy(handed, ({ lead }) => lead.ownerId)].flatMap(
    ([ownerId, theirs]): readonly Telling[] => {
      const [first] = theirs;
      const seller = first && seer(ownerId, first.lead);
      if (first === undefined || seller === undefined) return [];
      const about = { seller, kind: "deal-assigned", mail: "crm/assigned" } as const;
      if (theirs.length > MOST_LINES) {
        const title = t("notice.assignedMany", { count: theirs.length });
        const key = `assigned/${at}/${theirs.map(({ lead }) => lead.id).sort()[0]}`;
        return [{ ...about, key, leadId: null, title, detail: by }];
      }
      return theirs.map(({ lead, handOver }) => ({
        ...about,
        key: `assigned/${lead.id}/${handOver?.version ?? 1}`,
        leadId: lead.id,
        title: t("notice.assigned", { name: lead.name, label: labelOf(lead) }),
        detail: handOver?.reason ?? by,
      }));
    },
  );
}

const FOLLOWED: Readonly<Record<string, NoticeKind>> = {
  moved: "deal-moved",
  won: "deal-won",
  lost: "deal-lost",
};

/** Followers hear of moves and ends; owners, of what others did to what is theirs. Nobody of what they did themselves. */
async function tellFollowers({ change, leads, deps }: Context): Promise<readonly Telling[]> {
  const { workspaceId, event, actorId, actorName } = change;
  const kind = FOLLOWED[event];
  if (kind === undefined) return [];
  const place = { workspaceId, leadIds: leads.map(({ id }) => id) };
  const followers = await listFollowers(deps.db, place);
  const moves = await listLastMoves(deps.db, place);
  const readersOf = (lead: Lead) =>
    [
      ...new Set([
        ...(followers.get(lead.id) ?? []),
        ...(lead.ownerId === null ? [] : [lead.ownerId]),
      ]),
    ].filter((userId) => userId !== actorId);
  const seer = await seersOf(deps.db, workspaceId, leads.flatMap(readersOf));
  const versions = new Map(change.leads.map(({ id, version }) => [id, version]));
  return leads.flatMap((lead) => {
    const move = moves.get(lead.id);
    const steps =
      kind === "deal-moved" && move?.from && move.to
        ? [t("notice.stage", { from: move.from, to: move.to })]
        : [];
    const why = kind === "deal-lost" && move?.reason ? [move.reason] : [];
    const detail = [...steps, ...why, t("notice.by", { name: actorName })].join(" · ");
    return readersOf(lead).flatMap((userId) => {
      const seller = seer(userId, lead);
      const key = `${event}/${lead.id}/${versions.get(lead.id)}`;
      return seller === undefined
        ? []
        : [{ key, seller, kind, leadId: lead.id, title: titleOf(lead), detail }];
    });
  });
}

/** What was planned by the one who had the lead is the next one's to do. */
async function handOn(context: Context): Promise<void> {
  const { change, deps } = context;
  const handed = (await handedOver(context)).flatMap(({ lead, handOver }) =>
    handOver?.from && lead.ownerId !== null && handOver.from !== lead.ownerId
      ? [{ leadId: lead.id, from: handOver.from, to: lead.ownerId }]
      : [],
  );
  await deps.db.$transaction((tx) => handActivitiesOver(tx, change.workspaceId, handed));
}

const HANDS = new Set(["created", "assigned", "undone", "edited", "changed"]);

/**
 * Leads changed: whoever was given one is told, with the rules' reason; followers and owners hear of moves and ends; and
 * what the one before had planned goes with the lead. Told twice, it tells nobody twice.
 */
export async function followLeads(
  change: LeadsChange,
  deps: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  const { workspaceId, event } = change;
  if (!HANDS.has(event) && FOLLOWED[event] === undefined) return;
  const ids = change.leads.map(({ id }) => id);
  const context = { change, deps, leads: await listLeads(deps.db, { workspaceId, ids }) };
  if (HANDS.has(event)) await handOn(context);
  const tellings = [
    ...(HANDS.has(event) ? await tellOwners(context) : []),
    ...(await tellFollowers(context)),
  ];
  if (tellings.length === 0) return;
  await deps.db.$transaction((tx) => tellSellers(tx, { workspaceId, tellings }, deps, deps.now()));
}
