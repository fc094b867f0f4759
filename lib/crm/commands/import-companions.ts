import type { Transaction } from "@/lib/db/client";
import type { Read } from "../core/import-cell";
import { readCountry, readMinor, readNumber } from "../core/import-values";
import { minorDigits } from "../core/money";
import { ensureCompanyFields, upsertCompanies, upsertProducts } from "../writes/import-companions";
import type { CompanionOf, CompanionResult, CompanionRow } from "./companion-row";
import { plainNumber, rowsOf } from "./companion-row";
import type { AddPerson } from "./import-people";
import { importPeople } from "./import-people";
import type { ChunkContext } from "./resolve-rows";

async function importCompanies(
  tx: Transaction,
  folder: string,
  companion: CompanionOf<"companies">,
  context: ChunkContext,
): Promise<CompanionResult> {
  const custom = Object.entries(companion.custom ?? {});
  const wishes: Parameters<typeof upsertCompanies>[3][number][] = [];
  const parents: { readonly row: CompanionRow; readonly parent: string }[] = [];
  const issues = await rowsOf(folder, companion, (row) => {
    const name = row.text(companion.name)?.slice(0, 200) ?? null;
    if (name === null) {
      row.report.add(
        "error",
        { code: "required", message: "The row has no name." },
        companion.name,
      );
      return;
    }
    const parent = row.text(companion.parent);
    if (parent !== null) parents.push({ row, parent });
    const values = custom.map(
      ([column, { key }]) => [key, row.value(column, plainNumber)] as const,
    );
    wishes.push({
      name,
      industry: row.text(companion.industry),
      country: row.value(companion.country, readCountry),
      employees: row.value(companion.employees, plainNumber),
      parent,
      custom: Object.fromEntries(values.filter(([, value]) => value !== null)),
    });
  });
  const names = new Set(wishes.map(({ name }) => name));
  for (const { row, parent } of parents) {
    if (names.has(parent)) continue;
    issues.push({
      row: row.report.row,
      column: companion.parent ?? null,
      severity: "warning",
      code: "unknown-parent",
      message: `There is no company "${parent}" in this file.`,
      value: parent,
    });
  }
  await ensureCompanyFields(
    tx,
    context,
    custom.map(([, field]) => field),
  );
  const { created } = await upsertCompanies(tx, context, context.mapping.externalSource, wishes);
  return { file: companion.file, issues, made: { companies: created } };
}

async function importProducts(
  tx: Transaction,
  folder: string,
  companion: CompanionOf<"products">,
  context: ChunkContext,
): Promise<CompanionResult> {
  const { baseCurrency: currency } = context;
  const wishes: Parameters<typeof upsertProducts>[2][number][] = [];
  const price = (text: string): Read<number> => {
    const plain = readNumber(text, context.mapping.decimal);
    return "fault" in plain ? plain : readMinor(plain.value, minorDigits(currency), currency);
  };
  const issues = await rowsOf(folder, companion, (row) => {
    const name = row.text(companion.name);
    if (name === null) return;
    const series = row.text(companion.series);
    wishes.push({ name, series, priceMinor: row.value(companion.price, price), currency });
  });
  return {
    file: companion.file,
    issues,
    made: { products: await upsertProducts(tx, context, wishes) },
  };
}

/** Brings the files beside the main one in, in the order of the mapping. */
export async function importCompanions(
  tx: Transaction,
  folder: string,
  context: ChunkContext & { readonly addPerson: AddPerson; readonly newId: () => string },
): Promise<readonly CompanionResult[]> {
  const results: CompanionResult[] = [];
  for (const companion of context.mapping.companions ?? []) {
    if (companion.makes === "companies")
      results.push(await importCompanies(tx, folder, companion, context));
    else if (companion.makes === "products")
      results.push(await importProducts(tx, folder, companion, context));
    else results.push(await importPeople(tx, folder, companion, context));
  }
  return results;
}
