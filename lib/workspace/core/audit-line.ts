export const AUDIT_COLUMNS = [
  "sequence",
  "at",
  "actor",
  "user_id",
  "actor_name",
  "action",
  "subject",
  "details",
] as const;

/** What a page and its export are told of one entry. */
export type AuditLine = {
  readonly sequence: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actor: "user" | "guest" | "system";
  readonly userId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  /** JSON text, empty when there are none. */
  readonly details: string;
};
