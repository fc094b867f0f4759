import type { Db } from "@/lib/db/client";
import type { UserId } from "@/lib/ids";
import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import type { ProposalView } from "../core/proposal";

type About = Pick<Meeting, "workspaceId" | "id">;

type Row = Omit<ProposalView, "start" | "end" | "at"> & {
  readonly start: number;
  readonly end: number;
  readonly at: number;
};

/** The proposals of a meeting that wait for an answer, oldest first. */
export async function listOpenProposals(db: Db, meeting: About): Promise<ProposalView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT p.id, p.attendee_id AS "attendeeId", a.name, p.note,
      extract(epoch FROM p.starts_at)::float8 * 1000 AS start, extract(epoch FROM p.ends_at)::float8 * 1000 AS end,
      extract(epoch FROM p.created_at)::float8 * 1000 AS at
    FROM time_proposal p
    JOIN attendee a ON a.workspace_id = p.workspace_id AND a.id = p.attendee_id
    WHERE p.workspace_id = ${meeting.workspaceId}::uuid AND p.meeting_id = ${meeting.id}::uuid
      AND p.state = 'open' AND a.left_at IS NULL
    ORDER BY p.created_at, p.id LIMIT 100`;
  return rows.map((row) => ({
    ...row,
    start: instantOf(row.start),
    end: instantOf(row.end),
    at: instantOf(row.at),
  }));
}

/** One proposal of a meeting, whatever became of it. */
export async function findProposal(
  db: Db,
  meeting: About,
  id: string,
): Promise<
  | {
      readonly id: string;
      readonly state: "open" | "accepted" | "declined" | "withdrawn";
      readonly name: string;
      readonly userId: UserId | null;
      readonly attendeeId: string;
      readonly start: number;
      readonly end: number;
    }
  | undefined
> {
  const [row] = await db.$queryRaw<
    {
      id: string;
      state: "open" | "accepted" | "declined" | "withdrawn";
      name: string;
      userId: UserId | null;
      attendeeId: string;
      start: number;
      end: number;
    }[]
  >`
    SELECT p.id, p.state, a.name, a.user_id AS "userId", a.id AS "attendeeId",
      extract(epoch FROM p.starts_at)::float8 * 1000 AS start, extract(epoch FROM p.ends_at)::float8 * 1000 AS end
    FROM time_proposal p
    JOIN attendee a ON a.workspace_id = p.workspace_id AND a.id = p.attendee_id
    WHERE p.workspace_id = ${meeting.workspaceId}::uuid AND p.meeting_id = ${meeting.id}::uuid AND p.id = ${id}::uuid`;
  return row;
}
