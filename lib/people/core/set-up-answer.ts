/** What the form of the first person answers. */
export type SetUpAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "refused";
      readonly message: string;
      /** What is wrong with which field. */
      readonly fields: Readonly<Record<string, string>>;
    };

/** The words for each refusal: what happened, and what to do. */
export const SET_UP_REFUSALS = {
  "wrong-code":
    "This is not the current code. The server writes a new one each time it starts; the last one in its log counts.",
  "expired-code": "This code is older than 24 hours. Start the server again: it writes a new one.",
  "set-up-already": "Somebody has set this installation up already. Sign in instead.",
} as const;
