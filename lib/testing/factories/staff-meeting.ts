import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { meetingInput } from "@/lib/meetings/schema";
import type { Deps } from "@/lib/runtime";
import type { Person } from "./workspace";

/** Who a person is to a command. */
export const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

/** A confirmed meeting of this host, an hour from `start` unless told otherwise. Throws when it is refused. */
export async function makeStaffMeeting(
  deps: Deps,
  host: Person,
  given: { readonly start: string } & Readonly<Record<string, unknown>>,
): Promise<Meeting> {
  const end = new Date(Date.parse(given.start) + 3_600_000).toISOString();
  const input = meetingInput.parse({ subject: "Roadmap", end, ...given });
  const made = await makeMeeting({ actor: memberOf(host), input, confirm: true }, deps);
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return getMeeting(deps, made.value);
}

/** A meeting as it stands. Throws when there is none. */
export async function getMeeting(
  { db }: Pick<Deps, "db">,
  { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">,
): Promise<Meeting> {
  const meeting = await findMeeting(db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}
