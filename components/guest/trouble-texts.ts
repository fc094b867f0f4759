/** The few words of a page that failed. */
export type TroubleTexts = {
  readonly title: string;
  readonly text: string;
  /** With `{reference}` in it. */
  readonly reference: string;
  readonly retry: string;
};

/** The words `GuestDocument` left in the document for this case. */
export const readTroubleTexts = (): TroubleTexts =>
  JSON.parse(document.body.dataset.trouble ?? "{}");
