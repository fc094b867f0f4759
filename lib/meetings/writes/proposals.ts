import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { Meeting } from "../core/meeting";

type About = Pick<Meeting, "workspaceId" | "id">;

/** Keeps another time somebody would like better. What they proposed before and nobody answered is taken back. */
export async function insertProposal(
  tx: Transaction,
  meeting: About,
  proposal: {
    readonly attendeeId: string;
    readonly during: Interval;
    readonly note: string | null;
    readonly at: Instant;
  },
): Promise<string> {
  const id = newId();
  const { attendeeId, during, note, at } = proposal;
  await tx.$executeRaw`
    WITH before AS (
      UPDATE time_proposal SET state = 'withdrawn', decided_at = ${toIso(at)}::timestamptz
      WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
        AND attendee_id = ${attendeeId}::uuid AND state = 'open')
    INSERT INTO time_proposal (workspace_id, id, meeting_id, attendee_id, starts_at, ends_at, note, created_at)
    VALUES (${meeting.workspaceId}::uuid, ${id}::uuid, ${meeting.id}::uuid, ${attendeeId}::uuid,
      ${toIso(during.from)}::timestamptz, ${toIso(during.to)}::timestamptz, ${note}, ${toIso(at)}::timestamptz)`;
  return id;
}

/** Marks an open proposal as answered; false when it was not open any more. */
export async function decideProposal(
  tx: Transaction,
  meeting: About,
  decision: {
    readonly id: string;
    readonly state: "accepted" | "declined";
    readonly by: UserId | null;
    readonly at: Instant;
  },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE time_proposal SET state = ${decision.state}, decided_at = ${toIso(decision.at)}::timestamptz,
      decided_by = ${decision.by}::uuid
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND id = ${decision.id}::uuid AND state = 'open'`;
  return changed === 1;
}
