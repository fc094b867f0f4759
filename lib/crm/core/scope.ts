export const SCOPE_KINDS = ["own", "team", "all"] as const;

export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** What one person may see of the sales half. Every list is asked with one; ids from an address never are one. */
export type CrmScope = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly kind: ScopeKind;
  /** The person's teams: what `team` covers, besides their own deals. */
  readonly teams: readonly { readonly id: string; readonly name: string }[];
};

type Placed = {
  readonly workspaceId: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
};

/** Whether a record is inside a scope: the same rule as `inScope` in the database reads. */
export function covers(scope: CrmScope, record: Placed): boolean {
  if (record.workspaceId !== scope.workspaceId) return false;
  if (scope.kind === "all" || record.ownerId === scope.userId) return true;
  return scope.kind === "team" && scope.teams.some(({ id }) => id === record.teamId);
}

/** How a scope is stated beside every title and in every file. */
export function scopeWords({ kind, teams }: CrmScope): string {
  if (kind === "all") return "all teams";
  if (kind === "own" || teams.length === 0) return "own deals";
  return teams.length === 1
    ? `team ${teams[0]?.name}`
    : `teams ${teams.map(({ name }) => name).join(", ")}`;
}
