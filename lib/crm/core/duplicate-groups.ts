import type { AlikeLead } from "./alike";
import type { DuplicateReason } from "./duplicate";

/** Leads that are the same by one reason. */
export type AlikeSet = { readonly reason: DuplicateReason; readonly ids: readonly string[] };

/** Leads that are the same by one or several reasons. */
export type AlikeGroup = {
  readonly reasons: readonly DuplicateReason[];
  readonly ids: readonly string[];
};

/** Groups of one look. */
export const MOST_GROUPS = 100;

/** Members of a group that are shown and compared; more of one address are seldom people. */
export const MOST_IN_GROUP = 20;

/** Open leads and deals, latest changed first, whose companies and contacts are compared by name. */
export const COMPARED_BY_NAME = 5_000;

/** A group as the page shows it. */
export type DuplicateGroup = {
  readonly reasons: readonly DuplicateReason[];
  readonly leads: readonly AlikeLead[];
  /** Into which the reader may merge others; null when none of them is theirs to merge. */
  readonly survivorId: string | null;
};

export type DuplicatesView = {
  readonly groups: readonly DuplicateGroup[];
  /** Whether there are more than are shown. */
  readonly more: boolean;
  readonly scope: string;
};

/** Puts sets that share somebody together: whoever has one's e-mail and another's phone is one with both. Pure. */
export function groupsOf(sets: readonly AlikeSet[]): AlikeGroup[] {
  const parent = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root))
      root = up;
    parent.set(id, root);
    return root;
  };
  for (const { ids } of sets) {
    const [first, ...others] = ids;
    if (first === undefined) continue;
    for (const other of others) parent.set(rootOf(other), rootOf(first));
  }
  const groups = Map.groupBy(sets, ({ ids: [first] }) =>
    first === undefined ? "" : rootOf(first),
  );
  groups.delete("");
  return [...groups.values()].map((of) => ({
    reasons: [...new Set(of.map(({ reason }) => reason))],
    ids: [...new Set(of.flatMap(({ ids }) => ids))],
  }));
}
