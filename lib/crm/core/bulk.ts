import { z } from "zod";
import { changeDealInput } from "./deal-input";
import { CHUNK } from "./lead-list";

const BULK_KINDS = ["edit", "move", "lose", "junk", "assign", "park", "tag", "delete"] as const;
type BulkKind = (typeof BULK_KINDS)[number];

const isBulk = (kind: string): kind is BulkKind => BULK_KINDS.some((known) => known === kind);

/** One act to many leads, whatever their version: a part of what was selected, and what its undo is called. */
export const bulkInput = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(CHUNK),
  act: changeDealInput.shape.act.refine(({ kind }) => isBulk(kind), "is not done to many"),
  label: z.string().trim().min(1).max(120),
  /** The undo of the parts before this one: what this part changes is taken back with them, as one. */
  undoId: z.uuid().exactOptional(),
});

export type BulkInput = z.infer<typeof bulkInput>;

/** What became of a part: how many changed, why others did not, and how to take it back. */
export type BulkAnswer =
  | {
      readonly status: "done";
      readonly changed: number;
      readonly skipped: readonly { readonly why: string; readonly count: number }[];
      readonly undoId: string | null;
    }
  | { readonly status: "refused"; readonly message: string };
