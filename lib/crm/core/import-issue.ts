export type Severity = "error" | "corrected" | "warning";

const IMPORT_CODES = [
  // The row as a row.
  "quote",
  "columns",
  "nul",
  "undecodable",
  "too-long",
  "refused",
  // Cells.
  "formula",
  "formula-value",
  "cell-error",
  "apostrophe",
  "value-mapped",
  "blank",
  "too-many-letters",
  "required",
  "duplicate-id",
  "date-impossible",
  "date-unreadable",
  "date-in-future",
  "closed-before-created",
  "closed-missing",
  "created-unknown",
  "closed-left-out",
  "bad-number",
  "negative",
  "rounded",
  "zero-unknown",
  "bad-currency",
  "bad-email",
  "bad-phone",
  "phone-prefix",
  "bad-country",
  "bad-choice",
  "unknown-stage",
  "unknown-owner",
  "unknown-team",
  "unknown-source",
  "unknown-product",
  "unknown-reason",
  "reason-missing",
  "reason-assumed",
  "unknown-field",
  "too-many-tags",
  // What a row met.
  "first-touch-kept",
  "deleted-here",
  // Files beside the main one.
  "second-manager",
  "without-deals",
  "unknown-parent",
] as const;

export type ImportCode = (typeof IMPORT_CODES)[number];

export const isImportCode = (text: string): text is ImportCode =>
  (IMPORT_CODES as readonly string[]).includes(text);

/** Something about one row that its sender should know. An error means that the row is not in. */
export type RowIssue = {
  readonly row: number;
  /** As the file calls it; null where it is the row. */
  readonly column: string | null;
  readonly severity: Severity;
  readonly code: ImportCode;
  readonly message: string;
  /** What stood there, shortened. */
  readonly value: string | null;
};

export const shortened = (text: string): string =>
  text.length > 200 ? `${text.slice(0, 197)}…` : text;
