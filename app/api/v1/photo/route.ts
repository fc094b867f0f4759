import { errorAnswer, jsonAnswer, tooManyRequests } from "@/lib/http/answer";
import { readBytes } from "@/lib/http/body";
import { memberRoute } from "@/lib/http/route";
import { consume } from "@/lib/http/throttle";
import { MAX_IMAGE_BYTES, reencodeImage } from "@/lib/images/reencode";
import { changePhoto } from "@/lib/people/commands/update-profile";
import { PHOTO_PIXELS, PHOTO_REFUSALS } from "@/lib/people/core/photo";
import { peoplePolicy } from "@/lib/people/policy";
import { runtime } from "@/lib/runtime";

/** The caller's own photo: the bytes of a picture in, decoded and encoded again by us. */
export const PUT = memberRoute({ route: "PUT /api/v1/photo" }, async ({ actor, request }) => {
  const counted = await consume("photo-member", actor.userId);
  if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
  const { workspaceId, userId } = actor;
  const grant = peoplePolicy.authorize(actor, "people.edit-profile", { workspaceId, userId });
  const bytes = await readBytes(request, MAX_IMAGE_BYTES);
  const picture = await reencodeImage(bytes, { width: PHOTO_PIXELS, height: PHOTO_PIXELS });
  if (!picture.ok) {
    const code = picture.refusal;
    return errorAnswer(422, { code, message: PHOTO_REFUSALS[code] });
  }
  return jsonAnswer(200, await changePhoto(picture.value, grant, runtime()));
});
