import type { Group, Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { meetingInput } from "@/lib/meetings/schema";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Person } from "./workspace";

/** A person as a request brings them. */
export const memberOf = (person: Person, groups: readonly Group[] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

/** A confirmed meeting of this person in these rooms, or the reason why not. */
export const meetIn = (
  deps: Deps,
  actor: Member,
  rooms: readonly { readonly id: string }[],
  about: { readonly start: Instant; readonly end: Instant; readonly visibility?: "private" },
) =>
  makeMeeting(
    {
      actor,
      confirm: true,
      input: meetingInput.parse({
        subject: "Roadmap review",
        start: toIso(about.start),
        end: toIso(about.end),
        roomIds: rooms.map(({ id }) => id),
        visibility: about.visibility ?? "public",
      }),
    },
    deps,
  );
