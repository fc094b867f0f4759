import type { ColumnRule, ImportMapping } from "@/lib/crm/core/import-mapping";

/** `text = other` lines as replacements; a line without a sign is left out. */
export function replacementsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const at = line.indexOf("=");
      if (at < 1) return [];
      return [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
    }),
  );
}

export const replacementText = (values: ColumnRule["values"]): string =>
  Object.entries(values ?? {})
    .map(([from, to]) => `${from} = ${to}`)
    .join("\n");

/** A mapping in which a column becomes another field; a field another column had is taken from it. */
export function withField(mapping: ImportMapping, column: string, field: string): ImportMapping {
  const before = mapping.columns.find((one) => one.column === column);
  const others = mapping.columns.filter((one) => one.column !== column && one.field !== field);
  const columns =
    field === "" ? others : [...others, { ...(before ?? { column }), column, field } as ColumnRule];
  return { ...mapping, columns };
}

/** A mapping in which texts of a column are replaced. */
export function withReplacements(
  mapping: ImportMapping,
  column: string,
  text: string,
): ImportMapping {
  const values = replacementsOf(text);
  const columns = mapping.columns.map((one) => {
    if (one.column !== column) return one;
    const { values: _, ...rest } = one;
    return Object.keys(values).length === 0 ? rest : { ...rest, values };
  });
  return { ...mapping, columns };
}

/** A mapping with a constant, or without it where the text is empty. */
export function withConstant(
  mapping: ImportMapping,
  field: "currency" | "lostReason",
  text: string,
): ImportMapping {
  const { [field]: _, ...rest } = mapping.constants ?? {};
  const constants = text.trim() === "" ? rest : { ...rest, [field]: text.trim() };
  return { ...mapping, constants };
}
