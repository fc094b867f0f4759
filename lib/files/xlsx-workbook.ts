import { posix } from "node:path";
import { SharedStrings } from "./shared-strings";
import { UnreadableFile } from "./source-row";
import type { Archive } from "./xlsx-archive";
import { readPart } from "./xlsx-archive";
import type { CellRules } from "./xlsx-cells";
import { isDateFormat } from "./xlsx-cells";

export type Workbook = {
  /** Names of the sheets a person sees, in order, and the part each is in. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly rules: CellRules;
};

type Attributes = Readonly<Record<string, string>>;

const relationId = (attributes: Attributes): string | undefined =>
  Object.entries(attributes).find(([name]) => /^(?:\w+:)?id$/.test(name) && name !== "id")?.[1];

/** What another part is called in the file that refers to it. */
async function relations(archive: Archive, part: string): Promise<ReadonlyMap<string, Attributes>> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const found = new Map<string, Attributes>();
  if (!archive.has(path)) return found;
  await readPart(archive, path, {
    open: (name, attributes) => {
      if (name !== "Relationship") return;
      const target = attributes.Target ?? "";
      const full = target.startsWith("/") ? target.slice(1) : posix.join(folder, target);
      found.set(attributes.Id ?? "", { ...attributes, Target: full });
    },
  });
  return found;
}

const partOfType = (all: ReadonlyMap<string, Attributes>, type: string): string | undefined =>
  [...all.values()].find(({ Type = "" }) => Type.endsWith(`/${type}`))?.Target;

async function readShared(archive: Archive, part: string | undefined): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (part === undefined || !archive.has(part)) return strings;
  let text = "";
  let isText = false;
  // Readings of Japanese characters stand beside the text and are none of it.
  let reading = 0;
  await readPart(archive, part, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") reading += 1;
      isText = name === "t" && reading === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      isText = false;
      if (name === "rPh") reading -= 1;
      if (name === "si") strings.add(text);
    },
  });
  return strings;
}

/** The styles whose numbers are days. */
async function readDateStyles(
  archive: Archive,
  part: string | undefined,
): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (part === undefined || !archive.has(part)) return dates;
  const own = new Map<number, string>();
  let isCellFormats = false;
  let style = 0;
  await readPart(archive, part, {
    open: (name, attributes) => {
      if (name === "numFmt") own.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") isCellFormats = true;
      if (name !== "xf" || !isCellFormats) return;
      if (isDateFormat(Number(attributes.numFmtId ?? "0"), own)) dates.add(style);
      style += 1;
    },
    close: (name) => {
      if (name === "cellXfs") isCellFormats = false;
    },
  });
  return dates;
}

/** What has to be known before a sheet can be read. Throws UnreadableFile where it is no workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = partOfType(await relations(archive, ""), "officeDocument");
  const part = root ?? "xl/workbook.xml";
  if (!archive.has(part)) {
    throw new UnreadableFile(
      "binary",
      "This archive is no workbook. Save the table as .xlsx or CSV.",
    );
  }
  const related = await relations(archive, part);
  const listed: { readonly name: string; readonly part: string }[] = [];
  let is1904 = false;
  await readPart(archive, part, {
    open: (name, attributes) => {
      if (name === "workbookPr") is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet" || (attributes.state ?? "visible") !== "visible") return;
      const target = related.get(relationId(attributes) ?? "");
      // Sheets of charts have no rows.
      if (target?.Type?.endsWith("/worksheet") && target.Target !== undefined)
        listed.push({ name: attributes.name ?? "", part: target.Target });
    },
  });
  const sheets = listed.filter((sheet) => archive.has(sheet.part));
  if (sheets.length === 0) throw new UnreadableFile("no-sheet", "The workbook has no sheet.");
  const strings = await readShared(archive, partOfType(related, "sharedStrings"));
  const dateStyles = await readDateStyles(archive, partOfType(related, "styles"));
  return { sheets, rules: { shared: (index) => strings.get(index), dateStyles, is1904 } };
}
