import type { HoldingMeeting } from "./virtual-room";

/** What the server says to a form of the virtual rooms. */
export type RoomAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string }
  /** Nothing was changed. `fields` says what is wrong with which; `typed` comes back, secrets left out. */
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly typed: Readonly<Record<string, string | readonly string[]>>;
      /** What stands in the way, by name. */
      readonly holding?: {
        readonly meetings: readonly HoldingMeeting[];
        readonly more: number;
        readonly links: readonly string[];
      };
    };
