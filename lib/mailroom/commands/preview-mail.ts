import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { troublesIn } from "@/lib/meetings/core/mail-template";
import { productWords } from "@/lib/meetings/mails/product-words";
import { renderMeetingMail } from "@/lib/meetings/mails/render-meeting-mail";
import type { MailPreview } from "../core/mail-answers";

/**
 * A mail as its reader would get it, by the very renderer that sends it. A part of the words that cannot be said yet,
 * because a variable is half typed or unknown, is the product's own meanwhile.
 */
export async function previewMail(
  facts: MailFacts,
  wanted: { readonly subject?: string | undefined; readonly opening?: string | undefined },
): Promise<MailPreview> {
  const product = productWords(facts);
  const said = (text: string | undefined, own: string): string =>
    text === undefined || text.trim() === "" || troublesIn(text).length > 0 ? own : text;
  const words = {
    subject: said(wanted.subject, product.subject),
    opening: said(wanted.opening, product.opening),
  };
  const mail = await renderMeetingMail(facts, words);
  return {
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    calendar: mail.ics?.content ?? null,
    product,
  };
}
