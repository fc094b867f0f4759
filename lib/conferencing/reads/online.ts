import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { ProviderAccount, ProviderName } from "../core/provider";
import type { RoomAccess } from "../core/room-provider";

export type OnlineId = { readonly workspaceId: string; readonly onlineId: string };

/** What is known of an online meeting and of those who come to it: everything a call to its provider says. */
export type OnlineWork = {
  readonly room: RoomAccess;
  readonly settings: unknown;
  readonly account: ProviderAccount | null;
  /** The meeting it is for; of a series the next occurrence. Undefined when no meeting wants it any more. */
  readonly meeting:
    | {
        readonly subject: string;
        readonly agenda: string | null;
        readonly start: Instant;
        readonly end: Instant;
        readonly zone: TimeZone;
        readonly recurring: boolean;
        readonly isPrivate: boolean;
      }
    | undefined;
};

type Row = {
  readonly virtualRoomId: string;
  readonly provider: ProviderName;
  readonly address: string | null;
  readonly credentials: "environment" | "stored";
  readonly settings: unknown;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly subject: string | null;
  readonly agenda: string | null;
  readonly start: Date | null;
  readonly end: Date | null;
  readonly zone: TimeZone | null;
  readonly recurring: boolean;
  readonly isPrivate: boolean;
};

const meetingOf = (row: Row): OnlineWork["meeting"] =>
  row.start === null || row.end === null || row.zone === null
    ? undefined
    : {
        subject: row.subject ?? "",
        agenda: row.agenda,
        start: instantOf(row.start.getTime()),
        end: instantOf(row.end.getTime()),
        zone: row.zone,
        recurring: row.recurring,
        isPrivate: row.isPrivate,
      };

/** An online meeting with its virtual room, its account and whom it is for; undefined when there is none. */
export async function findOnlineWork(
  db: Db,
  { workspaceId, onlineId }: OnlineId,
  now: Instant,
): Promise<OnlineWork | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT v.id AS "virtualRoomId", o.provider::text, v.address, v.credentials, v.settings,
      a.id AS "accountId", a.name AS "accountName",
      m.subject, m.agenda, m.starts_at AS start, m.ends_at AS end, u.zone,
      coalesce(m.series_id IS NOT NULL, false) AS recurring, coalesce(m.visibility = 'private', false) AS "isPrivate"
    FROM online_meeting o
    JOIN virtual_room v ON v.workspace_id = o.workspace_id AND v.id = o.virtual_room_id
    LEFT JOIN virtual_account a ON a.workspace_id = o.workspace_id AND a.id = o.account_id
    LEFT JOIN LATERAL (
      SELECT * FROM meeting m
      WHERE m.workspace_id = o.workspace_id AND m.online_id = o.id
      ORDER BY m.state = 'cancelled', m.ends_at < ${new Date(now)}, abs(extract(epoch FROM m.starts_at - ${new Date(now)})), m.id
      LIMIT 1) m ON true
    LEFT JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.host_id
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ${onlineId}::uuid`;
  const [row] = rows;
  if (row === undefined) return undefined;
  const { virtualRoomId, provider, address, credentials, settings, accountId, accountName } = row;
  return {
    room: { workspaceId, virtualRoomId, provider, address, credentials },
    settings,
    account:
      accountId === null || accountName === null ? null : { id: accountId, name: accountName },
    meeting: meetingOf(row),
  };
}
