import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { availabilityPolicy } from "@/lib/availability/policy";
import type { UserId } from "@/lib/ids";
import { runtime } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type {
  LinkChoices,
  LinkDetail,
  LinkPerson,
  LinkRow,
  LinksQuestion,
  LinkTab,
  OneOff,
} from "./core/link-view";
import { stateOf } from "./core/link-view";
import type { LinkDay, LinkFigures, Period, StatisticsQuestion } from "./core/statistics";
import { periodOf, stepsOf } from "./core/statistics";
import { linkPolicy, seesAllLinks, seesLinks } from "./policy";
import type { LinkScope } from "./reads/list";
import { countLinks, listLinkPeople, listLinks, listOneOffs } from "./reads/list";
import type { StoredLink } from "./reads/settings";
import { countRecent, findStoredLink, listChoices } from "./reads/settings";
import { readStatistics } from "./reads/statistics";

const scopeOf = (member: Member): LinkScope => ({
  workspaceId: member.workspaceId,
  userId: member.userId,
  everybody: seesAllLinks(member),
});

/** Links are the business of hosts and of those who manage meetings; to others the pages do not exist. */
async function getLinkMember(): Promise<Member> {
  const member = await getMember();
  if (!seesLinks(member)) notFound();
  return member;
}

/** A link this reader may know of. Absent and foreign look the same: not found. */
async function getReadableLink(id: string): Promise<StoredLink> {
  const member = await getLinkMember();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) notFound();
  const link = await findStoredLink(runtime().db, { workspaceId: member.workspaceId, id });
  if (link === undefined || !linkPolicy.can(member, "link.read", link)) notFound();
  return link;
}

export type LinksPage = {
  readonly rows: readonly LinkRow[];
  readonly hasMore: boolean;
  readonly counts: Readonly<Record<LinkTab, number>>;
  /** True when the list holds everybody's links. */
  readonly everybody: boolean;
  /** Whom it can be narrowed to; empty for those who see only their own. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly appUrl: string;
};

/** The links of one tab in this reader's scope. */
export async function loadLinks(asked: LinksQuestion): Promise<LinksPage> {
  const member = await getLinkMember();
  const { db, now, appUrl } = runtime();
  const scope = scopeOf(member);
  const [list, counts, people] = await Promise.all([
    listLinks(db, scope, asked, now()),
    countLinks(db, scope),
    scope.everybody ? listLinkPeople(db, scope.workspaceId) : [],
  ]);
  return { ...list, counts, everybody: scope.everybody, people, appUrl };
}

const stateNow = (link: StoredLink, now: Instant) =>
  stateOf(
    {
      active: link.settings.active,
      archivedAt: link.archivedAt,
      expiresAt: link.settings.expiresAt === null ? null : Date.parse(link.settings.expiresAt),
      uses: link.uses,
      maxUses: link.settings.maxUses,
    },
    now,
  );

export type LinkPage = {
  readonly link: LinkDetail;
  readonly choices: LinkChoices;
  readonly oneOffs: readonly OneOff[];
  readonly appUrl: string;
  readonly now: Instant;
  /** First day the head's numbers count from. */
  readonly since: CalendarDate;
};

/** Somebody as this reader may know them: whose hours they may not change, they do not read either. */
function shown(person: Omit<LinkPerson, "editable">, member: Member): LinkPerson {
  const owner = { workspaceId: member.workspaceId, userId: person.id as UserId };
  if (availabilityPolicy.can(member, "availability.edit", owner)) {
    return { ...person, editable: true };
  }
  const schedules = person.schedules.map((schedule) => ({ ...schedule, hours: [] }));
  return { ...person, schedules, editable: false };
}

/** One link with whatever its editor needs. */
export async function loadLink(id: string): Promise<LinkPage> {
  const [member, link] = await Promise.all([getLinkMember(), getReadableLink(id)]);
  const { db, now: clock, appUrl } = runtime();
  const now = clock();
  const zone = link.workspaceZone as TimeZone;
  const since = `${calendarDateAt(zone, now).slice(0, 8)}01` as CalendarDate;
  const { workspaceId } = link;
  const [recent, choices, oneOffs] = await Promise.all([
    countRecent(db, link, { date: since, iso: toIso(startOfDay(since, zone)) }),
    listChoices(db, workspaceId),
    listOneOffs(db, { workspaceId, linkId: link.id }, now),
  ]);
  const { parentId, parentName } = link;
  return {
    link: {
      id: link.id,
      version: link.version,
      draft: link.settings,
      state: stateNow(link, now),
      ownerName: link.ownerName,
      parent: parentId === null ? null : { id: parentId, name: parentName ?? "" },
      uses: link.uses,
      ...recent,
    },
    choices: {
      rooms: choices.rooms,
      virtualRooms: choices.virtualRooms,
      people: choices.people.map((person) => shown(person, member)),
    },
    oneOffs,
    appUrl,
    now,
    since,
  };
}

export type StatisticsPage = {
  readonly link: Pick<LinkDetail, "id"> & { readonly name: string };
  readonly period: Period;
  readonly zone: TimeZone;
  readonly total: LinkFigures;
  readonly steps: readonly LinkDay[];
};

/** What a link did in a period. */
export async function loadStatistics(
  id: string,
  asked: StatisticsQuestion,
): Promise<StatisticsPage> {
  const link = await getReadableLink(id);
  const { db, now } = runtime();
  const zone = link.workspaceZone as TimeZone;
  const period = periodOf(asked, calendarDateAt(zone, now()));
  const { total, days } = await readStatistics(db, link, period, now());
  return {
    link: { id: link.id, name: link.settings.name },
    period,
    zone,
    total,
    steps: stepsOf(days, period),
  };
}
