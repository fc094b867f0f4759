import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { ImportField } from "../core/import-mapping";

/** A lead of a file with the ids of what it names, as columns. Undefined columns keep what is there. */
export type ImportLeadRow = {
  readonly row: number;
  readonly external_id: string;
  readonly kind: "lead" | "opportunity";
  readonly status: "open" | "won" | "lost" | "junked";
  readonly created_at: string | null;
  readonly closed_at: string | null;
  readonly pipeline_id: string | null;
  readonly stage_id: string | null;
  readonly stage_type: string | null;
  readonly lost_reason_id: string | null;
  readonly source_id: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly [column: string]: unknown;
};

/** What a lead of the file meets. */
export type KnownLead = {
  readonly id: string;
  readonly externalId: string;
  readonly kind: "lead" | "opportunity";
  readonly gone: boolean;
  readonly sourceId: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
};

/**
 * Leads these ids of a file already are. Not locked: most of a file's rows say nothing new, and a lock is a write. What
 * changes is locked as it is changed; two writers who wait for each other are told apart by the database, and the
 * chunk is done again.
 */
export function findImported(
  tx: Transaction,
  {
    workspaceId,
    externalSource,
    externalIds,
  }: {
    readonly workspaceId: string;
    readonly externalSource: string;
    readonly externalIds: readonly string[];
  },
): Promise<KnownLead[]> {
  return tx.$queryRaw<KnownLead[]>`
    SELECT l.id, l.external_id AS "externalId", l.kind::text AS kind, l.deleted_at IS NOT NULL AS gone,
           l.source_id AS "sourceId", l.medium, l.campaign
      FROM lead l
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.external_source = ${externalSource}
       AND l.external_id = ANY(${[...externalIds]}::text[])
     ORDER BY l.id`;
}

/** Columns that follow the file where it says something, by the field of the mapping they come from. */
const FOLLOWING = {
  name: "name",
  contactName: "contact_name",
  companyName: "company_name",
  email: "email",
  phone: "phone",
  ownerEmail: "owner_id",
  ownerName: "owner_id",
  product: "product_id",
  amount: "amount_minor",
  currency: "currency",
  mrr: "mrr_minor",
  probability: "probability_manual",
  category: "category",
  expectedClose: "expected_close",
  lostNote: "lost_note",
  competitor: "competitor",
  country: "country",
  industry: "industry",
  tags: "tags",
  description: "description",
} as const satisfies Partial<Record<ImportField, string>>;

const raw = (text: string): Prisma.Sql => Prisma.raw(text);

/** Columns that come with a field besides its own, or in another way than by following the file. */
const OTHERWISE: readonly (readonly [ImportField, string, string])[] = [
  // An amount is one of a currency, so both come together.
  ["amount", "currency", "coalesce(p.currency, l.currency)"],
  ["companyName", "company_id", "coalesce(p.company_id, l.company_id)"],
  ["email", "contact_id", "coalesce(p.contact_id, l.contact_id)"],
  // First touch: set once and kept.
  ["source", "source_id", "coalesce(l.source_id, p.source_id)"],
  ["medium", "medium", "coalesce(l.medium, p.medium)"],
  ["campaign", "campaign", "coalesce(l.campaign, p.campaign)"],
  ["createdAt", "created_at", "coalesce(p.created_at, l.created_at)"],
  [
    "createdAt",
    "assigned_at",
    "CASE WHEN l.assigned_at IS NULL THEN NULL WHEN l.assigned_at = l.created_at THEN coalesce(p.created_at, l.created_at) ELSE greatest(l.assigned_at, p.created_at) END",
  ],
];

const WITH_THE_OWNER =
  "CASE WHEN p.owner_id IS NOT NULL AND p.owner_id IS DISTINCT FROM l.owner_id THEN p.team_id ELSE l.team_id END";

/** What an update makes of each column, in terms of the row `l` and the file's `p`. Texts are ours, never input. */
function assignments(
  fields: ReadonlySet<string>,
  inherits: boolean,
): ReadonlyMap<string, Prisma.Sql> {
  const asked = new Set([...fields, ...(inherits ? ["country", "industry"] : [])]);
  const sets = new Map<string, Prisma.Sql>();
  for (const [field, column] of Object.entries(FOLLOWING))
    if (asked.has(field)) sets.set(column, raw(`coalesce(p.${column}, l.${column})`));
  for (const [field, column, value] of OTHERWISE)
    if (asked.has(field)) sets.set(column, raw(value));
  if (asked.has("team")) sets.set("team_id", raw("coalesce(p.team_id, l.team_id)"));
  else if (asked.has("ownerEmail") || asked.has("ownerName"))
    sets.set("team_id", raw(WITH_THE_OWNER));
  if ([...asked].some((field) => field.startsWith("custom:")))
    sets.set("custom", raw("l.custom || p.custom"));
  return sets;
}

/** How a lead stands follows the file as a whole, if the file tells stages. */
const standing = (now: Instant): ReadonlyMap<string, Prisma.Sql> => {
  const moment = Prisma.sql`${toIso(now)}::timestamptz`;
  return new Map([
    ["kind", raw("p.kind")],
    ["status", raw("p.status")],
    ["pipeline_id", raw("p.pipeline_id")],
    ["stage_id", raw("p.stage_id")],
    ["stage_type", raw("p.stage_type")],
    ["closed_at", raw("p.closed_at")],
    ["lost_reason_id", raw("p.lost_reason_id")],
    [
      "converted_at",
      Prisma.sql`CASE WHEN l.kind = 'lead' AND p.kind = 'opportunity' THEN ${moment} ELSE l.converted_at END`,
    ],
    [
      "opportunity_at",
      Prisma.sql`CASE WHEN p.kind = 'lead' THEN NULL WHEN l.kind = 'lead' THEN ${moment}
        WHEN l.converted_at IS NULL THEN coalesce(p.created_at, l.created_at) ELSE greatest(l.opportunity_at, p.created_at) END`,
    ],
    [
      "stage_entered_at",
      Prisma.sql`CASE WHEN p.kind = 'lead' THEN NULL WHEN p.closed_at IS NOT NULL THEN p.closed_at
        WHEN l.stage_id = p.stage_id THEN l.stage_entered_at ELSE ${moment} END`,
    ],
  ]);
};

export type Upsert = {
  readonly grant: Grant<"crm.import", { readonly workspaceId: string }>;
  readonly externalSource: string;
  /** Fields the mapping fills: the others are left alone. */
  readonly fields: ReadonlySet<string>;
  readonly inherits: boolean;
  readonly now: Instant;
};

/** Brings leads that are known to what the file says; those it says nothing new about stay as they are. How many changed. */
export async function updateImported(
  tx: Transaction,
  rows: readonly (ImportLeadRow & { readonly id: string })[],
  { grant, fields, inherits, now }: Upsert,
): Promise<number> {
  if (rows.length === 0) return 0;
  const hasStages = fields.has("stage");
  const sets = [...assignments(fields, inherits), ...(hasStages ? standing(now) : [])];
  if (sets.length === 0) return 0;
  const columns = Prisma.join(sets.map(([column]) => raw(`l.${column}`)));
  const values = Prisma.join(sets.map(([, value]) => value));
  const assigned = Prisma.join(
    sets.map(([column, value]) => Prisma.sql`${raw(column)} = ${value}`),
  );
  return tx.$executeRaw`
    UPDATE lead l SET ${assigned}, version = l.version + 1, updated_at = ${toIso(now)}::timestamptz
      FROM jsonb_populate_recordset(NULL::lead, ${JSON.stringify(rows)}::jsonb) p
     WHERE l.workspace_id = ${grant.resource.workspaceId}::uuid AND l.id = p.id AND l.deleted_at IS NULL
       AND (${columns}) IS DISTINCT FROM (${values})`;
}

const withoutNulls = (_: string, value: unknown): unknown => (value === null ? undefined : value);

/** Makes leads that are not known yet. */
export async function insertImported(
  tx: Transaction,
  rows: readonly ImportLeadRow[],
  { grant, externalSource, now }: Upsert,
  baseCurrency: string,
): Promise<number> {
  if (rows.length === 0) return 0;
  const moment = toIso(now);
  const full = rows.map(({ row: _, ...given }) => {
    const created_at = given.created_at ?? moment;
    const isDeal = given.kind === "opportunity";
    return {
      ...given,
      workspace_id: grant.resource.workspaceId,
      id: newId(),
      external_source: externalSource,
      created_at,
      currency: given.currency ?? baseCurrency,
      tags: given.tags ?? [],
      custom: given.custom ?? {},
      first_touch: {},
      opportunity_at: isDeal ? created_at : null,
      stage_entered_at: isDeal ? (given.closed_at ?? created_at) : null,
      updated_at: moment,
      version: 1,
    };
  });
  // What no row of these says need not be sent, nor read by the database.
  const said = Object.keys(full[0] ?? {}).filter((column) =>
    full.some((one) => (one as Readonly<Record<string, unknown>>)[column] !== null),
  );
  const columns = said.map((column) => raw(`"${column}"`));
  return tx.$executeRaw`
    INSERT INTO lead (${Prisma.join(columns)})
    SELECT ${Prisma.join(columns)} FROM jsonb_populate_recordset(NULL::lead, ${JSON.stringify(full, withoutNulls)}::jsonb)`;
}
