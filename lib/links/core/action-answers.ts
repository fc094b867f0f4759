import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { LinkDraft } from "../schema";
import type { NoneReason } from "./none-on-offer";

/** `questions.3.label` → what is wrong there. */
export type FieldErrors = Readonly<Record<string, string>>;

type Failed = { readonly status: "failed"; readonly message: string };

export type SaveAnswer =
  | { readonly status: "saved"; readonly version: number; readonly settings: LinkDraft }
  | { readonly status: "invalid"; readonly fields: FieldErrors }
  | { readonly status: "changed"; readonly version: number; readonly settings: LinkDraft }
  | Failed;

/** A guest's page without its times, which come written short, by length. */
export type PreviewPage = Omit<BookingPage, "starts" | "otherOffers">;

export type PreviewAnswer =
  | {
      readonly status: "seen";
      readonly page: PreviewPage;
      readonly offers: readonly { readonly durationMinutes: number; readonly starts: string }[];
      /** Why there is nothing to choose from; null when there is. */
      readonly none: NoneReason | null;
    }
  | { readonly status: "invalid"; readonly fields: FieldErrors }
  | Failed;

export type MadeAnswer =
  | { readonly status: "made"; readonly id: string; readonly token: string }
  | { readonly status: "invalid"; readonly fields: FieldErrors }
  | Failed;

export type ChangedAnswer =
  | { readonly status: "changed"; readonly version: number; readonly token?: string }
  | Failed;

export type LogoAnswer = { readonly status: "kept"; readonly logoId: string } | Failed;
