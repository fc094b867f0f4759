import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { ImportCode, RowIssue } from "../core/import-issue";
import type { ImportContext, ImportedLead } from "../core/import-lead";
import { columnOfField } from "../core/import-lead";
import type { KnownField } from "../core/import-mapping";
import type { Stage } from "../core/lead";
import type { ImportLeadRow } from "../writes/import-leads";
import type { KnownPerson } from "../writes/import-references";
import { companyIds, contactIds, namedIds, peopleIds } from "../writes/import-references";

export type ChunkContext = ImportContext & {
  readonly workspaceId: string;
  /** Stages of the import's pipeline, with their ids. */
  readonly ownStages: readonly Stage[];
};

const named = (leads: readonly ImportedLead[], field: keyof ImportedLead): string[] =>
  leads.flatMap((lead) => {
    const value = lead[field];
    return typeof value === "string" ? [value] : [];
  });

const momentText = (moment: Instant | null): string | null =>
  moment === null ? null : toIso(moment);

/** What a chunk's names are in the database, made where the mapping allows. */
async function findReferences(
  tx: Transaction,
  leads: readonly ImportedLead[],
  context: ChunkContext,
) {
  const { workspaceId, mapping, now } = context;
  const makes = (what: (typeof mapping.make)[number]): boolean => mapping.make.includes(what);
  const list = (field: "source" | "product" | "team", what: (typeof mapping.make)[number]) =>
    namedIds(tx, field, { workspaceId, names: named(leads, field), make: makes(what) });
  const reasons = (kind: "reason" | "junk", of: readonly ImportedLead[]) =>
    namedIds(tx, kind, { workspaceId, names: named(of, "lostReason"), make: makes("lostReasons") });
  const lost = leads.filter(({ status }) => status === "lost");
  const junked = leads.filter(({ status }) => status === "junked");
  const companies = await companyIds(tx, {
    workspaceId,
    names: named(leads, "companyName"),
    make: makes("companies"),
    now,
  });
  const wishes = leads.flatMap(({ email, contactName, phone, companyName }) =>
    email === null
      ? []
      : [
          {
            email,
            name: contactName ?? email,
            phone,
            companyId: companies.get(companyName?.toLowerCase() ?? "")?.id ?? null,
          },
        ],
  );
  return {
    companies,
    contacts: await contactIds(tx, { workspaceId, wishes, make: makes("contacts"), now }),
    sources: await list("source", "sources"),
    products: await list("product", "products"),
    teams: await list("team", "teams"),
    lostReasons: await reasons("reason", lost),
    junkReasons: await reasons("junk", junked),
    people: await peopleIds(tx, {
      workspaceId,
      emails: named(leads, "ownerEmail"),
      names: named(leads, "ownerName"),
    }),
  };
}

type References = Awaited<ReturnType<typeof findReferences>>;

const UNKNOWN: Readonly<Record<"source" | "product" | "team" | "lostReason", ImportCode>> = {
  source: "unknown-source",
  product: "unknown-product",
  team: "unknown-team",
  lostReason: "unknown-reason",
};

/** Looks names of one row up, and tells those that are of nothing. */
class RowNames {
  readonly issues: RowIssue[] = [];
  readonly #lead: ImportedLead;
  readonly #context: ChunkContext;

  constructor(lead: ImportedLead, context: ChunkContext) {
    this.#lead = lead;
    this.#context = context;
  }

  tell(field: KnownField, code: ImportCode, message: string, value: string): void {
    const rule = this.#context.mapping.columns.find((one) => one.field === field);
    this.issues.push({
      row: this.#lead.row,
      column: columnOfField(this.#context, field),
      severity: rule?.invalid === "skip" ? "warning" : "error",
      code,
      message,
      value,
    });
  }

  id(
    field: "source" | "product" | "team" | "lostReason",
    ids: ReadonlyMap<string, string>,
  ): string | null {
    const name = this.#lead[field];
    if (name === null) return null;
    const found = ids.get(name.toLowerCase());
    if (found === undefined) this.tell(field, UNKNOWN[field], `There is no "${name}" here.`, name);
    return found ?? null;
  }

  owner({ byEmail, byName }: References["people"]): KnownPerson | null {
    const { ownerEmail, ownerName } = this.#lead;
    if (ownerEmail !== null) {
      const found = byEmail.get(ownerEmail);
      if (found !== undefined) return found;
      this.tell(
        "ownerEmail",
        "unknown-owner",
        `Nobody here has the address ${ownerEmail}.`,
        ownerEmail,
      );
      return null;
    }
    if (ownerName === null) return null;
    const found = byName.get(ownerName.toLowerCase());
    if (found !== undefined && found !== "several") return found;
    const words = found === "several" ? "Several people here are" : "Nobody here is";
    this.tell("ownerName", "unknown-owner", `${words} called ${ownerName}.`, ownerName);
    return null;
  }
}

/** Columns that stand as the file says. */
const ownColumns = (lead: ImportedLead, baseCurrency: string) => ({
  row: lead.row,
  external_id: lead.externalId,
  kind: lead.kind,
  status: lead.status,
  name: lead.name,
  contact_name: lead.contactName,
  company_name: lead.companyName,
  email: lead.email,
  phone: lead.phone,
  medium: lead.medium,
  campaign: lead.campaign,
  amount_minor: lead.amountMinor,
  currency: lead.currency ?? (lead.amountMinor === null ? null : baseCurrency),
  mrr_minor: lead.mrrMinor,
  probability_manual: lead.probability,
  category: lead.category,
  expected_close: lead.expectedClose,
  description: lead.description,
  tags: lead.tags,
  custom: lead.custom,
  created_at: momentText(lead.createdAt),
  closed_at: momentText(lead.closedAt),
  lost_note: lead.lostNote,
  competitor: lead.competitor,
});

const lower = (text: string | null): string => text?.toLowerCase() ?? "";

/** Columns of where it stands; all null for a lead. */
const stageColumns = ({ stage: name }: ImportedLead, stages: readonly Stage[]) => {
  const stage = name === null ? undefined : stages.find((one) => lower(one.name) === lower(name));
  return {
    pipeline_id: stage?.pipelineId ?? null,
    stage_id: stage?.id ?? null,
    stage_type: stage?.type ?? null,
  };
};

/** Columns of whom it is about; country and industry are the company's where the mapping says so. */
const companyColumns = (lead: ImportedLead, found: References, inherits: boolean) => {
  const company = found.companies.get(lower(lead.companyName));
  const inherited = inherits ? company : undefined;
  return {
    company_id: company?.id ?? null,
    contact_id: found.contacts.get(lead.email ?? "") ?? null,
    country: lead.country ?? inherited?.country ?? null,
    industry: lead.industry ?? inherited?.industry ?? null,
  };
};

type Resolved = { readonly row: ImportLeadRow; readonly issues: readonly RowIssue[] };

function rowOf(lead: ImportedLead, found: References, context: ChunkContext): Resolved {
  const names = new RowNames(lead, context);
  const owner = names.owner(found.people);
  const reasons = lead.status === "junked" ? found.junkReasons : found.lostReasons;
  return {
    issues: names.issues,
    row: {
      ...ownColumns(lead, context.baseCurrency),
      ...stageColumns(lead, context.ownStages),
      ...companyColumns(lead, found, context.mapping.inherit === true),
      owner_id: owner?.id ?? null,
      team_id: names.id("team", found.teams) ?? owner?.teamId ?? null,
      product_id: names.id("product", found.products),
      source_id: names.id("source", found.sources),
      lost_reason_id: names.id("lostReason", reasons),
    },
  };
}

/** A chunk's leads as rows with the ids of what they name; those that name what is not there are left out and told. */
export async function resolveRows(
  tx: Transaction,
  leads: readonly ImportedLead[],
  context: ChunkContext,
): Promise<{ readonly rows: readonly ImportLeadRow[]; readonly issues: readonly RowIssue[] }> {
  const found = await findReferences(tx, leads, context);
  const resolved = leads.map((lead) => rowOf(lead, found, context));
  const isGood = ({ issues }: { readonly issues: readonly RowIssue[] }): boolean =>
    issues.every(({ severity }) => severity !== "error");
  return {
    rows: resolved.filter(isGood).map(({ row }) => row),
    issues: resolved.flatMap(({ issues }) => issues),
  };
}
