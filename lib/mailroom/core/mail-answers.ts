import type { MailWords } from "@/lib/meetings/core/mail-template";

/** What the server says to a form of the mailroom. */
export type MailroomAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly message: string; readonly version?: number }
  /** Nothing was changed. `fields` says what is wrong with which. */
  | {
      readonly status: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, string>>;
      /** The words somebody else saved meanwhile, and their version. */
      readonly current?: { readonly words: MailWords | null; readonly version: number };
    };

/** One mail as its reader would get it. */
export type MailPreview = {
  readonly subject: string;
  /** A whole page; shown in a closed frame only. */
  readonly html: string;
  readonly text: string;
  readonly calendar: string | null;
  /** What the product says by itself, variables in place. */
  readonly product: MailWords;
};

export type MailPreviewAnswer =
  | ({ readonly status: "seen" } & MailPreview)
  | { readonly status: "invalid"; readonly fields: Readonly<Record<string, string>> }
  | { readonly status: "failed"; readonly message: string };
