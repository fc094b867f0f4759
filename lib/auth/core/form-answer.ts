/** What a form of signing in answers, in the shape `useActionState` wants. */
export type FormAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done" }
  | {
      readonly status: "refused";
      readonly message: string;
      /** What was typed that may be shown again; never a password. */
      readonly typed?: Readonly<Record<string, string>>;
      readonly retryAfterSeconds?: number;
    };

/** What a change of one's own account answers. `prove`: show who you are first, then ask again. */
export type OwnAnswer<Value> =
  | { readonly status: "done"; readonly value: Value }
  | { readonly status: "refused"; readonly message: string }
  | { readonly status: "prove" };
