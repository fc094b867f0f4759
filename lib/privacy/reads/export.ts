import type { Db } from "@/lib/db/client";
import type { GuestExport } from "../core/guest-export";

type Collected = Omit<GuestExport, "email" | "madeAt">;

/** Everything about one address in one value, oldest first, in one statement: as of one moment. */
export async function collectGuest(db: Db, workspaceId: string, email: string): Promise<Collected> {
  const [row] = await db.$queryRaw<{ held: Collected }[]>`
    WITH part AS MATERIALIZED (
      SELECT a.* FROM attendee a
       WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest'))
    SELECT json_build_object(
      'meetings', (SELECT coalesce(json_agg(json_build_object(
          'id', m.id, 'subject', m.subject, 'start', m.starts_at, 'end', m.ends_at, 'state', m.state,
          'host', h.name, 'link', l.name, 'place', concat_ws(', ', m.place_label, m.place_detail),
          'note', CASE WHEN p.kind = 'guest' AND m.seats IS NULL THEN m.note END,
          'cancelReason', CASE WHEN m.cancelled_by = 'guest' AND p.kind = 'guest' THEN m.cancel_reason END,
          'role', p.kind, 'name', p.name, 'email', p.email, 'zone', p.zone, 'language', p.locale,
          'answer', p.answer, 'cameFrom', p.source, 'left', p.left_at) ORDER BY m.starts_at, m.id), '[]'::json)
        FROM part p JOIN meeting m ON m.workspace_id = p.workspace_id AND m.id = p.meeting_id
        JOIN app_user h ON h.workspace_id = m.workspace_id AND h.id = m.host_id
        LEFT JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id),
      'answers', (SELECT coalesce(json_agg(json_build_object(
          'meeting', p.meeting_id, 'question', q.label, 'answer', q.value) ORDER BY p.meeting_id, q.position), '[]'::json)
        FROM part p JOIN question_answer q ON q.workspace_id = p.workspace_id AND q.attendee_id = p.id),
      'history', (SELECT coalesce(json_agg(json_build_object(
          'meeting', e.meeting_id, 'at', e.at, 'did', e.kind, 'name', e.actor_name, 'details', e.details)
          ORDER BY e.at, e.id), '[]'::json)
        FROM part p JOIN meeting_event e ON e.workspace_id = p.workspace_id AND e.meeting_id = p.meeting_id
         AND e.actor = 'guest' AND e.actor_name = p.name),
      'mails', (SELECT coalesce(json_agg(json_build_object(
          'event', m.event, 'meeting', m.meeting_id, 'toName', m.to_name, 'toEmail', m.to_email, 'state', m.state,
          'made', m.created_at, 'sent', m.sent_at, 'said', m.facts) ORDER BY m.created_at, m.id), '[]'::json)
        FROM mail_message m WHERE m.workspace_id = ${workspaceId}::uuid AND m.to_email = ${email}
         AND m.event NOT LIKE 'account/%'),
      'waitingLists', (SELECT coalesce(json_agg(json_build_object(
          'link', l.name, 'name', w.name, 'email', w.email, 'zone', w.zone, 'language', w.locale,
          'since', w.created_at, 'told', w.told_at, 'ended', w.ended_at) ORDER BY w.created_at, w.id), '[]'::json)
        FROM waiting_guest w JOIN booking_link l ON l.workspace_id = w.workspace_id AND l.id = w.link_id
        WHERE w.workspace_id = ${workspaceId}::uuid AND w.email = ${email}),
      'refusedMail', (SELECT coalesce(json_agg(json_build_object(
          'reason', s.reason, 'since', s.created_at)), '[]'::json)
        FROM mail_suppression s WHERE s.workspace_id = ${workspaceId}::uuid AND s.email = ${email}),
      'requests', (SELECT coalesce(json_agg(json_build_object(
          'at', i.created_at, 'answer', convert_from(i.answer, 'UTF8')::jsonb) ORDER BY i.created_at), '[]'::json)
        FROM idempotency_key i WHERE i.workspace_id = ${workspaceId}::uuid AND i.scope LIKE 'booking:%'
         AND i.answer IS NOT NULL
         AND convert_from(i.answer, 'UTF8')::jsonb->>'attendeeId' IN (SELECT id::text FROM part))
    ) AS held`;
  if (row === undefined) throw new Error("an export has no row");
  return row.held;
}
