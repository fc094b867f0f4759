import type { Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { DealMeeting, DealView, Named } from "../core/deal-view";
import type { Lead } from "../core/lead";

/** Which lead: its workspace and its id. */
export type LeadKey = { readonly workspaceId: string; readonly id: string };

/** The id that goes by a number; undefined for none. */
export async function findIdByNumber(
  db: Db,
  workspaceId: string,
  number: number,
): Promise<string | undefined> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM lead WHERE workspace_id = ${workspaceId}::uuid AND number = ${number}::bigint`;
  return row?.id;
}

type Names = DealView["names"] & {
  readonly baseCurrency: string;
  readonly followers: readonly Named[];
};

/** What the ids in a lead are called, archived and deleted ones too; its followers; the workspace's currency. */
export async function findDealNames(db: Db, lead: Lead): Promise<Names> {
  const [row] = await db.$queryRaw<(Omit<Names, "followers"> & { followers: Named[] | null })[]>`
    SELECT w.base_currency AS "baseCurrency",
           (SELECT u.name FROM app_user u WHERE u.workspace_id = w.id AND u.id = ${lead.ownerId}::uuid) AS owner,
           (SELECT t.name FROM sales_team t WHERE t.workspace_id = w.id AND t.id = ${lead.teamId}::uuid) AS team,
           (SELECT s.name FROM lead_source s WHERE s.workspace_id = w.id AND s.id = ${lead.sourceId}::uuid) AS source,
           (SELECT p.name FROM product p WHERE p.workspace_id = w.id AND p.id = ${lead.productId}::uuid) AS product,
           (SELECT c.name FROM company c WHERE c.workspace_id = w.id AND c.id = ${lead.companyId}::uuid) AS company,
           (SELECT c.name FROM contact c WHERE c.workspace_id = w.id AND c.id = ${lead.contactId}::uuid) AS contact,
           (SELECT r.name FROM lost_reason r WHERE r.workspace_id = w.id AND r.id = ${lead.lostReasonId}::uuid) AS "lostReason",
           (SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name) FROM lead_follower f
              JOIN app_user u ON u.workspace_id = f.workspace_id AND u.id = f.user_id
             WHERE f.workspace_id = w.id AND f.lead_id = ${lead.id}::uuid) AS followers
      FROM workspace w WHERE w.id = ${lead.workspaceId}::uuid`;
  if (row === undefined) throw new Error("a lead without a workspace");
  return { ...row, followers: row.followers ?? [] };
}

type MeetingRow = Omit<DealMeeting, "start" | "end"> & {
  readonly start: Date;
  readonly end: Date;
};

/**
 * The meetings that belong to a lead, latest first; at most 100. Whoever sees the deal sees that there was one; its
 * subject and place are for those who may read it: who is in it, who manages meetings, and staff if it is public.
 */
export async function listDealMeetings(
  db: Db,
  { workspaceId, id }: LeadKey,
  reader: Member,
): Promise<DealMeeting[]> {
  const everybody = belongsTo(reader, "admin", "meeting_manager");
  const staff = everybody || belongsTo(reader, "meeting_user");
  const rows = await db.$queryRaw<MeetingRow[]>`
    SELECT m.id, CASE WHEN r.readable THEN m.subject END AS subject, r.readable, m.state::text AS state,
           m.starts_at AS start, m.ends_at AS end, u.name AS "hostName",
           CASE WHEN r.readable THEN nullif(concat_ws(', ', m.place_label, m.place_detail), '') END AS place,
           (m.online_id IS NOT NULL OR m.join_url IS NOT NULL) AS online, m.link_id IS NOT NULL AS booked,
           EXISTS (SELECT FROM meeting_minutes n WHERE n.workspace_id = m.workspace_id AND n.meeting_id = m.id) AS "hasMinutes"
      FROM lead_meeting k
      JOIN meeting m ON m.workspace_id = k.workspace_id AND m.id = k.meeting_id
      JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.host_id
     CROSS JOIN LATERAL (SELECT ${everybody}::boolean OR m.host_id = ${reader.userId}::uuid
       OR (${staff}::boolean AND (m.visibility = 'public' OR m.creator_id = ${reader.userId}::uuid))
       OR EXISTS (SELECT FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
                   AND a.user_id = ${reader.userId}::uuid AND a.left_at IS NULL) AS readable) r
     WHERE k.workspace_id = ${workspaceId}::uuid AND k.lead_id = ${id}::uuid
     ORDER BY m.starts_at DESC, m.id LIMIT 100`;
  return rows.map((row) => ({
    ...row,
    start: instantFromColumn(row.start),
    end: instantFromColumn(row.end),
  }));
}
