import type { ActRefusal } from "./lead-act";

/** One thing somebody else changed meanwhile: its field, and who did it. */
export type Meanwhile = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly by: string | null;
};

/** What became of an act. `changed`: somebody else was faster with the same thing; what was typed is kept by the form. */
export type DealAnswer =
  | {
      readonly status: "done";
      readonly version: number;
      readonly undoId: string | null;
      readonly words: string;
    }
  | {
      readonly status: "changed";
      readonly changes: readonly Meanwhile[];
      /** Who has read these changes has seen this version. */
      readonly version: number;
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields?: Readonly<Record<string, string>>;
    };

/** What became of a note, a follow, a merge. */
export type PlainAnswer =
  | { readonly status: "done"; readonly id?: string; readonly message?: string }
  | { readonly status: "refused"; readonly message: string };

/** Why an act was not done, to the person. */
export const ACT_WORDS: Readonly<
  Record<ActRefusal | "not-here" | "denied" | "unknown-reference", string>
> = {
  deleted: "It was deleted. Restore it first.",
  "not-deleted": "It is not deleted.",
  closed: "It is closed. Reopen it first.",
  "not-closed": "It is open already.",
  "not-a-lead": "It is a deal already.",
  "not-an-opportunity": "It is a lead. Convert it to a deal first.",
  "no-such-stage": "This stage is not there any more. Load the page again.",
  "other-pipeline": "This stage is of another pipeline.",
  "needs-a-reason": "Say why it was lost.",
  "before-created": "This is before it was there.",
  "in-the-future": "This is in the future.",
  "too-many-tags": "It would have more than 30 tags.",
  merged: "It was merged into another one.",
  "first-touch-is-kept":
    "Where it came from first is kept, so that sources can be compared. It cannot be changed.",
  "nothing-to-change": "Nothing was different.",
  "too-much-money": "This amount is larger than can be counted exactly.",
  "not-here": "There is nothing here any more.",
  denied: "Only its owner or a sales manager can change this.",
  "unknown-reference": "One of the choices is not there any more. Load the page again.",
};
