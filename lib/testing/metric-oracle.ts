import { probabilityOf } from "@/lib/crm/core/lead";
import { isRotting } from "@/lib/crm/core/rotting";
import type { CrmScope } from "@/lib/crm/core/scope";
import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { Split } from "@/lib/metrics/core/fact";
import type { Question } from "@/lib/metrics/core/question";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";

// Every figure computed once more from rows read as they are, in plain loops: no SQL of the product decides anything here.

export type RawLead = {
  readonly id: string;
  readonly kind: "lead" | "opportunity";
  readonly status: "open" | "won" | "lost" | "junked";
  readonly deleted: boolean;
  readonly owner: string | null;
  readonly team: string | null;
  readonly firstOwner: string | null;
  readonly firstTeam: string | null;
  readonly opportunityOwner: string | null;
  readonly opportunityTeam: string | null;
  readonly closedOwner: string | null;
  readonly closedTeam: string | null;
  readonly source: string | null;
  readonly product: string | null;
  readonly stage: string | null;
  readonly country: string | null;
  readonly industry: string | null;
  readonly lostReason: string | null;
  readonly company: string | null;
  readonly contact: string | null;
  readonly amount: number | null;
  readonly base: number | null;
  readonly manual: number | null;
  readonly model: number | null;
  readonly stageProbability: number | null;
  readonly category: string | null;
  readonly stageCategory: string | null;
  readonly rotDays: number | null;
  readonly expected: string | null;
  readonly parkedUntil: CalendarDate | null;
  readonly createdAt: Instant;
  readonly opportunityAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly assignedAt: Instant | null;
  readonly firstResponseAt: Instant | null;
  readonly responseMinutes: number | null;
  readonly dueAt: Instant | null;
  readonly stageEnteredAt: Instant | null;
  readonly lastTouchAt: Instant | null;
  readonly nextActivityAt: Instant | null;
};

export type RawActivity = {
  readonly leadId: string;
  readonly by: string | null;
  readonly doneAt: Instant;
};

export type RawRows = {
  readonly leads: readonly RawLead[];
  /** Done by people. */
  readonly activities: readonly RawActivity[];
};

/** All rows of a workspace, as they are. */
export async function readRaw(db: Db, workspaceId: string): Promise<RawRows> {
  const leads = await db.$queryRaw<RawLead[]>`
    SELECT l.id::text, l.kind::text, l.status::text, l.deleted_at IS NOT NULL AS deleted, l.owner_id::text AS owner, l.team_id::text AS team,
           l.first_owner_id::text AS "firstOwner", l.first_team_id::text AS "firstTeam", l.opportunity_owner_id::text AS "opportunityOwner",
           l.opportunity_team_id::text AS "opportunityTeam", l.closed_owner_id::text AS "closedOwner", l.closed_team_id::text AS "closedTeam",
           l.source_id::text AS source, l.product_id::text AS product, l.stage_id::text AS stage, l.country::text, l.industry,
           l.lost_reason_id::text AS "lostReason", l.company_id::text AS company, l.contact_id::text AS contact, l.amount_minor::float8 AS amount,
           l.base_minor::float8 AS base, l.probability_manual::float8 AS manual, l.probability_model::float8 AS model,
           s.probability::float8 AS "stageProbability", l.category::text, s.category::text AS "stageCategory", s.rot_days AS "rotDays",
           l.expected_close::text AS expected, l.parked_until::text AS "parkedUntil", l.response_minutes AS "responseMinutes",
           (extract(epoch FROM l.created_at) * 1000)::float8 AS "createdAt", (extract(epoch FROM l.opportunity_at) * 1000)::float8 AS "opportunityAt",
           (extract(epoch FROM l.closed_at) * 1000)::float8 AS "closedAt", (extract(epoch FROM l.assigned_at) * 1000)::float8 AS "assignedAt",
           (extract(epoch FROM l.first_response_at) * 1000)::float8 AS "firstResponseAt", (extract(epoch FROM l.response_due_at) * 1000)::float8 AS "dueAt",
           (extract(epoch FROM l.stage_entered_at) * 1000)::float8 AS "stageEnteredAt", (extract(epoch FROM l.last_touch_at) * 1000)::float8 AS "lastTouchAt",
           (extract(epoch FROM l.next_activity_at) * 1000)::float8 AS "nextActivityAt"
      FROM lead l LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id WHERE l.workspace_id = ${workspaceId}::uuid`;
  const activities = await db.$queryRaw<RawActivity[]>`
    SELECT lead_id::text AS "leadId", coalesce(done_by, assignee_id)::text AS by, (extract(epoch FROM done_at) * 1000)::float8 AS "doneAt"
      FROM activity WHERE workspace_id = ${workspaceId}::uuid AND human AND done_at IS NOT NULL AND deleted_at IS NULL`;
  return { leads, activities };
}

/** A row counted by some moment, for somebody. `day` null is as of now. */
export type Counted = {
  readonly lead: RawLead;
  readonly day: CalendarDate | null;
  readonly owner: string | null;
  readonly team: string | null;
};

const FACTS = [
  "created",
  "opportunity",
  "closed",
  "open",
  "stock",
  "expected",
  "activity",
] as const;

export type OracleFact = (typeof FACTS)[number];

export type Sets = Readonly<Record<OracleFact, readonly Counted[]>>;

const sees = (scope: CrmScope, { owner, team }: RawLead): boolean =>
  scope.kind === "all" ||
  owner === scope.userId ||
  (scope.kind === "team" && scope.teams.some(({ id }) => id === team));

type Placed = readonly [OracleFact, Counted];

/** The moments one lead is counted by, and for whom each time. */
function momentsOf(lead: RawLead, { place: { zone, today } }: MetricReader): readonly Placed[] {
  const day = (at: Instant): CalendarDate => calendarDateAt(zone, at);
  const { owner, team, createdAt, opportunityAt, closedAt, status, expected } = lead;
  const now = { lead, day: null, owner, team };
  const came = { lead, day: day(createdAt), owner: lead.firstOwner, team: lead.firstTeam };
  const early: Placed[] = [
    ["stock", now],
    ["created", came],
  ];
  if (opportunityAt === null) return early;
  const { opportunityOwner, opportunityTeam, closedOwner, closedTeam } = lead;
  const became = { lead, day: day(opportunityAt), owner: opportunityOwner, team: opportunityTeam };
  const all: Placed[] = [...early, ["opportunity", became]];
  if (status === "open") {
    all.push(["open", now]);
    if (expected !== null && expected >= today)
      all.push(["expected", { ...now, day: expected as CalendarDate }]);
  } else if (closedAt !== null && status !== "junked") {
    const closed = { lead, day: day(closedAt), owner: closedOwner, team: closedTeam };
    all.push(["closed", closed]);
    if (status === "won") all.push(["expected", closed]);
  }
  return all;
}

/** Everything a reader may see, once for each moment it is counted by. */
function countedBy({ leads, activities }: RawRows, reader: MetricReader): Sets {
  const visible = leads.filter((lead) => !lead.deleted && sees(reader.scope, lead));
  const byId = new Map(visible.map((lead) => [lead.id, lead]));
  const placed: Placed[] = visible.flatMap((lead) => momentsOf(lead, reader));
  for (const { leadId, by, doneAt } of activities) {
    const lead = byId.get(leadId);
    const day = calendarDateAt(reader.place.zone, doneAt);
    if (lead !== undefined) placed.push(["activity", { lead, day, owner: by, team: lead.team }]);
  }
  return Object.fromEntries(
    FACTS.map((fact) => [fact, placed.flatMap(([one, row]) => (one === fact ? row : []))]),
  ) as unknown as Sets;
}

const among = (values: readonly string[], value: string | null): boolean =>
  values.length === 0 || values.includes(value ?? "none");

const select = (sets: Sets, keep: (row: Counted) => boolean): Sets =>
  Object.fromEntries(
    Object.entries(sets).map(([fact, rows]) => [fact, rows.filter(keep)]),
  ) as unknown as Sets;

/** What a question leaves of it; rows as of now have no day. */
export function selected(
  rows: RawRows,
  reader: MetricReader,
  { days: { from, to }, filter }: Pick<Question, "days" | "filter">,
): Sets {
  return select(
    countedBy(rows, reader),
    ({ lead, day, owner, team }) =>
      among(filter.owner, owner) &&
      among(filter.team, team) &&
      among(filter.source, lead.source) &&
      among(filter.product, lead.product) &&
      (day === null || ((from === null || day >= from) && (to === null || day < to))),
  );
}

/** The bucket a day is in, by counting months and days on fingers. */
function bucketOf(split: Split, day: CalendarDate, fiscalStart: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = (months: number): string => {
    const at = year * 12 + month - 1 - months;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`;
  };
  if (split === "month") return first(0);
  if (split === "quarter") return first((month - fiscalStart + 12) % 3);
  if (split === "year") return first((month - fiscalStart + 12) % 12);
  if (split === "day") return day;
  const monday = new Date(Date.UTC(year, month - 1, date));
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return monday.toISOString().slice(0, 10);
}

function keyIn(
  split: Split,
  { lead, day, owner, team }: Counted,
  fiscalStart: number,
): string | null {
  switch (split) {
    case "owner":
      return owner;
    case "team":
      return team;
    case "source":
    case "product":
    case "stage":
    case "country":
    case "industry":
      return lead[split];
    case "lost_reason":
      return lead.lostReason;
    default:
      return day === null ? null : bucketOf(split, day, fiscalStart);
  }
}

/** The rows of each group. */
export function grouped(sets: Sets, split: Split, fiscalStart: number): Map<string | null, Sets> {
  const keys = new Set(
    Object.values(sets).flatMap((rows) => rows.map((row) => keyIn(split, row, fiscalStart))),
  );
  return new Map(
    [...keys].map((key) => [key, select(sets, (row) => keyIn(split, row, fiscalStart) === key)]),
  );
}

export const percentOf = ({ status, manual, model, stageProbability }: RawLead): number =>
  probabilityOf(
    { status, probabilityManual: manual, probabilityModel: model },
    { probability: stageProbability ?? 0 },
  ).percent;

export const rots = (lead: RawLead, { place }: MetricReader): boolean =>
  isRotting({ ...lead, deletedAt: null }, { rotDays: lead.rotDays }, place);
