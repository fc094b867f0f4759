import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { Prisma } from "@/prisma/generated/client";
import { spanOf } from "../core/day-span";
import type { LeadKind, LeadStatus } from "../core/lead";
import type { LeadFilter, LeadFlag, SpanField, ValueField } from "../core/lead-filter";
import { SPAN_FIELDS } from "../core/lead-filter";
import { isRotting } from "./figures";

/** What words like "me", "this month" and "overdue" mean where the filter is read. */
export type FilterPlace = {
  readonly userId: string;
  readonly now: Instant;
  /** In the workspace's zone. */
  readonly today: CalendarDate;
  readonly zone: TimeZone;
  /** Minor units of one unit of the workspace's currency. */
  readonly minorPerUnit: number;
};

const ID_COLUMNS: Readonly<Partial<Record<ValueField, string>>> = {
  owner: "owner_id",
  team: "team_id",
  source: "source_id",
  product: "product_id",
  stage: "stage_id",
  company: "company_id",
  reason: "lost_reason_id",
};

const column = (name: string): Prisma.Sql => Prisma.raw(`l.${name}`);

/** `column` is one of the ids; "none" is its emptiness, "me" the reader. */
function oneOf(name: string, values: readonly string[], userId: string): Prisma.Sql {
  const ids = values
    .filter((value) => value !== "none")
    .map((value) => (value === "me" ? userId : value));
  const there =
    ids.length === 1
      ? Prisma.sql`${column(name)} = ${ids[0]}::uuid`
      : Prisma.sql`${column(name)} = ANY(${ids}::uuid[])`;
  if (!values.includes("none")) return there;
  const missing = Prisma.sql`${column(name)} IS NULL`;
  return ids.length === 0 ? missing : Prisma.sql`(${missing} OR ${there})`;
}

/** Words of ours, written out: an index of open deals is only found when the planner reads 'open'. */
const among = (name: "kind" | "status", values: readonly (LeadKind | LeadStatus)[]): Prisma.Sql =>
  values.length === 1
    ? Prisma.raw(`l.${name} = '${values[0]}'`)
    : Prisma.raw(`l.${name} IN (${values.map((value) => `'${value}'`).join(", ")})`);

const FLAGS: Readonly<Record<LeadFlag, (place: FilterPlace) => Prisma.Sql>> = {
  rotting: isRotting,
  "no-step": () => Prisma.sql`(l.status = 'open' AND l.next_activity_at IS NULL)`,
  overdue: ({ today }) => Prisma.sql`(l.status = 'open' AND l.expected_close < ${today}::date)`,
  unassigned: () => Prisma.sql`(l.owner_id IS NULL AND l.status = 'open')`,
  unanswered: () => Prisma.sql`(l.first_response_at IS NULL AND l.status = 'open')`,
  parked: ({ today }) => Prisma.sql`l.parked_until > ${today}::date`,
};

function inSpan(field: SpanField, filter: LeadFilter, { today, zone }: FilterPlace): Prisma.Sql[] {
  const choice = filter.spans[field];
  if (choice === undefined) return [];
  const name = column(
    { created: "created_at", closed: "closed_at", expected: "expected_close" }[field],
  );
  const span = spanOf(choice, today);
  if (span === undefined) return [Prisma.sql`${name} IS NULL`];
  // Moments are compared with the day's first instant in the workspace's zone; days of their own with days.
  const bound = (day: CalendarDate) =>
    field === "expected"
      ? Prisma.sql`${day}::date`
      : Prisma.sql`${toIso(startOfDay(day, zone))}::timestamptz`;
  return [
    ...(span.from === null ? [] : [Prisma.sql`${name} >= ${bound(span.from)}`]),
    ...(span.to === null ? [] : [Prisma.sql`${name} < ${bound(span.to)}`]),
  ];
}

function ofAmount({ amount }: LeadFilter, { minorPerUnit }: FilterPlace): Prisma.Sql[] {
  if (amount === null) return [];
  const { least, most } = amount;
  // The key of the order by amount, so that its index serves both.
  const key = Prisma.sql`coalesce(l.base_minor, -1)`;
  return [
    Prisma.sql`${key} >= ${(least ?? 0) * minorPerUnit}::bigint`,
    ...(most === null ? [] : [Prisma.sql`${key} <= ${most * minorPerUnit}::bigint`]),
  ];
}

const asked = <Value>(values: readonly Value[], sql: (values: readonly Value[]) => Prisma.Sql) =>
  values.length === 0 ? [] : [sql(values)];

/**
 * Everything a filter asks for but its words, as conditions on lead `l` and its stage `s` (LEFT JOINed: only `rotting`
 * looks at it). Scope and deletion are not its business.
 */
export function filterConditions(filter: LeadFilter, place: FilterPlace): Prisma.Sql[] {
  const ids = Object.entries(ID_COLUMNS).flatMap(([field, name]) =>
    asked(filter[field as ValueField] as readonly string[], (values) =>
      oneOf(name, values, place.userId),
    ),
  );
  return [
    ...ids,
    ...asked(filter.kind, (kinds) => among("kind", kinds)),
    ...asked(filter.status, (statuses) => among("status", statuses)),
    ...asked(filter.currency, (all) => Prisma.sql`l.currency = ANY(${all}::text[]::bpchar[])`),
    ...asked(filter.country, (all) => Prisma.sql`l.country = ANY(${all}::text[]::bpchar[])`),
    ...asked(filter.industry, (all) => Prisma.sql`l.industry = ANY(${all}::text[])`),
    ...asked(filter.tag, (tags) => Prisma.sql`(l.tags <> '{}' AND l.tags && ${tags}::text[])`),
    ...filter.is.map((flag) => FLAGS[flag](place)),
    ...ofAmount(filter, place),
    ...SPAN_FIELDS.flatMap((field) => inSpan(field, filter, place)),
    ...filter.custom.map(({ key, value }) => Prisma.sql`l.custom ->> ${key} = ${value}`),
  ];
}

/** Whether the conditions look at the stage. */
export const needsStage = (filter: LeadFilter): boolean => filter.is.includes("rotting");
