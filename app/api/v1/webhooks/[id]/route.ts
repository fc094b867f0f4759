import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { env } from "@/lib/env";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";
import { deleteEndpoint } from "@/lib/webhooks/commands/endpoints";
import { webhooksPolicy } from "@/lib/webhooks/policy";

/** Deletes an endpoint and what is known of its deliveries. */
export const DELETE = memberRoute(
  { route: "DELETE /api/v1/webhooks/{id}", params: z.object({ id: z.uuid() }) },
  async ({ actor, params }) => {
    const { workspaceId } = actor;
    const grant = webhooksPolicy.authorize(actor, "webhooks.manage", { workspaceId });
    const deps = { ...runtime(), trustedOrigins: env.MERIDIAN_TRUSTED_ORIGINS };
    const deleted = await deleteEndpoint(params.id, grant, deps);
    if (!deleted.ok) throw new NotHere();
    return new Response(null, { status: 204 });
  },
);
