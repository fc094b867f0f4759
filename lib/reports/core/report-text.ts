import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-reports.json";
import type { Cell, Figure, SectionKey, Unit } from "./report";

/** The texts of reports, by key: the screen, the files and the mail say the same words. */
export const t = createTranslator({ locale: "en", messages });

const ROUNDED = { count: 0, hours: 1, share: 1 } as const;

/** A number as people read it: 1,204; 37.5 h; 62.5 %. What is not there is a dash. */
export function valueText(value: Cell, unit: Unit, locale: string): string {
  if (value === null) return t("none");
  if (typeof value === "string" || unit === "text") return String(value);
  const digits = ROUNDED[unit];
  const number = (unit === "share" ? value * 100 : value).toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (unit === "hours") return `${number} h`;
  return unit === "share" ? `${number} %` : number;
}

export const figureName = ({ key }: Pick<Figure, "key">): string => t(`figure.${key}`);

export const sectionName = (key: SectionKey): string => t(`section.${key}`);

export const columnName = (key: string): string => t(`column.${key}` as "column.link");

const FILE_UNIT: Readonly<Record<Unit, string>> = {
  count: "",
  hours: " (h)",
  share: " (0-1)",
  text: "",
};

/** A column's name in a file, where the unit cannot stand beside each number. */
export const columnInFile = (key: string, unit: Unit): string =>
  `${columnName(key)}${FILE_UNIT[unit]}`;
