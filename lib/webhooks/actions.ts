"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { formAction } from "@/lib/actions/form-action";
import { getMember } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { runtime } from "@/lib/runtime";
import {
  chooseEvents,
  createEndpoint,
  deleteEndpoint,
  MOST_ENDPOINTS,
  redeliver,
  rotateSecret,
  sendTest,
  switchEndpoint,
} from "./commands/endpoints";
import type { WebhookAnswer } from "./core/webhook-view";
import type { WebhooksGrant } from "./policy";
import { webhooksPolicy } from "./policy";
import { endpointChange, endpointForm, endpointId, endpointSwitch } from "./schema";

const deps = () => ({ ...runtime(), trustedOrigins: env.MERIDIAN_TRUSTED_ORIGINS });

type WebhookDeps = ReturnType<typeof deps>;

const done = (message: string, secret?: string): WebhookAnswer => ({
  status: "done",
  message,
  ...(secret === undefined ? {} : { secret }),
});
const refused = (message: string): WebhookAnswer => ({ status: "refused", message });
const GONE = refused("This endpoint is gone.");

const form = <Shape extends z.ZodType>(
  name: string,
  shape: Shape,
  work: (input: z.output<Shape>, grant: WebhooksGrant, deps: WebhookDeps) => Promise<WebhookAnswer>,
) =>
  formAction<Shape, WebhookAnswer>(
    shape,
    {
      name,
      invalid: (fields) => ({
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields,
      }),
      refused,
    },
    async (input) => {
      const member = await getMember();
      const { workspaceId } = member;
      const grant = webhooksPolicy.authorize(member, "webhooks.manage", { workspaceId });
      const answer = await work(input, grant, deps());
      if (answer.status === "done") revalidatePath("/admin/webhooks", "layout");
      return answer;
    },
  );

const create = form("webhook-create", endpointForm, async (input, grant, by) => {
  const made = await createEndpoint(input, grant, by);
  if (made.ok) return done("The endpoint is made. Copy its secret now.", made.value.secret);
  return made.refusal === "too-many"
    ? refused(`${MOST_ENDPOINTS} endpoints are the most. Delete one that is no longer used.`)
    : {
        status: "refused",
        message: "Nothing was saved. Look at the marked fields.",
        fields: { url: "Deliveries go to https:// addresses only." },
      };
});

const choose = form("webhook-events", endpointChange, async (input, grant, by) =>
  (await chooseEvents(input, grant, by)).ok ? done("Saved.") : GONE,
);

const turn = form("webhook-switch", endpointSwitch, async ({ id, active }, grant, by) => {
  const on = active === "on";
  const turned = await switchEndpoint({ id, active: on }, grant, by);
  return turned.ok ? done(on ? "Deliveries go on." : "Deliveries are paused.") : GONE;
});

const rotate = form("webhook-rotate", endpointId, async ({ id }, grant, by) => {
  const made = await rotateSecret(id, grant, by);
  if (!made.ok) return GONE;
  return done("The new secret signs from now on, beside the old one for a day.", made.value.secret);
});

const remove = form("webhook-delete", endpointId, async ({ id }, grant, by) =>
  (await deleteEndpoint(id, grant, by)).ok ? done("The endpoint is deleted.") : GONE,
);

const test = form("webhook-test", endpointId, async ({ id }, grant, by) =>
  (await sendTest(id, grant, by)).ok ? done("A test is on its way. It stands below.") : GONE,
);

const again = form("webhook-redeliver", endpointId, async ({ id }, grant, by) =>
  (await redeliver(id, grant, by)).ok
    ? done("It is on its way again.")
    : refused("It is on its way already, or gone."),
);

/** Makes an endpoint; the answer carries its secret, once. */
export async function createEndpointAction(before: WebhookAnswer, sent: FormData) {
  return create(before, sent);
}

/** Chooses the events of the endpoint `id`. */
export async function chooseEventsAction(before: WebhookAnswer, sent: FormData) {
  return choose(before, sent);
}

/** Pauses the endpoint `id`, or lets it go on. */
export async function switchEndpointAction(before: WebhookAnswer, sent: FormData) {
  return turn(before, sent);
}

/** Gives the endpoint `id` a new secret; the answer carries it, once. */
export async function rotateSecretAction(before: WebhookAnswer, sent: FormData) {
  return rotate(before, sent);
}

/** Deletes the endpoint `id`. */
export async function deleteEndpointAction(before: WebhookAnswer, sent: FormData) {
  return remove(before, sent);
}

/** Sends the endpoint `id` something to try it with. */
export async function sendTestAction(before: WebhookAnswer, sent: FormData) {
  return test(before, sent);
}

/** Sends the delivery `id` again. */
export async function redeliverAction(before: WebhookAnswer, sent: FormData) {
  return again(before, sent);
}
