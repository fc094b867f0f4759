import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import type { MeetingId } from "@/lib/ids";
import type { Viewer } from "@/lib/people/core/viewer";
import { getViewer } from "@/lib/people/loaders";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, HOUR_MS, instantOf } from "@/lib/time/instant";
import { calendarDateAt, dayOfWeek, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Meeting, MeetingSeries } from "../core/meeting";
import { factsOf } from "../core/meeting";
import type { DraftHost, MeetingDraft } from "../core/meeting-draft";
import { draftOf, duplicated } from "../core/meeting-draft";
import { mayHost, meetingPolicy } from "../policy";
import type { VirtualRoomChoice } from "../reads/editor";
import { listColleagues, listRoomChoices, listVirtualRoomChoices } from "../reads/editor";
import { findMeeting } from "../reads/meeting";

export type EditorView = {
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly draft: MeetingDraft;
  readonly virtualRooms: readonly VirtualRoomChoice[];
  /** Absent for a new one. */
  readonly meeting:
    | {
        readonly id: string;
        readonly version: number;
        readonly state: "draft" | "confirmed";
        readonly series: Pick<MeetingSeries, "rule" | "zone"> | null;
      }
    | undefined;
};

/** What a new meeting may be begun with, out of an address. */
export type Begun = {
  readonly start?: Instant | undefined;
  readonly end?: Instant | undefined;
  readonly subject?: string | undefined;
  readonly rooms?: readonly string[] | undefined;
  /** Colleagues in whose calendar it was drawn. */
  readonly people?: readonly string[] | undefined;
  /** Somebody outside it is held with. */
  readonly guest?: { readonly name: string; readonly email: string } | undefined;
  /** A meeting it is to be like. */
  readonly like?: string | undefined;
};

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

async function findVisible(deps: Deps, member: Member, id: string): Promise<Meeting | undefined> {
  if (!isId(id)) return undefined;
  const meeting = await findMeeting(deps.db, {
    workspaceId: member.workspaceId,
    id: id as MeetingId,
  });
  return meeting && meetingPolicy.can(member, "meeting.read", factsOf(meeting))
    ? meeting
    : undefined;
}

/** What a new meeting begins at: the next full hour of a weekday’s working time, at least half an hour from now. */
function soon(now: Instant, zone: TimeZone): Instant {
  const next = instantOf(Math.ceil((now + HOUR_MS / 2) / HOUR_MS) * HOUR_MS);
  for (let start = next; start < next + 8 * DAY_MS; start = addMinutes(start, 60)) {
    const hour = minuteOfDayAt(zone, start) / 60;
    const day = dayOfWeek(calendarDateAt(zone, start));
    if (hour >= 9 && hour < 17 && day !== 0 && day !== 6) return start;
  }
  return next;
}

/** The same once more. Who may not change that one holds the new one themselves. */
function likeThat(like: Meeting, member: Member, self: DraftHost, now: Instant): MeetingDraft {
  const draft = duplicated(draftOf(like), now);
  if (meetingPolicy.can(member, "meeting.edit", factsOf(like))) return draft;
  const { host } = draft;
  const others = draft.people.filter(({ userId }) => userId !== self.userId);
  return {
    ...draft,
    host: self,
    people: [{ ...host, required: true, coHost: false }, ...others],
  };
}

/** An empty form of a new meeting, begun with what the address says, or like another meeting. */
export async function loadNewMeeting(begun: Begun): Promise<EditorView> {
  const member = await getMember();
  if (!mayHost(member)) notFound();
  const viewer = await getViewer();
  const deps = runtime();
  const now = deps.now();
  const like = begun.like === undefined ? undefined : await findVisible(deps, member, begun.like);
  const [virtualRooms, rooms, colleagues] = await Promise.all([
    listVirtualRoomChoices(deps.db, member.workspaceId),
    listRoomChoices(deps.db, member.workspaceId, (begun.rooms ?? []).filter(isId)),
    listColleagues(deps.db, member.workspaceId, (begun.people ?? []).filter(isId)),
  ]);
  const start = begun.start ?? soon(now, viewer.zone);
  const end = begun.end !== undefined && begun.end > start ? begun.end : addMinutes(start, 60);
  const empty: MeetingDraft = {
    subject: begun.subject ?? "",
    host: { userId: viewer.id, name: viewer.name, zone: viewer.zone, photoId: viewer.photoId },
    start,
    end,
    people: colleagues
      .filter(({ userId }) => userId !== viewer.id)
      .map((person) => ({ ...person, required: true, coHost: false })),
    guests:
      begun.guest === undefined
        ? []
        : [{ ...begun.guest, zone: viewer.zone, locale: viewer.locale }],
    rooms,
    // Where there is a room of ours, nobody needs a link unless they say so.
    virtualRoomId:
      rooms.length > 0 ? null : (virtualRooms.find(({ isDefault }) => isDefault)?.id ?? null),
    place: null,
    agenda: "",
    attachments: [],
    reminderMinutes: null,
    visibility: "public",
    sharesList: false,
  };
  const draft = like === undefined ? empty : likeThat(like, member, empty.host, now);
  return { viewer, now, draft, virtualRooms, meeting: undefined };
}

/**
 * The form of a meeting for whoever may change it. For others, and of a meeting that can no longer be changed, there
 * is no such page.
 */
export async function loadEditedMeeting(id: string): Promise<EditorView> {
  const member = await getMember();
  const viewer = await getViewer();
  const deps = runtime();
  const meeting = await findVisible(deps, member, id);
  if (meeting === undefined || !meetingPolicy.can(member, "meeting.edit", factsOf(meeting))) {
    notFound();
  }
  const { state } = meeting;
  if (state !== "draft" && state !== "confirmed") notFound();
  return {
    viewer,
    now: deps.now(),
    draft: draftOf(meeting),
    virtualRooms: await listVirtualRoomChoices(deps.db, member.workspaceId),
    meeting: {
      id: meeting.id,
      version: meeting.version,
      state,
      series: meeting.series && { rule: meeting.series.rule, zone: meeting.series.zone },
    },
  };
}
