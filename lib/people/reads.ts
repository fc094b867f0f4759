import type { Group } from "@/lib/access/actor";
import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { Viewer } from "./core/viewer";

export type UserSummary = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly zone: string;
  readonly groups: readonly Group[];
  readonly disabled: boolean;
};

type Row = Omit<UserSummary, "groups" | "disabled"> & { groups: Group[]; disabled: boolean };

/** Every account of a workspace, by name. */
export const listUsers = (db: Db, workspaceId: string): Promise<readonly UserSummary[]> =>
  db.$queryRaw<Row[]>`
    SELECT u.id, u.email, u.name, u.zone, u.disabled_at IS NOT NULL AS disabled,
           ARRAY(SELECT g.group_name::text FROM user_group g
                  WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
                  ORDER BY g.group_name) AS groups
      FROM app_user u WHERE u.workspace_id = ${workspaceId}::uuid AND u.removed_at IS NULL
     ORDER BY u.name, u.id LIMIT 10000`;

/** The account of that address, in whatever case it is written. */
export const findUserByEmail = (
  db: Db,
  workspaceId: string,
  email: string,
): Promise<{ readonly id: string; readonly name: string } | null> =>
  db.appUser.findUnique({
    where: { workspaceId_email: { workspaceId, email: email.trim().toLowerCase() } },
    select: { id: true, name: true },
  });

/** The workspace an installation began with: the one an operator's command speaks of when it names none. */
export const findFirstWorkspace = (
  db: Db,
): Promise<{ readonly id: string; readonly name: string; readonly zone: string } | null> =>
  db.workspace.findFirst({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, name: true, zone: true },
  });

type ViewerRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string | null;
  readonly photo_id: string | null;
  readonly zone: string;
  readonly locale: string;
  readonly hour_cycle: number;
  readonly week_start: number;
  readonly workspace_name: string;
  readonly demonstration: boolean;
  readonly unread: number;
  readonly waiting: number;
};

/** What every screen shows of the person it is drawn for, in one query; undefined when there is no such person. */
export async function findViewer(
  db: Db,
  person: {
    readonly workspaceId: WorkspaceId;
    readonly userId: UserId;
    readonly groups: readonly Group[];
  },
): Promise<Viewer | undefined> {
  const { workspaceId, userId } = person;
  const [row] = await db.$queryRaw<ViewerRow[]>`
    SELECT u.id, u.name, u.email, u.title, u.photo_id, u.zone, u.locale, u.hour_cycle, u.week_start,
           w.name AS workspace_name, w.demonstration,
           (SELECT count(*)::int FROM notification n
             WHERE n.workspace_id = u.workspace_id AND n.user_id = u.id AND n.read_at IS NULL) AS unread,
           (SELECT count(*)::int FROM meeting m
             WHERE m.workspace_id = u.workspace_id AND m.host_id = u.id AND m.state = 'draft') AS waiting
      FROM app_user u JOIN workspace w ON w.id = u.workspace_id
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${userId}::uuid`;
  if (!row) return undefined;
  return {
    id: userId,
    workspaceId,
    name: row.name,
    email: row.email,
    title: row.title,
    photoId: row.photo_id,
    groups: person.groups,
    zone: parseTimeZone(row.zone) ?? UTC,
    locale: row.locale,
    hourCycle: row.hour_cycle === 12 ? 12 : 24,
    weekStart: row.week_start as Viewer["weekStart"],
    workspaceName: row.workspace_name,
    demo: row.demonstration,
    unread: row.unread,
    waiting: row.waiting,
  };
}
