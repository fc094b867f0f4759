import { jsonAnswer, tooManyRequests } from "@/lib/http/answer";
import { publicRoute } from "@/lib/http/route";
import { consume } from "@/lib/http/throttle";
import { askPairing } from "@/lib/occupancy/commands/pair-display";
import { displayCookie } from "@/lib/occupancy/core/display-cookie";
import type { PairingAnswer } from "@/lib/occupancy/core/door-wire";
import { shownCode } from "@/lib/occupancy/core/pairing-code";
import { runtime } from "@/lib/runtime";

/** A code for a tablet to show; public. The tablet keeps the token that the code will make a room's. */
export const POST = publicRoute({ route: "POST /api/v1/displays/pairing" }, async ({ address }) => {
  const counted = await consume("display-pairing", address.throttleKey);
  if (!counted.ok) throw tooManyRequests(counted.retryAfterSeconds);
  const deps = runtime();
  const { code, token, expiresAt } = await askPairing(deps);
  const answer: PairingAnswer = { code: shownCode(code), now: deps.now(), expiresAt };
  return jsonAnswer(201, answer, { "set-cookie": displayCookie(token, deps.appUrl) });
});
