import { leadOnWire } from "@/lib/crm/core/wire";
import type { LeadsChange } from "@/lib/crm/jobs";
import { listLeads, listStages } from "@/lib/crm/reads/lead";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { leadEventOf } from "../core/event";
import { hearsOfLeads } from "../reads";
import { queueDeliveries } from "./queue-deliveries";

/** Leads changed: each is told, as it stands by now, to every endpoint that wants to hear of such a change. */
export async function followLeadsWithWebhooks(
  { workspaceId, leads: changed, event, at, actorName }: LeadsChange,
  deps: Pick<Deps, "db" | "queue" | "now">,
): Promise<void> {
  if (!(await hearsOfLeads(deps.db, workspaceId))) return;
  const ids = changed.map(({ id }) => id);
  const [leads, stages] = await Promise.all([
    listLeads(deps.db, { workspaceId, ids }),
    listStages(deps.db, workspaceId),
  ]);
  const versions = new Map(changed.map(({ id, version }) => [id, version]));
  const tellings = leads.flatMap((lead) => {
    const told = leadEventOf(event, lead.kind);
    if (told === undefined) return [];
    const key = [lead.id, versions.get(lead.id), event, at].join("/");
    return [
      { key, event: told, at: instantOf(at), actorName, about: { lead: leadOnWire(lead, stages) } },
    ];
  });
  await queueDeliveries(workspaceId, tellings, deps);
}
