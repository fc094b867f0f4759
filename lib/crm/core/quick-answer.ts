/** What became of a deal that was made in a column. */
export type QuickAnswer =
  | { readonly status: "done"; readonly id: string; readonly number: number }
  | { readonly status: "refused"; readonly message: string };
