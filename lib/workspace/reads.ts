import type { AuditFilter } from "@/lib/audit/entries";
import type { Db } from "@/lib/db/client";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { endOfDay, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Holiday } from "./core/holiday";
import type { Workspace } from "./core/workspace";
import type { AuditQuestion } from "./schema";

const columns = {
  id: true,
  name: true,
  zone: true,
  locale: true,
  logoId: true,
  colour: true,
  mailFromName: true,
  mailReplyTo: true,
  retentionDays: true,
  version: true,
} as const;

/** The settings of a workspace. Throws when there is none: whoever asks belongs to it. */
export const getWorkspace = (db: Db, workspaceId: string): Promise<Workspace> =>
  db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: columns });

/** The holidays of a year, by day; at most 500. */
export const listHolidays = (
  db: Db,
  workspaceId: string,
  year: number,
): Promise<readonly Holiday[]> =>
  db.$queryRaw<Holiday[]>`
    SELECT id, to_char(on_date, 'YYYY-MM-DD') AS date, name FROM holiday
     WHERE workspace_id = ${workspaceId}::uuid
       AND on_date >= make_date(${year}::int, 1, 1) AND on_date < make_date(${year + 1}::int, 1, 1)
     ORDER BY on_date, name LIMIT 500`;

/** Tokens of every link that can be opened: what the workspace changes about itself is on all their pages. */
export async function listLinkTokens(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT token FROM booking_link WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL`;
  return rows.map(({ token }) => token);
}

/** People an admin may mean by an address or the beginning of a name; at most 50. */
async function listUserIdsLike(
  db: Db,
  workspaceId: string,
  words: string,
): Promise<readonly string[]> {
  const beginning = `${words.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM app_user
     WHERE workspace_id = ${workspaceId}::uuid
       AND (email = lower(${words}) OR lower(name) LIKE ${beginning} OR id::text = lower(${words}))
     ORDER BY name, id LIMIT 50`;
  return rows.map(({ id }) => id);
}

/** What a question in an address means here: whom it names, and when its days begin and end for the reader. */
export async function findAuditFilter(
  db: Db,
  workspaceId: string,
  question: AuditQuestion,
  zone: TimeZone,
): Promise<AuditFilter> {
  const { person, action, subject } = question;
  const from = parseCalendarDate(question.from ?? "");
  const to = parseCalendarDate(question.to ?? "");
  return {
    ...(person ? { userIds: await listUserIdsLike(db, workspaceId, person) } : {}),
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(from === undefined ? {} : { from: startOfDay(from, zone) }),
    ...(to === undefined ? {} : { to: endOfDay(to, zone) }),
  };
}
