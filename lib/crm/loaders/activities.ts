import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { ActivityRow } from "../core/activity";
import type { MyDay, Whose } from "../core/my-day";
import { partsOf } from "../core/my-day";
import type { CrmScope } from "../core/scope";
import { scopeWords } from "../core/scope";
import { getSeller } from "../loaders";
import { crmPolicy } from "../policy";
import { listDoneActivities, listDueActivities } from "../reads/activities";
import { getScope } from "../reads/scope";
import { findSeller } from "../reads/seller";

const MOST = 300;
const AHEAD_MS = 31 * DAY_MS;

/** Whose activities are asked for; undefined: everybody's in the scope. Other people are for who sees more than their own. */
function assigneeOf(whose: Whose, { userId, kind }: CrmScope): string | undefined {
  if (whose.kind === "mine" || kind === "own") return userId;
  return whose.kind === "one" ? whose.id : undefined;
}

/** One's day, or that of others the reader may see; days are those of the reader's own clock. */
export async function loadMyDay(asked: Whose, zone: TimeZone): Promise<MyDay> {
  const { member, scope } = await getSeller();
  const { db, now: clock } = runtime();
  const now = clock();
  const whose: Whose = scope.kind === "own" ? { kind: "mine" } : asked;
  const assigneeId = assigneeOf(whose, scope);
  const person =
    whose.kind === "one" ? await findSeller(db, member.workspaceId, whose.id) : undefined;
  if (whose.kind === "one" && person === undefined) notFound();
  const since = startOfDay(calendarDateAt(zone, now), zone);
  const [due, done] = await Promise.all([
    listDueActivities(db, {
      scope,
      assigneeId,
      before: instantOf(now + AHEAD_MS),
      limit: MOST + 1,
    }),
    listDoneActivities(db, { scope, assigneeId, since, limit: 100 }),
  ]);
  return {
    whose,
    personName: person?.member.name ?? null,
    scope: scopeWords(scope),
    mayLookAround: scope.kind !== "own",
    parts: partsOf(due.slice(0, MOST), now, zone),
    done,
    more: due.length > MOST,
    now,
  };
}

/** What is overdue or due today, for the home page; empty for whoever has no part in sales. At most 20. */
export async function loadDueToday(zone: TimeZone): Promise<readonly ActivityRow[]> {
  const member = await getMember();
  if (!crmPolicy.can(member, "crm.use", member)) return [];
  const { db, now } = runtime();
  const scope = await getScope(db, member);
  const tomorrow = startOfDay(addDays(calendarDateAt(zone, now()), 1), zone);
  // A whole day is due at its end, which is tomorrow's first moment.
  const before = instantOf(tomorrow + 1);
  return listDueActivities(db, { scope, assigneeId: member.userId, before, limit: 20 });
}
