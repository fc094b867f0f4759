import type { AuditLine } from "./audit-line";

/** A page of the log, newest first. */
export type AuditPage = {
  readonly lines: readonly AuditLine[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
  readonly actions: readonly string[];
  readonly total: number;
};
