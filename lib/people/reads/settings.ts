import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { NotificationChannel, Preference } from "../core/notification-choices";
import type { ApiKeyRow, Profile } from "../core/settings";

type Person = { readonly workspaceId: string; readonly userId: string };

/** A person's own settings; undefined for nobody. */
export async function findProfile(db: Db, person: Person): Promise<Profile | undefined> {
  const row = await db.appUser.findUnique({
    where: {
      workspaceId_id: { workspaceId: person.workspaceId, id: person.userId },
      removedAt: null,
    },
  });
  if (!row) return undefined;
  return {
    name: row.name,
    title: row.title ?? "",
    zone: row.zone,
    locale: row.locale,
    hourCycle: row.hourCycle === 12 ? 12 : 24,
    weekStart: row.weekStart,
    photoId: row.photoId,
    version: row.version,
  };
}

/** What a person switched off. */
export async function listSwitchedOff(db: Db, person: Person): Promise<readonly Preference[]> {
  const rows = await db.notificationPreference.findMany({
    where: { workspaceId: person.workspaceId, userId: person.userId, enabled: false },
    select: { event: true, channel: true },
  });
  return rows.map(({ event, channel }) => ({ event, channel: channel as NotificationChannel }));
}

/** A person's live keys, newest first. */
export async function listApiKeys(db: Db, person: Person): Promise<readonly ApiKeyRow[]> {
  const rows = await db.apiKey.findMany({
    where: { workspaceId: person.workspaceId, userId: person.userId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    createdAt: instantFromColumn(row.createdAt),
    usedAt: row.usedAt === null ? null : instantFromColumn(row.usedAt),
  }));
}
