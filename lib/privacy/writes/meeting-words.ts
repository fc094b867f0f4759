import type { Transaction } from "@/lib/db/client";
import {
  FORMER_GUEST,
  jsonWithoutTraces,
  subjectWithout,
  withoutTraces,
} from "../core/former-guest";
import type { Target } from "../core/target";
import { tracesOf } from "../core/target";

type Targets = ReadonlyMap<string, readonly Target[]>;
type About = { readonly workspaceId: string; readonly targets: Targets };

const idsOf = ({ targets }: About): string[] => [...targets.keys()];
const isOwn = (targets: readonly Target[]): boolean => targets.some(({ own }) => own);

const scrub = (text: string | null, targets: readonly Target[]): string | null =>
  text === null ? null : targets.map(tracesOf).reduce(withoutTraces, text);

type MeetingRow = {
  readonly id: string;
  readonly subject: string;
  readonly note: string | null;
  readonly cancel_reason: string | null;
  readonly by_guest: boolean;
  readonly place_detail: string | null;
  readonly place_is_theirs: boolean;
  readonly link_name: string | null;
};

function meetingWithout(row: MeetingRow, targets: readonly Target[]) {
  const own = isOwn(targets);
  return {
    id: row.id,
    subject: subjectWithout(row.subject, row.link_name, targets.map(tracesOf)),
    note: own ? null : scrub(row.note, targets),
    cancel_reason: own && row.by_guest ? null : scrub(row.cancel_reason, targets),
    place_detail: own && row.place_is_theirs ? null : scrub(row.place_detail, targets),
  };
}

/** Subjects, notes, reasons and places of meetings, without these guests. The meetings themselves stay as they are. */
export async function rewriteMeetings(tx: Transaction, about: About): Promise<void> {
  const { workspaceId, targets } = about;
  const rows = await tx.$queryRaw<MeetingRow[]>`
    SELECT m.id, m.subject, m.note, m.cancel_reason, coalesce(m.cancelled_by = 'guest', false) AS by_guest,
      m.place_detail, l.name AS link_name,
      -- A number to call or an address to come to that the link does not have itself was typed by the guest.
      m.place_kind IN ('phone', 'address') AND m.place_detail IS NOT NULL AND NOT EXISTS (
        SELECT FROM booking_link_place p WHERE p.workspace_id = m.workspace_id AND p.link_id = m.link_id
           AND p.detail = m.place_detail) AS place_is_theirs
      FROM meeting m LEFT JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ANY(${idsOf(about)}::uuid[])`;
  const written = rows.map((row) => meetingWithout(row, targets.get(row.id) ?? []));
  await tx.$executeRaw`
    UPDATE meeting m SET subject = n.subject, note = n.note, cancel_reason = n.cancel_reason,
      place_detail = n.place_detail
      FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
        AS n(id uuid, subject text, note text, cancel_reason text, place_detail text)
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = n.id
       AND (m.subject, m.note, m.cancel_reason, m.place_detail)
           IS DISTINCT FROM (n.subject, n.note, n.cancel_reason, n.place_detail)`;
}

type EventRow = {
  readonly id: string;
  readonly meeting_id: string;
  readonly is_guest: boolean;
  readonly actor_name: string;
  readonly details: Readonly<Record<string, unknown>>;
};

function eventWithout(row: EventRow, targets: readonly Target[]) {
  const acted = row.is_guest && targets.some(({ name, own }) => own || name === row.actor_name);
  const { reason, ...rest } = row.details;
  const details = acted || reason === undefined ? rest : { ...rest, reason };
  return {
    id: row.id,
    actor_name: acted ? FORMER_GUEST : row.actor_name,
    details: targets.map(tracesOf).reduce<unknown>(jsonWithoutTraces, details),
  };
}

/** The history of meetings without these guests: what was done stays, who they were does not. */
export async function rewriteEvents(tx: Transaction, about: About): Promise<void> {
  const { workspaceId, targets } = about;
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT id, meeting_id, actor = 'guest' AS is_guest, actor_name, details FROM meeting_event
     WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ANY(${idsOf(about)}::uuid[])`;
  const written = rows.map((row) => eventWithout(row, targets.get(row.meeting_id) ?? []));
  await tx.$executeRaw`
    UPDATE meeting_event e SET actor_name = n.actor_name, details = n.details
      FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS n(id uuid, actor_name text, details jsonb)
     WHERE e.workspace_id = ${workspaceId}::uuid AND e.id = n.id
       AND (e.actor_name, e.details) IS DISTINCT FROM (n.actor_name, n.details)`;
}

type TitledRow = {
  readonly id: string;
  readonly meeting_id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly link_name: string | null;
};

function titledWithout(row: TitledRow, targets: readonly Target[]) {
  return {
    id: row.id,
    title: subjectWithout(row.title, row.link_name, targets.map(tracesOf)),
    detail: isTheirs(row.detail, targets) ? FORMER_GUEST : scrub(row.detail, targets),
  };
}

/** "Mika Tanaka may come: Train, perhaps late": what follows a guest's name are their words. */
const isTheirs = (detail: string | null, targets: readonly Target[]): boolean =>
  detail !== null &&
  targets.some(
    ({ name }) =>
      name !== "" &&
      /^(?:: | (?:comes|may come|does not come)\b)/.test(
        detail.startsWith(name) ? detail.slice(name.length) : "",
      ),
  );

/** Notices and tasks of colleagues about these meetings, without these guests. */
export async function rewriteNotices(tx: Transaction, about: About): Promise<void> {
  const { workspaceId, targets } = about;
  const ids = idsOf(about);
  const [notices, tasks] = await Promise.all([
    tx.$queryRaw<TitledRow[]>`
      SELECT n.id, n.meeting_id, n.title, n.detail, l.name AS link_name FROM notification n
        JOIN meeting m ON m.workspace_id = n.workspace_id AND m.id = n.meeting_id
        LEFT JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id
       WHERE n.workspace_id = ${workspaceId}::uuid AND n.meeting_id = ANY(${ids}::uuid[])`,
    tx.$queryRaw<TitledRow[]>`
      SELECT t.id, t.meeting_id, t.title, NULL::text AS detail, l.name AS link_name FROM task t
        JOIN meeting m ON m.workspace_id = t.workspace_id AND m.id = t.meeting_id
        LEFT JOIN booking_link l ON l.workspace_id = m.workspace_id AND l.id = m.link_id
       WHERE t.workspace_id = ${workspaceId}::uuid AND t.meeting_id = ANY(${ids}::uuid[])`,
  ]);
  const written = (rows: readonly TitledRow[]): string =>
    JSON.stringify(rows.map((row) => titledWithout(row, targets.get(row.meeting_id) ?? [])));
  await tx.$executeRaw`
    UPDATE notification o SET title = n.title, detail = n.detail
      FROM jsonb_to_recordset(${written(notices)}::jsonb) AS n(id uuid, title text, detail text)
     WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = n.id
       AND (o.title, o.detail) IS DISTINCT FROM (n.title, n.detail)`;
  await tx.$executeRaw`
    UPDATE task o SET title = n.title
      FROM jsonb_to_recordset(${written(tasks)}::jsonb) AS n(id uuid, title text)
     WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = n.id AND o.title <> n.title`;
}

type AnswerRow = {
  readonly attendee_id: string;
  readonly position: number;
  readonly value: string;
};

/** What other guests of these meetings answered, without these addresses. */
export async function rewriteAnswers(tx: Transaction, about: About): Promise<void> {
  const { workspaceId, targets } = about;
  const rows = await tx.$queryRaw<(AnswerRow & { readonly meeting_id: string })[]>`
    SELECT q.attendee_id, q.position, q.value, a.meeting_id FROM question_answer q
      JOIN attendee a ON a.workspace_id = q.workspace_id AND a.id = q.attendee_id
     WHERE q.workspace_id = ${workspaceId}::uuid AND a.meeting_id = ANY(${idsOf(about)}::uuid[])`;
  const written = rows.map(({ meeting_id, ...row }) => ({
    ...row,
    // Names are anybody's words there; the address is one person's.
    value: (targets.get(meeting_id) ?? [])
      .map((target) => ({ ...tracesOf(target), name: "" }))
      .reduce(withoutTraces, row.value),
  }));
  await tx.$executeRaw`
    UPDATE question_answer q SET value = n.value
      FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
        AS n(attendee_id uuid, position smallint, value text)
     WHERE q.workspace_id = ${workspaceId}::uuid AND q.attendee_id = n.attendee_id AND q.position = n.position
       AND q.value <> n.value`;
}
