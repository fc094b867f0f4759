import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { Lead } from "@/lib/crm/core/lead";
import { COLUMN_OF } from "@/lib/crm/core/lead-columns";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Cell } from "./copy";
import { copyLine, copyLines } from "./copy";
import type { BaseOf } from "./history";
import { rowsOfLife } from "./history";
import type { LeadLife, MadeActivity } from "./life-draft";
import type { MadeCompany } from "./world";

const text = (moment: Instant | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();

const LEAD_FIELDS = Object.keys(COLUMN_OF) as (keyof Lead)[];
const LEAD_COLUMNS = LEAD_FIELDS.map((field) => COLUMN_OF[field]);
const HISTORY_COLUMNS =
  "workspace_id lead_id seq event at kind status pipeline_id from_stage_id stage_id owner_id team_id amount_minor currency base_minor expected_close version actor_id via".split(
    " ",
  );
const CHANGE_COLUMNS = "workspace_id lead_id field before after at version actor_id via".split(" ");
const ACTIVITY_COLUMNS =
  "workspace_id id lead_id kind subject due_at duration_minutes assignee_id created_by created_at done_at done_by direction".split(
    " ",
  );

const MOMENTS: ReadonlySet<string> = new Set(LEAD_FIELDS.filter((field) => field.endsWith("At")));
const leadCell = (field: keyof Lead, value: Lead[keyof Lead]): Cell =>
  typeof value === "number" && MOMENTS.has(field) ? text(value as Instant) : (value as Cell);

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The cells of an activity, in the order of ACTIVITY_COLUMNS. */
const activityCells = (workspaceId: string, leadId: string, one: MadeActivity): readonly Cell[] => [
  workspaceId,
  one.id,
  leadId,
  one.kind,
  one.subject,
  text(one.dueAt),
  one.minutes,
  one.assigneeId,
  one.assigneeId,
  text(one.createdAt),
  text(one.doneAt),
  one.doneAt === null ? null : one.assigneeId,
  one.direction,
];

export type Writing = {
  readonly workspaceId: string;
  readonly baseOf: BaseOf;
  readonly zone: TimeZone;
  /** The database's own day, at whose rates open deals stand. */
  readonly today: CalendarDate;
  /** The number of the first lead; those after it count up. */
  readonly firstNumber: number;
};

/** What became of how many: for whoever asked. */
export type Written = Record<"leads" | "history" | "changes" | "activities", number>;

type Lines = { readonly [Table in keyof Written]: string[] };

function linesOf(
  life: LeadLife,
  number: number,
  { workspaceId, ...house }: Omit<Writing, "firstNumber">,
  lines: Lines,
): void {
  const { lead, history, changes } = rowsOfLife(life, house);
  const row: Lead = { ...lead, number };
  lines.leads.push(copyLine(LEAD_FIELDS.map((field) => leadCell(field, row[field]))));
  for (const one of history)
    lines.history.push(
      copyLine([
        workspaceId,
        row.id,
        one.seq,
        one.event,
        text(one.at),
        one.kind,
        one.status,
        one.pipelineId,
        one.fromStageId,
        one.stageId,
        one.ownerId,
        one.teamId,
        one.amountMinor,
        one.currency,
        one.baseMinor,
        one.expectedClose,
        one.version,
        one.actorId,
        "import",
      ]),
    );
  for (const one of changes)
    lines.changes.push(
      copyLine([
        workspaceId,
        row.id,
        one.field,
        json(one.before),
        json(one.after),
        text(one.at),
        one.version,
        one.actorId,
        "import",
      ]),
    );
  for (const one of life.activities)
    lines.activities.push(copyLine(activityCells(workspaceId, row.id, one)));
}

/** Lives that take about 10 ms to make: between them the connection is fed. */
const SLICE = 100;

/**
 * The rows of the lives `from` up to `to`, as lines to be copied, with everything the triggers would have written.
 * Gives way now and then, so that what was made before is copied meanwhile.
 */
export async function makeLines(
  lifeOf: (index: number) => LeadLife,
  { from, to }: { readonly from: number; readonly to: number },
  { firstNumber, ...writing }: Writing,
): Promise<Lines> {
  const lines: Lines = { leads: [], history: [], changes: [], activities: [] };
  for (let index = from; index < to; index += 1) {
    linesOf(lifeOf(index), firstNumber + index, writing, lines);
    if (index % SLICE === 0) await setImmediate();
  }
  return lines;
}

/** Copies such lines. The caller has put the triggers to sleep. */
export async function copyLives(client: pg.ClientBase, lines: Lines): Promise<Written> {
  await copyLines(client, "lead", LEAD_COLUMNS, lines.leads);
  await copyLines(client, "stage_history", HISTORY_COLUMNS, lines.history);
  await copyLines(client, "opportunity_change", CHANGE_COLUMNS, lines.changes);
  await copyLines(client, "activity", ACTIVITY_COLUMNS, lines.activities);
  return {
    leads: lines.leads.length,
    history: lines.history.length,
    changes: lines.changes.length,
    activities: lines.activities.length,
  };
}

/** Copies companies and their people, made at `at`. */
export async function copyCompanies(
  client: pg.ClientBase,
  workspaceId: string,
  companies: readonly MadeCompany[],
  at: Instant,
): Promise<void> {
  const made = text(at);
  await copyLines(
    client,
    "company",
    ["workspace_id", "id", "name", "domain", "industry", "country", "created_at", "updated_at"],
    companies.map(({ id, name, slug, industry, country }) =>
      copyLine([workspaceId, id, name, `${slug}.example`, industry, country, made, made]),
    ),
  );
  await copyLines(
    client,
    "contact",
    ["workspace_id", "id", "name", "email", "phone", "company_id", "created_at", "updated_at"],
    companies.flatMap(({ id: companyId, people }) =>
      people.map(({ id, name, email, phone }) =>
        copyLine([workspaceId, id, name, email, phone, companyId, made, made]),
      ),
    ),
  );
}

/** Lives the same lives through the triggers, one statement for each step: slow, and what the copied rows are compared with. */
export async function liveThroughTriggers(
  client: pg.ClientBase,
  lives: readonly LeadLife[],
  { workspaceId, firstNumber }: Pick<Writing, "workspaceId" | "firstNumber">,
): Promise<void> {
  const columnsOf = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        COLUMN_OF[field as keyof Lead],
        leadCell(field as keyof Lead, value),
      ]),
    );
  const act = (actorId: string | null) =>
    client.query(
      "SELECT set_config('meridian.actor', $1, false), set_config('meridian.via', 'import', false)",
      [actorId ?? ""],
    );
  for (const [place, { birth, steps, activities }] of lives.entries()) {
    await act(null);
    await client.query("INSERT INTO lead SELECT (jsonb_populate_record(NULL::lead, $1::jsonb)).*", [
      JSON.stringify({ ...columnsOf(birth), number: firstNumber + place }),
    ]);
    for (const { at, actorId, patch } of steps) {
      await act(actorId);
      const columns = columnsOf(patch);
      const sets = Object.keys(columns).map((column) => `${column} = p.${column}`);
      await client.query(
        `UPDATE lead l SET ${sets.join(", ")}, version = l.version + 1, updated_at = $1
           FROM jsonb_populate_record(NULL::lead, $2::jsonb) p WHERE l.workspace_id = $3 AND l.id = $4`,
        [text(at), JSON.stringify(columns), workspaceId, birth.id],
      );
    }
    for (const activity of activities) {
      const cells = activityCells(workspaceId, birth.id, activity);
      const places = cells.map((_, at) => `$${at + 1}`).join(", ");
      await client.query(
        `INSERT INTO activity (${ACTIVITY_COLUMNS.join(", ")}) VALUES (${places})`,
        [...cells],
      );
    }
  }
}
