import type { Db } from "@/lib/db/client";

/** The deal a meeting belongs to; undefined when it belongs to none. */
export async function findLinkedLead(
  db: Db,
  { workspaceId, meetingId }: { readonly workspaceId: string; readonly meetingId: string },
): Promise<string | undefined> {
  const [found] = await db.$queryRaw<{ id: string }[]>`
    SELECT lead_id AS id FROM lead_meeting
     WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid`;
  return found?.id;
}

/** The open lead or deal this contact is spoken with about: the host's own first, then the one last touched. */
export async function findOpenLeadOf(
  db: Db,
  asked: {
    readonly workspaceId: string;
    readonly contactId: string;
    readonly email: string;
    readonly hostId: string;
  },
): Promise<string | undefined> {
  const [found] = await db.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM lead l
     WHERE l.workspace_id = ${asked.workspaceId}::uuid AND l.status = 'open' AND l.deleted_at IS NULL
       AND (l.contact_id = ${asked.contactId}::uuid OR l.email = ${asked.email})
     ORDER BY l.owner_id IS NOT DISTINCT FROM ${asked.hostId}::uuid DESC, l.kind = 'opportunity' DESC, l.updated_at DESC, l.id
     LIMIT 1`;
  return found?.id;
}

/** Whether sales have spoken with this address: a contact, or a lead of it. */
export async function isKnown(db: Db, workspaceId: string, address: string): Promise<boolean> {
  const email = address.toLowerCase();
  const found = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM contact WHERE workspace_id = ${workspaceId}::uuid AND email = ${email} AND deleted_at IS NULL
    UNION ALL
    SELECT 1 FROM lead WHERE workspace_id = ${workspaceId}::uuid AND email = ${email} AND deleted_at IS NULL LIMIT 1`;
  return found.length > 0;
}

/** Whether somebody sells, and the team their deals go to. */
export async function findSellersTeam(
  db: Db,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
): Promise<{ readonly teamId: string | null } | undefined> {
  const [found] = await db.$queryRaw<{ teamId: string | null }[]>`
    SELECT coalesce((SELECT p.default_team_id FROM sales_person p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id),
             (SELECT m.team_id FROM sales_team_member m JOIN sales_team t ON t.workspace_id = m.workspace_id AND t.id = m.team_id AND t.archived_at IS NULL
               WHERE m.workspace_id = u.workspace_id AND m.user_id = u.id ORDER BY t.position, t.id LIMIT 1)) AS "teamId"
      FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${userId}::uuid AND u.disabled_at IS NULL AND u.removed_at IS NULL
       AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name IN ('crm_user', 'crm_manager'))`;
  return found;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The lead somebody means by `D-12`, `12`, or an address with its id in it. Who may see it is not asked here. */
export async function findLeadNamed(
  db: Db,
  workspaceId: string,
  text: string,
): Promise<string | undefined> {
  const id = UUID.exec(text)?.[0] ?? null;
  const number = /^(?:[DL]-)?(\d{1,15})$/i.exec(text.trim())?.[1] ?? null;
  if (id === null && number === null) return undefined;
  const [found] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM lead WHERE workspace_id = ${workspaceId}::uuid
       AND (id = ${id}::uuid OR number = ${number}::bigint) LIMIT 1`;
  return found?.id;
}
