/** One line of a verification: how far it is, or how it ended. */
export type VerificationLine =
  | { readonly rows: number; readonly of: number }
  | { readonly verdict: "ok"; readonly rows: number; readonly anchor: string | null }
  | { readonly verdict: "broken"; readonly sequence: string; readonly fault: AuditFaultName }
  /** It could not be finished; nothing is known of the rest. */
  | { readonly verdict: "interrupted" };

export const AUDIT_FAULTS = ["missing", "altered", "unlinked", "replaced"] as const;
export type AuditFaultName = (typeof AUDIT_FAULTS)[number];
