import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { inTurn } from "@/lib/db/turnstile";
import { violates, withRetry } from "@/lib/db/violations";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { ActedBy } from "@/lib/meetings/core/acted-by";
import type { Meeting, MeetingRoom } from "@/lib/meetings/core/meeting";
import type { MeetingHistoryEntry } from "@/lib/meetings/core/meeting-view";
import { findMeeting, listLinksOn } from "@/lib/meetings/reads/meeting";
import { eventRows, lockResources } from "@/lib/meetings/writes";
import type { Notice } from "@/lib/notifications/writes";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { ownClaims } from "../writes";

/** One of a meeting's rooms, with the meeting. */
export type FoundStay = { readonly meeting: Meeting; readonly room: MeetingRoom };

/** A meeting's stay in a room it still holds; undefined when there is none. */
export async function findStay(
  asked: { readonly workspaceId: string; readonly meetingId: string; readonly roomId: string },
  deps: Pick<Deps, "db">,
): Promise<FoundStay | undefined> {
  const meeting = await findMeeting(deps.db, {
    workspaceId: asked.workspaceId as WorkspaceId,
    id: asked.meetingId as MeetingId,
  });
  const room = meeting?.rooms.find(
    ({ id, state }) => id === asked.roomId && (state === "approved" || state === "asked"),
  );
  return meeting === undefined || room === undefined ? undefined : { meeting, room };
}

class Stale extends Error {}

/**
 * Changes what a meeting does with one of its rooms, and nothing else of it: no mail, no new version for its guests.
 * `write` says whether there was something to change; its claims are locked meanwhile.
 */
export async function changeStay(
  { meeting, room }: FoundStay,
  planned: {
    readonly by: ActedBy;
    readonly kind: MeetingHistoryEntry["kind"];
    readonly notices?: readonly Notice[];
    readonly write: (tx: Transaction, at: Instant) => Promise<boolean>;
  },
  deps: Deps,
): Promise<Result<undefined, "changed-meanwhile" | "slot-taken">> {
  const { workspaceId } = meeting;
  const at = deps.now();
  const resources = [...ownClaims(meeting, room)].sort();
  try {
    await inTurn(resources, () =>
      withRetry(() =>
        deps.db.$transaction(async (tx) => {
          await lockResources(tx, workspaceId, resources);
          if (!(await planned.write(tx, at))) throw new Stale();
          await insertRows(tx, [
            eventRows(meeting, planned.by, {
              kind: planned.kind,
              at,
              details: { room: room.name },
            }),
            noticeRows(planned.notices ?? [], at),
          ]);
        }),
      ),
    );
  } catch (error) {
    if (error instanceof Stale) return refuse("changed-meanwhile");
    if (violates(error, "resource_is_claimed_once_at_a_time")) return refuse("slot-taken");
    throw error;
  }
  await deps.invalidate(await listLinksOn(deps.db, workspaceId, resources));
  return ok(undefined);
}
