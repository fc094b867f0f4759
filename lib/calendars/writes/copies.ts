import type { Db } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";

type CopyKey = {
  readonly workspaceId: string;
  readonly calendarId: string;
  readonly meetingId: string;
};

/** What may stand at the server is written down before it does: a lost answer leaves nothing we do not know of. */
export async function insertCopy(db: Db, about: CopyKey, href: string, at: Instant): Promise<void> {
  await db.externalCopy.createMany({
    data: [{ ...about, href, updatedAt: columnFromInstant(at) }],
    skipDuplicates: true,
  });
}

/** What the server has now: the meeting's version that was written, or only its tag (`made` left as it was). */
export async function updateCopy(
  db: Db,
  about: CopyKey,
  seen: { readonly etag: string | null; readonly made?: number },
  at: Instant,
): Promise<void> {
  await db.externalCopy.updateMany({
    where: about,
    data: {
      ...seen,
      ...(seen.made === undefined ? {} : { cause: null }),
      updatedAt: columnFromInstant(at),
    },
  });
}

/** Why a copy waits. */
export async function markCopyTrouble(
  db: Db,
  about: CopyKey,
  cause: string,
  at: Instant,
): Promise<void> {
  await db.externalCopy.updateMany({
    where: about,
    data: { cause, updatedAt: columnFromInstant(at) },
  });
}

export async function removeCopy(db: Db, about: CopyKey): Promise<void> {
  await db.externalCopy.deleteMany({ where: about });
}
