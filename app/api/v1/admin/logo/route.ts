import { errorAnswer, jsonAnswer, tooManyRequests } from "@/lib/http/answer";
import { readBytes } from "@/lib/http/body";
import { memberRoute } from "@/lib/http/route";
import { consume } from "@/lib/http/throttle";
import { MAX_IMAGE_BYTES } from "@/lib/images/reencode";
import { runtime } from "@/lib/runtime";
import { setLogo } from "@/lib/workspace/commands/set-logo";
import { LOGO_REFUSALS } from "@/lib/workspace/core/logo";
import { workspacePolicy } from "@/lib/workspace/policy";

/** The workspace's logo: the bytes of a picture in, decoded and encoded again by us. */
export const PUT = memberRoute({ route: "PUT /api/v1/admin/logo" }, async ({ actor, request }) => {
  const { workspaceId } = actor;
  const grant = workspacePolicy.authorize(actor, "workspace.change", { workspaceId });
  const counted = await consume("photo-member", actor.userId);
  if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
  const result = await setLogo(await readBytes(request, MAX_IMAGE_BYTES), grant, runtime());
  if (!result.ok) {
    const code = result.refusal;
    return errorAnswer(422, { code, message: LOGO_REFUSALS[code] });
  }
  return jsonAnswer(200, result.value);
});

/** Shows no logo any more. */
export const DELETE = memberRoute({ route: "DELETE /api/v1/admin/logo" }, async ({ actor }) => {
  const { workspaceId } = actor;
  const grant = workspacePolicy.authorize(actor, "workspace.change", { workspaceId });
  await setLogo(undefined, grant, runtime());
  return new Response(null, { status: 204 });
});
