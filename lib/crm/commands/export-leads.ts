import type { Member } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { csvStream } from "@/lib/files/csv";
import type { StreamedCell } from "@/lib/files/xlsx-stream";
import { xlsxStream } from "@/lib/files/xlsx-stream";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { FileCell, LeadFileFormat, LeadFileShape } from "../core/lead-file";
import { leadFileShape } from "../core/lead-file";
import type { LeadFilter } from "../core/lead-filter";
import { leadFilterQuery } from "../core/lead-filter";
import { minorDigits } from "../core/money";
import { scopeWords } from "../core/scope";
import { crmPolicy } from "../policy";
import { getLeadFileHouse, streamLeads } from "../reads/lead-file";
import type { ListAsked } from "../reads/list";
import { getScope } from "../reads/scope";

export type LeadFile = {
  readonly body: ReadableStream<Uint8Array>;
  readonly type: string;
  /** Says the scope and the day: a file travels without its page. */
  readonly name: string;
};

const plain = (cell: FileCell): string | number | null =>
  cell !== null && typeof cell === "object" ? cell.date.replace("T", " ") : cell;

async function* rows<Cell>(
  db: Deps["db"],
  asked: ListAsked,
  shape: LeadFileShape,
  as: (cell: FileCell) => Cell,
): AsyncGenerator<readonly Cell[]> {
  for await (const lead of streamLeads(db, asked)) yield shape.cells(lead).map(as);
}

/** What the workbook says of itself, on a sheet of its own: the first one stays a table that can be imported. */
const about = (given: Readonly<Record<string, string>>): readonly (readonly StreamedCell[])[] =>
  Object.entries(given);

/**
 * Every lead its reader may see and the filter leaves, as CSV or as a workbook, streamed; written down in the audit log
 * before the first row leaves. Throws AccessDenied.
 */
export async function exportLeads(
  {
    actor,
    filter,
    format,
  }: { readonly actor: Member; readonly filter: LeadFilter; readonly format: LeadFileFormat },
  { db, keys, now: clock }: Pick<Deps, "db" | "keys" | "now">,
): Promise<LeadFile> {
  const { workspaceId, userId } = actor;
  crmPolicy.authorize(actor, "crm.use", { workspaceId });
  const now = clock();
  const [scope, house] = await Promise.all([
    getScope(db, actor),
    getLeadFileHouse(db, workspaceId),
  ]);
  const zone = parseTimeZone(house.zone) ?? UTC;
  const today = calendarDateAt(zone, now);
  const minorPerUnit = 10 ** minorDigits(house.baseCurrency);
  const asked: ListAsked = { scope, filter, place: { userId, now, today, zone, minorPerUnit } };
  const query = leadFilterQuery(filter).toString();
  await db.$transaction((tx) =>
    appendAudit(tx, keys, {
      workspaceId,
      at: now,
      actor: "user",
      userId,
      actorName: actor.name,
      action: "leads.export",
      subject: "leads",
      details: { format, filter: query, scope: scope.kind },
    }),
  );
  const shape = leadFileShape(house.baseCurrency, house.custom, minorDigits);
  const name = `leads-${scope.kind}-${today}.${format}`;
  if (format === "csv") {
    const body = csvStream(shape.names, rows(db, asked, shape, plain));
    return { body, name, type: "text/csv; charset=utf-8" };
  }
  const told = about({
    Workspace: house.name,
    Scope: scopeWords(scope),
    Filter: query === "" ? "none" : decodeURIComponent(query.replaceAll("+", " ")),
    "Times in": zone,
    "As of": toIso(now),
    "Asked by": actor.name,
  });
  const body = xlsxStream([
    {
      name: "Leads",
      columns: shape.names,
      rows: rows<StreamedCell>(db, asked, shape, (cell) => cell),
    },
    { name: "About", columns: ["What", "Value"], rows: told },
  ]);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { body, name, type };
}
