import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { Lead } from "@/lib/crm/core/lead";
import { COLUMN_OF } from "@/lib/crm/core/lead-columns";
import { wordsOf } from "@/lib/crm/core/search-words";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { CopyText, copyLines, copyText, copyTexts } from "./copy";
import type { BaseOf, ChangeRow, HistoryRow, LeadRow } from "./history";
import { rowsOfLife } from "./history";
import { UNTOUCHED } from "./life-birth";
import type { LeadLife, MadeActivity } from "./life-draft";
import type { MadeCompany } from "./world";

const text = (moment: Instant | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();

const days = new Map<number, string>();
const digits = (most: number, width: number): readonly string[] =>
  Array.from({ length: most }, (_, value) => String(value).padStart(width, "0"));
const TWO = digits(60, 2);
const THREE = digits(1_000, 3);

/** The same moment for a copied cell; a day's text is made once, because a million leads have thirty million moments. */
function moment(at: Instant | null): string {
  if (at === null) return "\\N";
  const day = Math.floor(at / DAY_MS);
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    days.set(day, date);
  }
  const rest = at - day * DAY_MS;
  const seconds = Math.floor(rest / 1_000);
  const minutes = Math.floor(seconds / 60);
  return `${date} ${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${THREE[rest % 1_000]}Z`;
}

const plain = (value: string | number | null): string | number => value ?? "\\N";

const LEAD_FIELDS = (Object.keys(COLUMN_OF) as (keyof Lead)[]).filter(
  (field) => !UNTOUCHED.has(field),
);
const LEAD_COLUMNS = [
  ...LEAD_FIELDS.map((field) => COLUMN_OF[field]),
  "opportunity_owner_id",
  "opportunity_team_id",
];
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
const leadCells = LEAD_FIELDS.map((field) => [field, MOMENTS.has(field)] as const);

function leadLine(lead: LeadRow): string {
  let line = "";
  for (const [field, isMoment] of leadCells) {
    const value = lead[field];
    if (line !== "") line += "\t";
    if (isMoment) line += moment(value as Instant | null);
    else if (typeof value === "string") line += copyText(value);
    else if (Array.isArray(value)) line += copyTexts(value);
    else line += plain(value as number | null);
  }
  return `${line}\t${plain(lead.opportunityOwnerId)}\t${plain(lead.opportunityTeamId)}`;
}

const json = (value: unknown): string => (value === null ? "\\N" : copyText(JSON.stringify(value)));

/** A line of an activity, in the order of ACTIVITY_COLUMNS. */
const activityLine = (workspaceId: string, leadId: string, one: MadeActivity): string =>
  `${workspaceId}\t${one.id}\t${leadId}\t${one.kind}\t${one.subject}\t${moment(one.dueAt)}\t${plain(one.minutes)}\t${plain(one.assigneeId)}\t${plain(one.assigneeId)}\t${moment(one.createdAt)}\t${moment(one.doneAt)}\t${one.doneAt === null ? "\\N" : plain(one.assigneeId)}\t${plain(one.direction)}`;

/** The values of an activity, in the order of ACTIVITY_COLUMNS. */
const activityCells = (workspaceId: string, leadId: string, one: MadeActivity) => [
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
  /** Gathers the words the leads bring. */
  readonly words: KeptWords;
  /** The number of the first lead; those after it count up. */
  readonly firstNumber: number;
};

/** What became of how many: for whoever asked. */
export type Written = Record<"leads" | "history" | "changes" | "activities", number>;

type Lines = { readonly [Table in keyof Written]: CopyText };

const historyLine = (workspaceId: string, leadId: string, one: HistoryRow): string =>
  `${workspaceId}\t${leadId}\t${one.seq}\t${one.event}\t${moment(one.at)}\t${one.kind}\t${one.status}\t${plain(one.pipelineId)}\t${plain(one.fromStageId)}\t${plain(one.stageId)}\t${plain(one.ownerId)}\t${plain(one.teamId)}\t${plain(one.amountMinor)}\t${one.currency}\t${plain(one.baseMinor)}\t${plain(one.expectedClose)}\t${one.version}\t${plain(one.actorId)}\timport`;

const changeLine = (workspaceId: string, leadId: string, one: ChangeRow): string =>
  `${workspaceId}\t${leadId}\t${one.field}\t${json(one.before)}\t${json(one.after)}\t${moment(one.at)}\t${one.version}\t${plain(one.actorId)}\timport`;

function linesOf(
  life: LeadLife,
  number: number,
  { workspaceId, words, ...house }: Omit<Writing, "firstNumber">,
  lines: Lines,
): void {
  const { lead, history, changes } = rowsOfLife(life, house);
  lines.leads.add(leadLine({ ...lead, number }));
  // Its name begins with what is kept below, and has a product's name behind it.
  words.keep(lead.name.slice((lead.companyName ?? lead.contactName ?? "").length));
  words.keep(lead.companyName);
  words.keep(lead.contactName);
  for (const one of history) lines.history.add(historyLine(workspaceId, lead.id, one));
  for (const one of changes) lines.changes.add(changeLine(workspaceId, lead.id, one));
  for (const one of life.activities) lines.activities.add(activityLine(workspaceId, lead.id, one));
}

/** The words leads are found by, as `words_to_keep` in SQL finds them; a text met before costs one look. */
export class KeptWords {
  readonly words = new Set<string>();
  readonly #met = new Set<string>();

  keep(text: string | null): void {
    if (text === null || this.#met.has(text)) return;
    this.#met.add(text);
    for (const word of wordsOf(text)) if (KEPT.test(word)) this.words.add(word);
  }
}

/** Numbers and very short or long words are nobody's typing error. */
const KEPT = /^[^0-9]{3,40}$/u;

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
  const lines: Lines = {
    leads: new CopyText(),
    history: new CopyText(),
    changes: new CopyText(),
    activities: new CopyText(),
  };
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
    leads: lines.leads.lines,
    history: lines.history.lines,
    changes: lines.changes.lines,
    activities: lines.activities.lines,
  };
}

/** Copies companies and their people, made at `at`. */
export async function copyCompanies(
  client: pg.ClientBase,
  workspaceId: string,
  companies: readonly MadeCompany[],
  at: Instant,
): Promise<void> {
  const made = moment(at);
  const [companyLines, contactLines] = [new CopyText(), new CopyText()];
  for (const { id, name, slug, industry, country, people } of companies) {
    companyLines.add(
      `${workspaceId}\t${id}\t${name}\t${slug}.example\t${industry}\t${country}\t${made}\t${made}`,
    );
    for (const one of people)
      contactLines.add(
        `${workspaceId}\t${one.id}\t${one.name}\t${one.email}\t${plain(one.phone)}\t${id}\t${made}\t${made}`,
      );
  }
  await copyLines(
    client,
    "company",
    ["workspace_id", "id", "name", "domain", "industry", "country", "created_at", "updated_at"],
    companyLines,
  );
  await copyLines(
    client,
    "contact",
    ["workspace_id", "id", "name", "email", "phone", "company_id", "created_at", "updated_at"],
    contactLines,
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
        typeof value === "number" && MOMENTS.has(field) ? text(value as Instant) : value,
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
