import type { Db } from "@/lib/db/client";
import type { GuestExport } from "../core/guest-export";

type Collected = Omit<GuestExport, "email" | "madeAt">;

/** Everything about one address in one value, oldest first, in one statement: as of one moment. */
export async function collectGuest(db: Db, workspaceId: string, email: string): Promise<Collected> {
  const [row] = await db.$queryRaw<{ held: Collected }[]>`
    WITH part AS MATERIALIZED (
      SELECT a.* FROM attendee a
       WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest')),
    about AS MATERIALIZED (
      SELECT l.* FROM lead l
       WHERE l.workspace_id = ${workspaceId}::uuid AND (l.email = ${email} OR l.contact_id IN
         (SELECT c.id FROM contact c WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ${email})))
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
         AND convert_from(i.answer, 'UTF8')::jsonb->>'attendeeId' IN (SELECT id::text FROM part)),
      'contacts', (SELECT coalesce(json_agg(json_build_object(
          'name', c.name, 'email', c.email, 'phone', c.phone, 'title', c.title, 'company', co.name, 'zone', c.zone,
          'language', c.locale, 'description', c.description, 'tags', c.tags, 'more', c.custom, 'since', c.created_at)
          ORDER BY c.created_at, c.id), '[]'::json)
        FROM contact c LEFT JOIN company co ON co.workspace_id = c.workspace_id AND co.id = c.company_id
        WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ${email}),
      'deals', (SELECT coalesce(json_agg(json_build_object(
          'number', l.number, 'name', l.name, 'contact', l.contact_name, 'company', l.company_name, 'email', l.email,
          'phone', l.phone, 'status', l.status, 'description', l.description, 'tags', l.tags, 'more', l.custom,
          'cameFrom', l.first_touch, 'since', l.created_at, 'closed', l.closed_at) ORDER BY l.created_at, l.id), '[]'::json)
        FROM about l),
      'dealNotes', (SELECT coalesce(json_agg(json_build_object('deal', l.number, 'at', n.at, 'said', n.body) ORDER BY n.at, n.id), '[]'::json)
        FROM about l JOIN lead_note n ON n.workspace_id = l.workspace_id AND n.lead_id = l.id AND n.deleted_at IS NULL),
      'dealActivities', (SELECT coalesce(json_agg(json_build_object('deal', l.number, 'kind', a.kind, 'subject', a.subject,
          'note', a.note, 'due', a.due_at, 'done', a.done_at, 'outcome', a.outcome) ORDER BY a.created_at, a.id), '[]'::json)
        FROM about l JOIN activity a ON a.workspace_id = l.workspace_id AND a.lead_id = l.id AND a.deleted_at IS NULL)
    ) AS held`;
  if (row === undefined) throw new Error("an export has no row");
  return row.held;
}
