import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { ImportContext, ImportedLead, ImportStage, RowReport, RowValues } from "./import-lead";
import { columnOfField } from "./import-lead";
import { readMinor } from "./import-values";
import type { LeadKind, LeadStatus } from "./lead";
import { minorDigits } from "./money";

type Standing = { readonly status: LeadStatus; readonly stage: ImportStage | null };

const STATUS: Readonly<Record<ImportStage["type"], LeadStatus>> = {
  open: "open",
  won: "won",
  lost: "lost",
};

/** How a row stands: an opportunity by its stage, a lead by the word in the same column. */
function standingOf(
  kind: LeadKind,
  text: string | undefined,
  context: ImportContext,
  report: RowReport,
): Standing {
  const unknown = (message: string): Standing => {
    const column = columnOfField(context, "stage");
    report.add("error", { code: "unknown-stage", message }, column, text ?? null);
    return { status: "open", stage: null };
  };
  if (kind === "lead") {
    const word = text?.toLowerCase() ?? "open";
    if (word === "open" || word === "new") return { status: "open", stage: null };
    if (word === "lost") return { status: "lost", stage: null };
    if (word === "junk" || word === "junked") return { status: "junked", stage: null };
    return unknown(`"${text}" is no state of a lead: open, lost or junk.`);
  }
  const stage =
    text === undefined
      ? context.stages.find(({ type }) => type === "open")
      : context.stages.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (stage !== undefined) return { status: STATUS[stage.type], stage };
  if (report.unread.has("stage")) return { status: "open", stage: null };
  const known = context.stages.map(({ name }) => name).join(", ");
  return unknown(`There is no stage "${text ?? ""}". There are: ${known}.`);
}

type Times = { readonly createdAt: Instant | null; readonly closedAt: Instant | null };

/** Times of an open deal: what it says of closing is left out, and a missing day of creation is told. */
function openTimes(
  { createdAt, closedAt }: RowValues,
  context: ImportContext,
  report: RowReport,
): Times {
  if (closedAt !== undefined) {
    const message = "The deal is open, so its closing date was left out.";
    const column = columnOfField(context, "closedAt");
    report.add("corrected", { code: "closed-left-out", message }, column, closedAt.day);
  }
  if (createdAt === undefined) {
    const message = "The file says no day of creation: a new lead is created on the import's day.";
    report.add(
      "corrected",
      { code: "created-unknown", message },
      columnOfField(context, "createdAt"),
    );
  }
  return { createdAt: createdAt?.at ?? null, closedAt: null };
}

/** When it was created and closed, as far as the row says so and it can be. */
function timesOf(
  values: RowValues,
  { status }: Standing,
  context: ImportContext,
  report: RowReport,
): Times {
  const { createdAt: created, closedAt: closed } = values;
  for (const field of ["createdAt", "closedAt"] as const) {
    const moment = values[field];
    if (moment === undefined || moment.at <= context.now) continue;
    const message = `${moment.day} is yet to come.`;
    report.add(
      "error",
      { code: "date-in-future", message },
      columnOfField(context, field),
      moment.day,
    );
  }
  if (status === "open") return openTimes(values, context, report);
  const closedColumn = columnOfField(context, "closedAt");
  if (closed === undefined) {
    const message = "A deal that is won or lost needs the day it was closed.";
    if (!report.unread.has("closedAt"))
      report.add("error", { code: "closed-missing", message }, closedColumn);
    return { createdAt: null, closedAt: null };
  }
  if (created === undefined) {
    const message = "A deal that is closed needs the day it was created.";
    const column = columnOfField(context, "createdAt");
    if (!report.unread.has("createdAt"))
      report.add("error", { code: "created-unknown", message }, column);
    return { createdAt: null, closedAt: null };
  }
  if (closed.day < created.day) {
    const message = `It was closed on ${closed.day}, before it was created on ${created.day}.`;
    report.add("error", { code: "closed-before-created", message }, closedColumn, closed.day);
  }
  // A day without a time begins at midnight; what was created that noon was closed after that.
  const closedAt = instantOf(Math.max(closed.at, created.at));
  return { createdAt: created.at, closedAt };
}

function lossOf(
  { lostReason }: RowValues,
  { status }: Standing,
  context: ImportContext,
  report: RowReport,
): string | null {
  if (status !== "lost" && status !== "junked") return null;
  if (lostReason !== undefined) return lostReason;
  const column = columnOfField(context, "lostReason");
  const assumed = context.mapping.constants?.lostReason;
  if (assumed === undefined) {
    report.add(
      "error",
      { code: "reason-missing", message: "What is lost needs a reason." },
      column,
    );
    return null;
  }
  const message = `The file says no reason: "${assumed}" was put.`;
  report.add("corrected", { code: "reason-assumed", message }, column);
  return assumed;
}

/** An amount in minor units of the row's currency. */
function amountOf(
  values: RowValues,
  field: "amount" | "mrr",
  context: ImportContext,
  report: RowReport,
): number | null {
  const plain = values[field];
  if (plain === undefined) return null;
  const currency = values.currency ?? context.baseCurrency;
  const rule = context.mapping.columns.find((one) => one.field === field);
  const column = rule?.column ?? null;
  const read = readMinor(plain, minorDigits(currency), currency);
  if ("fault" in read) {
    report.add(rule?.invalid === "skip" ? "warning" : "error", read.fault, column, plain);
    return null;
  }
  if (read.note) report.add("corrected", read.note, column, plain);
  if (read.value !== 0 || rule?.zeroIsUnknown !== true) return read.value;
  const message = "0 stands for an amount that is not known: the amount was left empty.";
  report.add("corrected", { code: "zero-unknown", message }, column, plain);
  return null;
}

/** The name of a deal: its own, or one made of the fields the mapping names, or whom it is about. */
function nameOf(values: RowValues, context: ImportContext): string {
  if (values.name !== undefined) return values.name;
  const parts = (context.mapping.nameFrom ?? ["contactName", "companyName"])
    .map((field) => values[field])
    .filter((part) => part !== undefined);
  const enough = parts.length > 1 || (parts.length === 1 && context.mapping.nameFrom === undefined);
  const whole = enough ? parts : [...parts, values.externalId ?? ""];
  return whole.join(" – ").slice(0, 200).trim();
}

const PLAIN = [
  "currency",
  "contactName",
  "companyName",
  "email",
  "phone",
  "ownerEmail",
  "ownerName",
  "team",
  "probability",
  "category",
  "product",
  "source",
  "medium",
  "campaign",
  "country",
  "industry",
  "tags",
  "description",
] as const;

type Plain = Pick<ImportedLead, (typeof PLAIN)[number]>;

/** Fields that stand as they were read. */
const plainFields = (values: RowValues): Plain =>
  Object.fromEntries(PLAIN.map((field) => [field, values[field] ?? null])) as Plain;

/** A row's fields as one lead that can be: its state, its times and its amounts agree. */
export function settleLead(
  values: RowValues,
  custom: Readonly<Record<string, unknown>>,
  context: ImportContext,
  report: RowReport,
): ImportedLead | undefined {
  const { externalId } = values;
  if (externalId === undefined) {
    const column = columnOfField(context, "externalId");
    if (!report.unread.has("externalId"))
      report.add("error", { code: "required", message: "The row has no id." }, column);
    return undefined;
  }
  const kind = values.kind ?? context.mapping.kind;
  const standing = standingOf(kind, values.stage, context, report);
  const isLost = standing.status === "lost" || standing.status === "junked";
  return {
    ...plainFields(values),
    row: report.row,
    externalId,
    kind,
    status: standing.status,
    stage: standing.stage?.name ?? null,
    name: nameOf(values, context),
    ...timesOf(values, standing, context, report),
    expectedClose: values.expectedClose?.day ?? null,
    lostReason: lossOf(values, standing, context, report),
    lostNote: isLost ? (values.lostNote ?? null) : null,
    competitor: isLost ? (values.competitor ?? null) : null,
    amountMinor: amountOf(values, "amount", context, report),
    mrrMinor: amountOf(values, "mrr", context, report),
    custom,
  };
}
