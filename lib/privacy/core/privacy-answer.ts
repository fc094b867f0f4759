import type { Held } from "./held";

/** What the search says. */
export type SearchAnswer =
  | { readonly status: "idle" }
  | { readonly status: "found"; readonly held: Held }
  | { readonly status: "refused"; readonly message: string; readonly email: string };

/** What an erasure says. */
export type ErasureAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
    };

/** What a removal by age says. */
export type RetentionAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string }
  | { readonly status: "refused"; readonly message: string };
