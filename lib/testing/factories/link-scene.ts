import type { Group, Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { StoredLink } from "@/lib/links/reads/settings";
import { findStoredLink } from "@/lib/links/reads/settings";
import type { House } from "@/lib/testing/house";
import { makeRoom } from "./rooms";
import type { Person } from "./workspace";
import { makeLink, makePerson, makeWorkspace } from "./workspace";

/** Somebody as the application knows them when they ask. */
export const memberOf = (person: Person, groups: readonly Group[] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

/** A link as it is kept now. */
export async function storedLink(
  house: House,
  link: { id: string },
  workspaceId: string,
): Promise<StoredLink> {
  const found = await findStoredLink(house.db, { workspaceId, id: link.id });
  if (found === undefined) throw new Error("no such link");
  return found;
}

/** A workspace with two people, a room, and a link of the first of them. */
export async function makeLinkScene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben Ito", zone: "Asia/Tokyo" });
  const room = await makeRoom(house.db, workspaceId);
  const link = await makeLink(house.db, [ana], { name: "Discovery" });
  const before = await storedLink(house, link, workspaceId);
  return { workspaceId, ana, ben, room, link, before, actor: memberOf(ana) };
}

/** The value of something that must not be refused. */
export const unwrap = <Value, Refusal>(
  result: { ok: true; value: Value } | { ok: false; refusal: Refusal },
): Value => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
