import type { Actor } from "@/lib/access/actor";
import { NotSignedIn } from "@/lib/access/policy";
import { buildId } from "@/lib/cache/build-id";
import { hashToken } from "@/lib/crypto/token";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { countedReads, publicRoute } from "@/lib/http/route";
import { requireOwnOrigin } from "@/lib/http/same-origin";
import type { RoomId, WorkspaceId } from "@/lib/ids";
import { takeRoom } from "@/lib/occupancy/commands/take-room";
import { checkIn, endStay, extendStay } from "@/lib/occupancy/commands/use-room";
import { displayCookie, displayTokenOf } from "@/lib/occupancy/core/display-cookie";
import type { DoorAnswer } from "@/lib/occupancy/core/door-wire";
import type { DisplayFound } from "@/lib/occupancy/reads";
import { findBoard, findDisplay } from "@/lib/occupancy/reads";
import type { DoorRequest } from "@/lib/occupancy/schema";
import { doorRequest } from "@/lib/occupancy/schema";
import { touchDisplay } from "@/lib/occupancy/writes";
import { runtime } from "@/lib/runtime";
import { MINUTE_MS } from "@/lib/time/instant";

type Paired = Extract<DisplayFound, { kind: "paired" }>;

const tokenOf = (request: Request): string | undefined =>
  displayTokenOf(request.headers.get("cookie"), runtime().appUrl);

async function displayOf(request: Request): Promise<DisplayFound | undefined> {
  const token = tokenOf(request);
  const { db, now } = runtime();
  return token === undefined ? undefined : findDisplay(db, hashToken(token), now());
}

async function answerFor(found: DisplayFound | undefined): Promise<DoorAnswer> {
  const { db, now: clock } = runtime();
  const now = clock();
  const build = buildId();
  if (found === undefined) return { kind: "unknown", now, build };
  if (found.kind === "pairing") return { kind: "pairing", now, build };
  const board = await findBoard(db, found.workspaceId, found.roomId, now);
  return board === undefined
    ? { kind: "unknown", now, build }
    : { kind: "paired", now, build, board };
}

/** Once a minute it is written down that the tablet is there, and its cookie begins anew. */
async function noteSeen(found: Paired, request: Request): Promise<Record<string, string>> {
  const { db, now, appUrl } = runtime();
  const token = tokenOf(request);
  const isFresh = found.seenAt !== null && now() - found.seenAt < MINUTE_MS;
  if (isFresh || token === undefined) return {};
  await touchDisplay(db, found, now());
  return { "set-cookie": displayCookie(token, appUrl) };
}

/** What the tablet shows. It is asked every few seconds for weeks, so who it is comes from its cookie alone. */
export const GET = publicRoute(
  { route: "GET /api/v1/displays/current", limits: countedReads },
  async ({ request }) => {
    const found = await displayOf(request);
    const headers = found?.kind === "paired" ? await noteSeen(found, request) : {};
    return jsonAnswer(200, await answerFor(found), headers);
  },
);

/** What a refusal is called at a door. */
const REFUSALS: Readonly<Record<string, string>> = {
  "slot-taken": "Somebody else has this room now.",
  "changed-meanwhile": "This has changed a moment ago.",
  "no-such-stay": "This meeting is not in this room any more.",
  "too-early": "It is too early to check in.",
  over: "This meeting is over.",
  "not-approved": "This room is not approved yet.",
  "already-checked-in": "Somebody has checked in already.",
  "no-room": "This room is gone.",
  "no-host": "Nobody answers for this room. Ask the office.",
};

function act(found: Paired, asked: DoorRequest) {
  const deps = runtime();
  const actor: Extract<Actor, { kind: "display" }> = {
    kind: "display",
    workspaceId: found.workspaceId as WorkspaceId,
    roomId: found.roomId as RoomId,
    name: found.name ?? "Door display",
  };
  if (asked.do === "take") {
    return takeRoom({ actor, pairedBy: found.pairedBy, minutes: asked.minutes }, deps);
  }
  const { workspaceId, roomId } = found;
  const stay = { actor, workspaceId, roomId, meetingId: asked.meetingId };
  if (asked.do === "check-in") return checkIn(stay, deps);
  return asked.do === "end" ? endStay(stay, deps) : extendStay(stay, deps);
}

/** Take the room, check in, end, a quarter of an hour more: what anybody may do who stands before the tablet. */
export const POST = publicRoute(
  { route: "POST /api/v1/displays/current", body: doorRequest },
  async ({ request, body }) => {
    // The tablet's cookie speaks for it, so another site's page must not.
    requireOwnOrigin(request, true);
    const found = await displayOf(request);
    if (found?.kind !== "paired") throw new NotSignedIn();
    const result = await act(found, body);
    if (!result.ok) {
      const message = REFUSALS[result.refusal] ?? "This could not be done.";
      return errorAnswer(409, { code: result.refusal, message });
    }
    return jsonAnswer(200, await answerFor(found));
  },
);
