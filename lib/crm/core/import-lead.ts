import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Note } from "./import-cell";
import type { FieldContext, FieldValues } from "./import-fields";
import type { RowIssue, Severity } from "./import-issue";
import { shortened } from "./import-issue";
import type { KnownField } from "./import-mapping";
import type { ForecastCategory, LeadKind, LeadStatus } from "./lead";

/** A stage of the pipeline an import fills. */
export type ImportStage = { readonly name: string; readonly type: "open" | "won" | "lost" };

export type ImportContext = FieldContext & {
  readonly now: Instant;
  readonly baseCurrency: string;
  readonly stages: readonly ImportStage[];
};

/** A row, understood: names where the database has ids, everything else as it will stand. */
export type ImportedLead = {
  readonly row: number;
  readonly externalId: string;
  readonly kind: LeadKind;
  readonly status: LeadStatus;
  readonly name: string;
  readonly contactName: string | null;
  readonly companyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly ownerEmail: string | null;
  readonly ownerName: string | null;
  readonly team: string | null;
  readonly stage: string | null;
  readonly amountMinor: number | null;
  /** Null: the row says none, so what is there stays, and a new lead has the workspace's own. */
  readonly currency: string | null;
  readonly mrrMinor: number | null;
  readonly probability: number | null;
  readonly category: ForecastCategory | null;
  readonly expectedClose: CalendarDate | null;
  /** Null: the file does not say; a new lead is then created at the import's moment, which is told. */
  readonly createdAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly lostReason: string | null;
  readonly lostNote: string | null;
  readonly competitor: string | null;
  readonly product: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly country: string | null;
  readonly industry: string | null;
  readonly tags: readonly string[] | null;
  readonly description: string | null;
  readonly custom: Readonly<Record<string, unknown>>;
};

/** Collects what is to be said about one row. */
export class RowReport {
  readonly issues: RowIssue[] = [];
  /** Fields whose cell could not be read: that they are missing is no second error. */
  readonly unread = new Set<string>();
  readonly row: number;

  constructor(row: number) {
    this.row = row;
  }

  add(
    severity: Severity,
    note: Note,
    column: string | null = null,
    value: string | null = null,
  ): void {
    this.issues.push({
      row: this.row,
      column,
      severity,
      ...note,
      message: shortened(note.message),
      value: value === null ? null : shortened(value),
    });
  }

  get failed(): boolean {
    return this.issues.some(({ severity }) => severity === "error");
  }
}

export type RowValues = Partial<FieldValues>;

/** The column of the file a field comes from, for messages. */
export const columnOfField = (context: ImportContext, field: KnownField): string | null =>
  context.mapping.columns.find((rule) => rule.field === field)?.column ?? null;
