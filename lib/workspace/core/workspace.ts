/** The settings of a workspace. */
export type Workspace = {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly locale: string;
  readonly logoId: string | null;
  readonly colour: string | null;
  readonly mailFromName: string | null;
  readonly mailReplyTo: string | null;
  /** Days guests' details are kept after a meeting; null for ever. */
  readonly retentionDays: number | null;
  readonly version: number;
};
