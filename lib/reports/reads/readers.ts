import type { Db } from "@/lib/db/client";

export type ReportReader = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
};

/** Everybody who manages meetings, in every workspace, and did not switch the weekly mail off. */
export const listReportReaders = (db: Db): Promise<ReportReader[]> =>
  db.$queryRaw<ReportReader[]>`
    SELECT u.workspace_id AS "workspaceId", u.id AS "userId", u.name, u.email, u.locale
    FROM app_user u
    WHERE u.disabled_at IS NULL AND u.removed_at IS NULL
      AND EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
        AND g.group_name = 'meeting_manager')
      AND NOT EXISTS (SELECT FROM notification_preference p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id
        AND p.event = 'report/weekly' AND p.channel = 'mail' AND NOT p.enabled)
    ORDER BY u.workspace_id, u.id`;
