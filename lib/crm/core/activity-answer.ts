/** What the actions of activities answer. `version` is the activity's own, for the way back. */
export type ActivityAnswer =
  | { readonly status: "done"; readonly id: string; readonly version: number }
  | {
      readonly status: "invalid";
      readonly fields: Readonly<Record<string, string>>;
      readonly message: string;
    }
  | { readonly status: "refused"; readonly message: string };

/** What became of leads the rules were asked about; ownerId null: it waits, and `reason` says for what. */
export type AssignmentAnswer =
  | {
      readonly status: "done";
      readonly given: readonly {
        readonly leadId: string;
        readonly ownerId: string | null;
        readonly reason: string;
      }[];
      readonly skipped: number;
    }
  | { readonly status: "refused"; readonly message: string };

export type ActivityRefusal =
  | "not-here"
  | "changed-meanwhile"
  | "in-the-future"
  | "already-done"
  | "not-done"
  | "is-a-meeting"
  | "is-a-mail"
  | "cannot-see"
  | "no-address";

export const ACTIVITY_REFUSALS: Readonly<Record<ActivityRefusal, string>> = {
  "not-here": "There is nothing here any more.",
  "changed-meanwhile": "Somebody changed this a moment ago. It is shown as it is now.",
  "in-the-future": "What was done cannot lie in the future.",
  "already-done": "This is done already.",
  "not-done": "This is not done yet.",
  "is-a-meeting": "This follows its meeting: change the meeting instead.",
  "is-a-mail": "A mail that was sent stays in the record.",
  "cannot-see": "They cannot see this deal. Give it to somebody who can.",
  "no-address": "This deal has no e-mail address.",
};
