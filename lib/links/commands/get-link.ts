import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Db } from "@/lib/db/client";
import { linkPolicy } from "../policy";
import type { StoredLink } from "../reads/settings";
import { findStoredLink } from "../reads/settings";

/** A link this person may know of. Throws NotHere for an absent and for a foreign one alike. */
export async function getVisibleLink(db: Db, member: Member, id: string): Promise<StoredLink> {
  const link = await findStoredLink(db, { workspaceId: member.workspaceId, id });
  if (link === undefined || !linkPolicy.can(member, "link.read", link)) throw new NotHere();
  return link;
}
