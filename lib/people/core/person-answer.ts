/** What a form about somebody's account answers. */
export type PersonAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string }
  | {
      readonly status: "refused";
      readonly message: string;
      /** What is wrong with which field. */
      readonly fields?: Readonly<Record<string, string>>;
    };

/** The words for each refusal of a command about people, in one place. */
export const PERSON_REFUSALS = {
  "no-user": "There is nobody here any more, or they cannot sign in.",
  "last-admin": "They are the last admin. Make somebody else admin first.",
  "own-account": "You cannot remove yourself. Another admin can.",
  "still-held": "They still hold links, meetings or open deals. Hand those over first.",
  "not-invited": "The invitation was accepted or taken back meanwhile.",
  "nothing-to-reset": "They have no second step to reset.",
  "no-session": "There is no such session any more.",
} as const;
