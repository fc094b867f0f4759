import type { Member } from "@/lib/access/actor";
import { env } from "@/lib/env";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { createEndpoint, MOST_ENDPOINTS } from "@/lib/webhooks/commands/endpoints";
import type { EndpointRow } from "@/lib/webhooks/core/webhook-view";
import { webhooksPolicy } from "@/lib/webhooks/policy";
import { listEndpoints } from "@/lib/webhooks/reads";
import { endpointInput } from "@/lib/webhooks/schema";

const mayManage = (actor: Member) =>
  webhooksPolicy.authorize(actor, "webhooks.manage", { workspaceId: actor.workspaceId });

const onWire = ({ createdAt, failingSince, ...row }: EndpointRow) => ({
  ...row,
  createdAt: toIso(createdAt),
  failingSince: failingSince === null ? null : toIso(failingSince),
});

const REFUSALS = {
  "not-https": "Deliveries go to https:// addresses only.",
  "too-many": `${MOST_ENDPOINTS} endpoints are the most.`,
};

/** The endpoints events of this workspace are sent to. */
export const GET = memberRoute({ route: "GET /api/v1/webhooks" }, async ({ actor }) => {
  const { workspaceId } = mayManage(actor).resource;
  const endpoints = await listEndpoints(runtime().db, workspaceId);
  return jsonAnswer(200, { webhooks: endpoints.map(onWire) });
});

/** Makes an endpoint; its secret is in this answer and in no other. */
export const POST = memberRoute(
  { route: "POST /api/v1/webhooks", body: endpointInput },
  async ({ actor, body }) => {
    const deps = { ...runtime(), trustedOrigins: env.MERIDIAN_TRUSTED_ORIGINS };
    const made = await createEndpoint(body, mayManage(actor), deps);
    if (!made.ok) {
      return errorAnswer(409, { code: made.refusal, message: REFUSALS[made.refusal] });
    }
    return jsonAnswer(201, { ...made.value, ...body, active: true });
  },
);
