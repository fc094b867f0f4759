import type { CalendarMethod, MailFacts } from "@/lib/meetings/core/mail-facts";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { calendarPart } from "./calendar-words";
import { composeLetter } from "./compose-letter";
import { LetterHtml } from "./letter-html";
import { letterText } from "./letter-text";
import { namesOf, voiceOf } from "./voice";

/** A mail ready to be addressed. `ics.method` equals the METHOD inside `ics.content`. */
export type MeetingMail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly ics?: { readonly method: CalendarMethod; readonly content: string };
  /** The name beside the workspace's sender address: "Ana Lim, Halden Works". */
  readonly fromName: string;
  /** Who should get an answer to this mail. */
  readonly replyTo: string;
};

const DOCTYPE = "<!DOCTYPE html>";

// Imported when first needed: a static import of the server renderer is refused inside pages.
const loadRenderer = () => import("react-dom/server");

/**
 * Everything one mail says, for its one reader: subject, HTML, plain text and, where the rules of
 * docs/decisions/0004 ask for one, the calendar file. Equal facts give equal output, so a mail can be
 * rendered again after a crash and is the same mail. `own` are a manager's words in place of the product's. Throws on facts that are no snapshot.
 */
export async function renderMeetingMail(facts: MailFacts, own?: MailWords): Promise<MeetingMail> {
  const { renderToStaticMarkup } = await loadRenderer();
  const letter = composeLetter(facts, own);
  const names = namesOf(facts);
  const ics = calendarPart(facts, voiceOf(facts), names);
  const toHost = facts.reader.role === "host" || facts.reader.role === "manager";
  return {
    subject: letter.subject,
    html: DOCTYPE + renderToStaticMarkup(<LetterHtml letter={letter} />),
    text: letterText(letter),
    fromName: toHost ? names.workspace : `${names.host}, ${names.workspace}`,
    replyTo:
      (facts.reader.role === "host" ? facts.meeting.guest?.email : undefined) ??
      facts.meeting.hostEmail,
    ...(ics ? { ics } : {}),
  };
}
