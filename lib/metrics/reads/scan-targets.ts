import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { MetricPlace, MetricReader } from "../core/answer";
import { bucketDays, buckets } from "../core/buckets";
import { isTimeSplit } from "../core/fact";
import type { Measured } from "../core/measure";
import type { Days } from "../core/question";
import type { Promised } from "../core/target-share";
import { targetShare } from "../core/target-share";
import type { FactQuestion, FactSums } from "./scan";
import { among } from "./scan";

type Row = Promised & { readonly teamId: string | null; readonly userId: string | null };

const FAR = "2200-01-01";

/**
 * The promises this reader may see that overlap the days: of people where people are asked for (an owner's filter, a
 * split by owner, a reader of their own deals alone), of teams otherwise, of people again where no team has any. A
 * person's are never added to their team's.
 */
async function listPromises(
  db: Db,
  { scope }: MetricReader,
  { days, filter, by }: FactQuestion<"target">,
): Promise<readonly Row[]> {
  const teams = scope.teams.map(({ id }) => id);
  const ofTeam = (ids: readonly string[]) => Prisma.sql`(t.user_id IS NULL OR EXISTS (
    SELECT FROM sales_team_member m WHERE m.workspace_id = t.workspace_id AND m.user_id = t.user_id AND m.team_id = ANY(${ids}::uuid[])))`;
  const visible = {
    all: Prisma.sql`true`,
    own: Prisma.sql`t.user_id = ${scope.userId}::uuid`,
    team: Prisma.sql`(t.user_id = ${scope.userId}::uuid OR t.team_id = ANY(${teams}::uuid[]) OR (t.user_id IS NOT NULL AND ${ofTeam(teams)}))`,
  }[scope.kind];
  const wanted = filter.team.filter((id) => id !== "none");
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.month::text AS month, t.amount_minor::float8 AS minor, t.team_id AS "teamId", t.user_id AS "userId"
      FROM target t
     WHERE t.workspace_id = ${scope.workspaceId}::uuid AND t.amount_minor IS NOT NULL AND ${visible}
       AND t.month > ${days.from ?? "1900-02-01"}::date - 31 AND t.month < ${days.to ?? FAR}::date
       ${filter.team.length === 0 ? Prisma.empty : Prisma.sql`AND (${among(Prisma.sql`t.team_id`, wanted)} OR (t.user_id IS NOT NULL AND ${ofTeam(wanted)}))`}
       ${
         filter.owner.length === 0
           ? Prisma.empty
           : Prisma.sql`AND ${among(
               Prisma.sql`t.user_id`,
               filter.owner.filter((id) => id !== "none"),
             )}`
       }`;
  const people = rows.filter(({ userId }) => userId !== null);
  const ofTeams = rows.filter(({ teamId }) => teamId !== null);
  const asksForPeople = filter.owner.length > 0 || by === "owner" || scope.kind === "own";
  if (asksForPeople) return people;
  return ofTeams.length > 0 || by === "team" ? ofTeams : people;
}

const measured = (promises: readonly Promised[], days: Days, { today }: MetricPlace): Measured => {
  const share = targetShare(promises, days, today);
  return share === null ? {} : { target_base: share.whole, target_due_base: share.due };
};

function groupsOf(
  rows: readonly Row[],
  { by, days }: FactQuestion<"target">,
  place: MetricPlace,
): readonly (readonly [string | null, Measured])[] {
  if (by !== null && isTimeSplit(by)) {
    const months = rows.map(({ month }) => month);
    return buckets(by, months, days, place).map((key) => [
      key,
      measured(rows, bucketDays(by, key, days, place), place),
    ]);
  }
  if (by !== "team" && by !== "owner") return [];
  const idOf = (row: Row) => (by === "team" ? row.teamId : row.userId);
  return [...new Set(rows.map(idOf))].map((id) => [
    id,
    measured(
      rows.filter((row) => idOf(row) === id),
      days,
      place,
    ),
  ]);
}

/** What was promised, by day of the months; nothing where a target cannot be asked for (of a source, a product …). */
export async function scanTargets(
  db: Db,
  reader: MetricReader,
  question: FactQuestion<"target">,
): Promise<FactSums> {
  const { days, filter } = question;
  if (filter.source.length > 0 || filter.product.length > 0)
    return { total: {}, groups: new Map() };
  const rows = await listPromises(db, reader, question);
  return {
    total: measured(rows, days, reader.place),
    groups: new Map(groupsOf(rows, question, reader.place)),
  };
}
