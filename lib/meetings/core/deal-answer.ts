import { z } from "zod";

/** What a form puts a meeting into: a deal's number, its address, or nothing to take it out. */
export const dealInput = z.strictObject({
  meetingId: z.uuid(),
  deal: z.string().trim().max(300),
});

export type DealAnswer =
  | { readonly status: "idle" }
  | { readonly status: "saved" }
  | { readonly status: "refused"; readonly message: string; readonly deal: string };

/** The deal a meeting is in, as its reader may see it. */
export type DealOfMeeting = {
  readonly meetingId: string;
  /** Null: none, or none that this reader may see. */
  readonly deal: { readonly id: string; readonly label: string; readonly name: string } | null;
  readonly mayChange: boolean;
};
