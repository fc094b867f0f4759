import type { Instant } from "@/lib/time/instant";

/** What a person says of themselves, and how they read. */
export type Profile = {
  readonly name: string;
  readonly title: string;
  readonly zone: string;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
  /** 0 Sunday … 6 Saturday. */
  readonly weekStart: number;
  readonly photoId: string | null;
  readonly version: number;
};

export type ApiKeyRow = {
  readonly id: string;
  readonly name: string;
  /** The first characters, by which it is known again. */
  readonly prefix: string;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
};

/** So many keys one person may have at a time; who needs more has forgotten some. */
export const MOST_KEYS = 25;

/** What the forms of the settings answer. */
export type SettingsAnswer =
  | { readonly status: "idle" }
  | {
      readonly status: "done";
      readonly message: string;
      /** Of the row as it is now, where the form sends it along. */
      readonly version?: number;
      /** A new key, shown this once. */
      readonly key?: string;
    }
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields?: Readonly<Record<string, string>>;
      /** Somebody saved meanwhile: the profile as it is now, to compare with. */
      readonly current?: Profile;
    };
