import type { Db } from "@/lib/db/client";

/** The link a meeting was booked through, and what brought the guest there; undefined when staff made it. */
export async function findBookedThrough(
  db: Db,
  { workspaceId, meetingId }: { readonly workspaceId: string; readonly meetingId: string },
): Promise<
  | {
      readonly link: string;
      readonly makesLeads: boolean;
      readonly touch: Readonly<Record<string, string>>;
    }
  | undefined
> {
  const [found] = await db.$queryRaw<
    { link: string; makesLeads: boolean; touch: Record<string, string> }[]
  >`
    SELECT b.name AS link, b.makes_leads AS "makesLeads",
           coalesce((SELECT a.source FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.kind = 'guest' ORDER BY a.id LIMIT 1), '{}'::jsonb) AS touch
      FROM meeting m JOIN booking_link b ON b.workspace_id = m.workspace_id AND b.id = m.link_id
     WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${meetingId}::uuid`;
  return found;
}
