/** What taking a change back came to. `label` is what the change was called. */
export type UndoAnswer =
  | { readonly status: "done"; readonly label: string; readonly count: number }
  | { readonly status: "refused"; readonly message: string };
