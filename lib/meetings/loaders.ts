import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { belongsTo } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import type { MeetingId } from "@/lib/ids";
import type { Viewer } from "@/lib/people/core/viewer";
import { getViewer } from "@/lib/people/loaders";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { Numbers, OpenTask } from "./core/home-view";
import { factsOf } from "./core/meeting";
import { detailOf } from "./core/meeting-detail";
import type { ListQuestion } from "./core/meeting-list";
import type { MeetingDetail, MeetingRow } from "./core/meeting-view";
import { actsAsOverride, mayHost, meetingPolicy } from "./policy";
import { listDeliveries, listHistory } from "./reads/detail";
import { findMeeting } from "./reads/meeting";
import { countNumbers } from "./reads/numbers";
import { findWorkspaceZone } from "./reads/people";
import { listOpenProposals } from "./reads/proposals";
import type { MeetingPage, MeetingScope } from "./reads/rows";
import { listBetween, listPage, listWaiting } from "./reads/rows";
import { listOpenTasks } from "./reads/tasks";

const scopeOf = (member: Member): MeetingScope => ({
  workspaceId: member.workspaceId,
  userId: member.userId,
  everybody: belongsTo(member, "admin", "meeting_manager"),
});

const ownScope = (member: Member): MeetingScope => ({ ...scopeOf(member), everybody: false });

/** Meetings are the business of hosts and those who manage them; to others the pages do not exist. */
async function getHostingMember(): Promise<Member> {
  const member = await getMember();
  if (!mayHost(member)) notFound();
  return member;
}

export type HomeView = {
  readonly viewer: Viewer;
  readonly now: Instant;
  readonly today: readonly MeetingRow[];
  readonly waiting: readonly MeetingRow[];
  readonly tasks: readonly OpenTask[];
  readonly numbers: Numbers;
};

/** What one person's day holds: their own meetings today, what waits for their answer, what is due, how it goes. */
export async function loadHome(): Promise<HomeView> {
  const member = await getMember();
  const viewer = await getViewer();
  const { db, now: clock } = runtime();
  const now = clock();
  const today = calendarDateAt(viewer.zone, now);
  const scope = ownScope(member);
  const from = startOfDay(today, viewer.zone);
  const to = startOfDay(addDays(today, 1), viewer.zone);
  const [rows, waiting, tasks, numbers] = await Promise.all([
    listBetween(db, scope, from, to),
    listWaiting(db, scope, now),
    listOpenTasks(db, scope, today),
    countNumbers(db, scope, now, viewer.zone),
  ]);
  return { viewer, now, today: rows, waiting, tasks, numbers };
}

/** One page of a list, in this reader's scope: managers see everybody's meetings, hosts the ones they are in. */
export async function loadMeetingsList(
  asked: ListQuestion,
): Promise<
  MeetingPage & { readonly viewer: Viewer; readonly now: Instant; readonly everybody: boolean }
> {
  const member = await getHostingMember();
  const viewer = await getViewer();
  const { db, now } = runtime();
  const scope = scopeOf(member);
  const { from, to, days, ...rest } = asked;
  const zone = days === undefined ? viewer.zone : await findWorkspaceZone(db, member.workspaceId);
  const page = await listPage(
    db,
    scope,
    {
      ...rest,
      from: from && startOfDay(from, zone),
      to: to && startOfDay(addDays(to, 1), zone),
    },
    now(),
  );
  return { ...page, viewer, now: now(), everybody: scope.everybody };
}

/** One meeting with its people, history and mails. Absent and foreign look the same: not found. */
export async function loadMeeting(
  id: string,
): Promise<{ readonly meeting: MeetingDetail; readonly viewer: Viewer; readonly now: Instant }> {
  const member = await getMember();
  const viewer = await getViewer();
  const { db, now } = runtime();
  if (!/^[0-9a-f-]{36}$/i.test(id)) notFound();
  const meeting = await findMeeting(db, { workspaceId: member.workspaceId, id: id as MeetingId });
  if (meeting === undefined) notFound();
  const facts = factsOf(meeting);
  if (!meetingPolicy.can(member, "meeting.read", facts)) notFound();
  const [history, mails, proposals] = await Promise.all([
    listHistory(db, meeting),
    listDeliveries(db, meeting),
    listOpenProposals(db, meeting),
  ]);
  const at = now();
  return {
    viewer,
    now: at,
    meeting: detailOf({
      meeting,
      reader: member.userId,
      now: at,
      permitted: meetingPolicy.permitted(member, facts),
      proposals,
      history,
      mails,
      actsAsOverride: actsAsOverride(member, facts),
    }),
  };
}
