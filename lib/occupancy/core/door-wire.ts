import type { Board } from "./board";

/** What a tablet is told each time it looks. `now` is the server's clock, epoch ms. */
export type DoorAnswer =
  | {
      readonly kind: "paired";
      readonly now: number;
      readonly build: string;
      readonly board: Board;
    }
  /** It shows a code nobody has typed yet. */
  | { readonly kind: "pairing"; readonly now: number; readonly build: string }
  /** It holds no token, or was sent away: it asks for a code. */
  | { readonly kind: "unknown"; readonly now: number; readonly build: string };

/** A code to show, until `expiresAt` by the server's clock. */
export type PairingAnswer = {
  readonly code: string;
  readonly now: number;
  readonly expiresAt: number;
};
