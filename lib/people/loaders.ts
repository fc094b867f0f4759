import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { NotSignedIn } from "@/lib/access/policy";
import { findActor, findOwnSession, getMember } from "@/lib/auth/session";
import { isSetUp } from "@/lib/auth/set-up-state";
import { env } from "@/lib/env";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { NotificationSwitch } from "./core/notification-choices";
import { switchesOn } from "./core/notification-choices";
import type { PeopleAsked, PeoplePage, PersonDetail } from "./core/person";
import type { ApiKeyRow, Profile } from "./core/settings";
import type { Viewer } from "./core/viewer";
import { peoplePolicy } from "./policy";
import { findViewer } from "./reads";
import { listPeople } from "./reads/people";
import { findPerson } from "./reads/person";
import { findProfile, listApiKeys, listSwitchedOff } from "./reads/settings";

/** The person this screen is for, or undefined when nobody is signed in. Read once per request. */
export const loadViewer: () => Promise<Viewer | undefined> = cache(async () => {
  const actor = await findActor();
  if (actor.kind !== "member") return undefined;
  return findViewer(runtime().db, actor);
});

/** The person this screen is for. Throws NotSignedIn. */
export async function getViewer(): Promise<Viewer> {
  const viewer = await loadViewer();
  if (viewer === undefined) throw new NotSignedIn();
  return viewer;
}

/** Does this installation show its demonstration accounts? Then their known password is shown with them. */
export const isDemonstration = (): boolean => env.DEMONSTRATION;

/** Is there anybody here? Until there is, the only page is the one that makes the first admin. */
export const loadIsSetUp = (): Promise<boolean> => isSetUp();

/** The member, if accounts are theirs to manage. For anybody else there is nothing here. */
async function getAdmin() {
  const member = await getMember();
  const facts = { workspaceId: member.workspaceId, userId: null };
  if (!peoplePolicy.can(member, "people.manage", facts)) notFound();
  return member;
}

/** One page of the people of this workspace, for its admins. */
export async function loadPeople(asked: PeopleAsked): Promise<PeoplePage> {
  const { workspaceId } = await getAdmin();
  return listPeople(runtime().db, workspaceId, asked);
}

/** One person, for admins; undefined for an id that names nobody here. */
export async function loadPerson(
  id: string,
): Promise<
  { readonly person: PersonDetail; readonly own: boolean; readonly now: Instant } | undefined
> {
  const admin = await getAdmin();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const { db, now: clock } = runtime();
  const now = clock();
  const ownSessionId = (await findOwnSession())?.sessionId;
  const about = { workspaceId: admin.workspaceId, userId: id };
  const person = await findPerson(db, about, { now, ownSessionId });
  return person && { person, own: id === admin.userId, now };
}

/** The reader's own settings. Throws NotSignedIn. */
export async function loadProfile(): Promise<Profile> {
  const member = await getMember();
  return (await findProfile(runtime().db, member)) ?? notFound();
}

/** Which of the reader's notifications are on. */
export async function loadNotificationSwitches(): Promise<readonly NotificationSwitch[]> {
  const member = await getMember();
  return switchesOn(await listSwitchedOff(runtime().db, member));
}

/** The reader's own API keys. */
export async function loadApiKeys(): Promise<readonly ApiKeyRow[]> {
  return listApiKeys(runtime().db, await getMember());
}

/** Is the reader an admin? For showing the way only: each page asks for itself. */
export async function loadIsAdmin(): Promise<boolean> {
  return (await loadViewer())?.groups.includes("admin") ?? false;
}
