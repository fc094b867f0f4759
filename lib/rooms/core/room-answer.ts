/** What the server says to a form about rooms. */
export type RoomAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string; readonly roomId?: string }
  /** Nothing was changed. `fields` says what is wrong with which, `typed` is what was sent. */
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, string | readonly string[]>>;
    };
