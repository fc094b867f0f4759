import { randomBytes } from "node:crypto";
import { appendAudit } from "@/lib/audit/append";
import { hashToken, newToken } from "@/lib/crypto/token";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { RoomsGrant } from "@/lib/rooms/policy";
import { auditedAs } from "@/lib/rooms/policy";
import { findRoomZone } from "@/lib/rooms/reads";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { CODE_MINUTES, codeOf } from "../core/pairing-code";
import { insertPairing, revokeDisplay, takePairing } from "../writes";

/** What a tablet that belongs to no room yet holds and shows. */
export type Pairing = {
  readonly code: string;
  /** Kept by the tablet alone; opens its room once somebody has typed the code. */
  readonly token: string;
  readonly expiresAt: Instant;
};

/** Gives a tablet a code to show and the token it will be known by. Good for ten minutes. */
export async function askPairing(deps: Pick<Deps, "db" | "now">): Promise<Pairing> {
  const now = deps.now();
  const token = newToken();
  const expiresAt = addMinutes(now, CODE_MINUTES);
  // Two tablets that show the same code at once are one in a million million; the second draws again.
  for (;;) {
    const code = codeOf(randomBytes(8));
    const hashes = { codeHash: hashToken(code), tokenHash: hashToken(token) };
    try {
      await insertPairing(deps.db, { ...hashes, expiresAt }, now);
      return { code, token, expiresAt };
    } catch (error) {
      if (!violates(error, "pairing_code_is_used_once")) throw error;
    }
  }
}

/** Makes the tablet that shows this code a room's. */
export async function pairDisplay(
  asked: { readonly roomId: string; readonly code: string; readonly name: string | null },
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<{ readonly id: string }, "no-room" | "no-such-code">> {
  const { workspaceId } = grant.resource;
  const { roomId, code, name } = asked;
  if ((await findRoomZone(deps.db, workspaceId, roomId)) === undefined) return refuse("no-room");
  const now = deps.now();
  return deps.db.$transaction(async (tx) => {
    const display = { roomId, codeHash: hashToken(code), name };
    const id = await takePairing(tx, grant, display, now);
    if (id === undefined) return refuse("no-such-code");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: now,
      action: "room.display-paired",
      subject: roomId,
      details: { display: id },
    });
    return ok({ id });
  });
}

/** Sends a tablet away: it shows a new code from its next look on. */
export async function sendDisplayAway(
  display: { readonly roomId: string; readonly id: string },
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<undefined, "no-display">> {
  const { workspaceId } = grant.resource;
  const now = deps.now();
  return deps.db.$transaction(async (tx) => {
    if (!(await revokeDisplay(tx, grant, display, now))) return refuse("no-display");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: now,
      action: "room.display-revoked",
      subject: display.roomId,
      details: { display: display.id },
    });
    return ok(undefined);
  });
}
