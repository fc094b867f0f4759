import { expect } from "vitest";
import { changeLead } from "@/lib/crm/commands/change-leads";
import { makeLead } from "@/lib/crm/commands/make-lead";
import { leadsChanged } from "@/lib/crm/jobs";
import { getScope } from "@/lib/crm/reads/scope";
import { memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { test } from "@/lib/testing/house";
import { createEndpoint } from "../commands/endpoints";
import { webhooksPolicy } from "../policy";
import { listDeliveries } from "../reads";
import { followLeadsWithWebhooks } from "./follow-leads";

test("an endpoint is told of a deal that was made and won, each once, with the deal", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { name: "Ana Lim", groups: ["admin"] });
  const actor = memberOf(person, ["admin"]);
  const grant = webhooksPolicy.authorize(actor, "webhooks.manage", { workspaceId });
  const endpoint = await createEndpoint(
    { url: "https://receiver.example/", events: ["opportunity.created", "opportunity.won"] },
    grant,
    { ...house, trustedOrigins: [] } as never,
  );
  if (!endpoint.ok) throw new Error(endpoint.refusal);
  const scope = await getScope(house.db, actor);
  const made = await makeLead(
    {
      actor,
      scope,
      via: "person",
      input: {
        kind: "opportunity",
        ownerId: actor.userId,
        fields: { name: "Arden Print", amountMinor: 2_500_000, currency: "USD" },
      },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  await changeLead(
    { actor, scope, id, act: { kind: "edit", fields: { tags: ["trial"] } }, via: "person" },
    house,
  );
  await changeLead({ actor, scope, id, act: { kind: "win" }, via: "person" }, house);
  const jobs = await house.queue.findJobs<unknown>(leadsChanged.name);
  const changes = jobs
    .map(({ data }) => leadsChanged.payload.parse(data))
    .filter((change) => change.workspaceId === workspaceId);
  for (const change of [...changes, ...changes]) await followLeadsWithWebhooks(change, house);
  const deliveries = await listDeliveries(house.db, { workspaceId, endpointId: endpoint.value.id });
  expect(deliveries.map(({ event }) => event).sort()).toEqual([
    "opportunity.created",
    "opportunity.won",
  ]);
  const won = deliveries.find(({ event }) => event === "opportunity.won");
  expect(JSON.parse(won?.payload ?? "{}")).toMatchObject({
    actor: { name: "Ana Lim" },
    lead: { id, status: "won", amountMinor: 2_500_000 },
  });
});
