/** What the server says to targets that were typed. */
export type TargetAnswer =
  | { readonly status: "idle" }
  /** What each cell's target stands at now, in the order they were sent; 0 where there is none any more. */
  | { readonly status: "done"; readonly versions: readonly number[] }
  | { readonly status: "refused"; readonly message: string };
