import type { DateCell, FaultyCell, SourceCell } from "./source-row";
import { MAX_COLUMNS } from "./source-row";

/** Formats of numbers every workbook has without saying so, which show a date or a time. */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 34, 35, 36, 45, 46, 47,
]);

/** Whether a format such as `yyyy\-mm\-dd` or `[$-407]d. mmm` shows a day. Words in it and colours do not count. */
export const showsDate = (format: string): boolean =>
  /[dyhs]|m{1,5}/i.test(
    format
      .replaceAll(/"[^"]*"|\\.|_.|\*./g, "")
      .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
      .replaceAll(/general/gi, ""),
  );

export const isDateFormat = (id: number, own: ReadonlyMap<number, string>): boolean => {
  const format = own.get(id);
  return format === undefined ? BUILT_IN_DATES.has(id) : showsDate(format);
};

const DAY = 86_400_000;
/** Day 0 of the two calendars a workbook may count in. */
const DAY_0_OF_1900 = Date.UTC(1899, 11, 30);
const DAY_0_OF_1904 = Date.UTC(1904, 0, 1);
const LAST_DAY = 2_958_465;

/** A day counted from 1900 (or 1904), as a date; a time of day where there is one. */
export function dateOfSerial(serial: number, is1904: boolean): DateCell | FaultyCell {
  // The first calendar has a 29 February 1900, which never was; the days before it are one off.
  if (serial < 0 || serial > LAST_DAY || (!is1904 && serial >= 60 && serial < 61))
    return { kind: "fault", text: String(serial) };
  const shift = !is1904 && serial < 60 ? 1 : 0;
  const zero = is1904 ? DAY_0_OF_1904 : DAY_0_OF_1900;
  const minutes = Math.round((serial + shift) * 1_440);
  const iso = new Date(zero + minutes * (DAY / 1_440)).toISOString();
  const hasTime = minutes % 1_440 !== 0;
  return { kind: "date", text: hasTime ? iso.slice(0, 16) : iso.slice(0, 10) };
}

/** `BC12` → 54: the column, counted from 0. Undefined for what is no cell, or too far to the right. */
export function columnOf(reference: string): number | undefined {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
    if (column > MAX_COLUMNS) return undefined;
  }
  return column === 0 ? undefined : column - 1;
}

/** Characters XML cannot hold are written `_x000D_`. */
export const plainText = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;

export type RawCell = {
  readonly type: string;
  /** Which of the workbook's styles. */
  readonly style: number;
  readonly value: string;
  readonly formula: string | undefined;
};

export type CellRules = {
  readonly shared: (index: number) => string | undefined;
  readonly dateStyles: ReadonlySet<number>;
  readonly is1904: boolean;
};

function valueIn(
  { type, style, value }: RawCell,
  rules: CellRules,
): Exclude<SourceCell, { kind: "formula" }> {
  if (type === "inlineStr" || type === "str") return plainText(value) || null;
  if (value === "") return null;
  if (type === "s") {
    const text = rules.shared(Number(value));
    return text === undefined
      ? { kind: "fault", text: `string ${value}` }
      : plainText(text) || null;
  }
  if (type === "b") return value === "1" || value === "true";
  if (type === "e") return { kind: "fault", text: value };
  if (type === "d")
    return { kind: "date", text: value.replace(/T00:00(:00(\.0+)?)?Z?$/, "").slice(0, 16) };
  const number = Number(value);
  if (!Number.isFinite(number)) return { kind: "fault", text: value };
  return rules.dateStyles.has(style) ? dateOfSerial(number, rules.is1904) : number;
}

export function cellOf(raw: RawCell, rules: CellRules): SourceCell {
  const value = valueIn(raw, rules);
  if (raw.formula === undefined) return value;
  if (value !== null && typeof value === "object" && value.kind === "fault") return value;
  return { kind: "formula", formula: raw.formula, value };
}
