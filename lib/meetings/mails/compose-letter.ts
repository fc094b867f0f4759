import { localeDirection } from "@/lib/i18n/locale";
import { googleCalendarUrl, outlookCalendarUrl } from "@/lib/meetings/core/calendar-file";
import { singleLine } from "@/lib/meetings/core/inert-text";
import { MAIL_ANSWERS } from "@/lib/meetings/core/mail-events";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { calendarMethodOf, isAsked, isCalledOff } from "@/lib/meetings/core/mail-facts";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { publicEntry } from "./calendar-words";
import type { Action, Letter, Phrase } from "./letter";
import { leadLine, subjectLine } from "./opening";
import { sectionsOf } from "./sections";
import type { Names, Voice } from "./voice";
import { namesOf, voiceOf } from "./voice";
import { placesOf, whenOf } from "./when-and-where";

/** What the button that opens the meeting is called where there is something to do or read there. */
const OPENED: Partial<Record<MailFacts["event"], string>> = {
  "new-request": "action.review",
  proposed: "action.answerProposal",
  "room-asked": "action.answerRoom",
  "summary-ready": "action.readSummary",
};

/** Events after the meeting: there is nothing left to join or to put into a calendar. */
const OVER: readonly MailFacts["event"][] = ["summary-ready", "no-show"];

function actionsOf(facts: MailFacts, { say }: Voice): readonly Action[] {
  const { meeting } = facts;
  const actions: Action[] = [];
  const add = (label: string, url: string | undefined) => {
    if (url) actions.push({ label, url, primary: actions.length === 0 });
  };
  if (isCalledOff(facts)) {
    if (facts.reader.role === "guest") add(say("action.bookAgain"), facts.bookAgainUrl);
    return actions;
  }
  if (facts.event === "no-show") add(say("action.bookAgain"), facts.bookAgainUrl);
  const opening = OPENED[facts.event];
  if (opening !== undefined) add(say(opening), facts.meetingUrl);
  if (OVER.includes(facts.event)) return actions;
  if (meeting.settled) {
    const provider = meeting.provider && singleLine(meeting.provider.name);
    add(provider ? say("action.joinOn", { provider }) : say("action.join"), meeting.joinUrl);
    add(say("action.addToCalendar"), facts.calendarFileUrl);
  }
  if (opening === undefined) add(say("action.openMeeting"), facts.meetingUrl);
  return actions;
}

/** Yes, maybe and no, for whoever was invited by somebody else. Each leads to a page that asks once more. */
function answersOf(facts: MailFacts, { say, locale }: Voice): Letter["answers"] {
  const { answerUrl } = facts;
  if (answerUrl === undefined || isCalledOff(facts) || !isAsked(facts)) return undefined;
  return {
    question: say("answer.question"),
    options: MAIL_ANSWERS.map((answer) => ({
      label: say(`answer.${answer}`),
      url: `${answerUrl}?answer=${answer}&locale=${locale}`,
      primary: false,
    })),
  };
}

/** Splits a sentence at its placeholders, so that links keep their place in every language's word order. */
function phrases(
  voice: Voice,
  key: string,
  links: Readonly<Record<string, { readonly words: string; readonly url: string }>>,
): readonly Phrase[] {
  const mark = "\u0001";
  const marked = Object.fromEntries(Object.keys(links).map((name) => [name, mark + name + mark]));
  return voice
    .say(key, marked)
    .split(mark)
    .map((piece): Phrase => links[piece] ?? { words: piece })
    .filter(({ words }) => words !== "");
}

function addToOf(facts: MailFacts, voice: Voice, names: Names): readonly Phrase[] {
  if (isCalledOff(facts) || !facts.meeting.settled || OVER.includes(facts.event)) return [];
  if (facts.reader.role === "manager") return [];
  // These addresses can say one date only.
  if (facts.meeting.series?.scope === "all") return [];
  const entry = publicEntry(facts, voice, names);
  return phrases(voice, "action.orAdd", {
    google: { words: voice.say("action.google"), url: googleCalendarUrl(entry) },
    outlook: { words: voice.say("action.outlook"), url: outlookCalendarUrl(entry) },
  });
}

function closingOf(facts: MailFacts, voice: Voice): readonly (readonly Phrase[])[] {
  const { reader, manageUrl, meetingUrl } = facts;
  const off = isCalledOff(facts);
  if (manageUrl && reader.role !== "host" && !off) {
    const link = { words: voice.say("action.manage"), url: manageUrl };
    return [phrases(voice, "closing.manage", { link })];
  }
  // While the meeting stands, a button leads there already.
  if (!meetingUrl || !off) return [];
  const link = { words: voice.say("action.openMeeting"), url: meetingUrl };
  return [phrases(voice, "closing.open", { link })];
}

function legalRole({ reader, meeting }: MailFacts): string {
  if (reader.role === "guest" && reader.booked === false) return "invited";
  if (reader.role === "extra-guest") return meeting.guest === undefined ? "invited" : "extraGuest";
  return reader.role;
}

function legalOf(facts: MailFacts, { say }: Voice, names: Names): readonly Phrase[] {
  const role = legalRole(facts);
  const method = calendarMethodOf(facts);
  const legal: Phrase[] = [
    { words: say(`legal.${role}`, { workspace: names.workspace, host: names.host }) },
  ];
  if (method === "REQUEST") legal.push({ words: say("legal.attached") });
  if (method === "CANCEL") legal.push({ words: say("legal.attachedCancel") });
  if (facts.settingsUrl) legal.push({ words: say("closing.settings"), url: facts.settingsUrl });
  return legal;
}

/**
 * The letter of one event to one reader; with `own`, in a manager's words where the product has its own. Pure but for
 * the message catalogue, read once per process.
 */
export function composeLetter(facts: MailFacts, own?: MailWords): Letter {
  const voice = voiceOf(facts);
  const names = namesOf(facts);
  return {
    locale: voice.locale,
    direction: localeDirection(voice.locale),
    subject: subjectLine(facts, voice, names, own),
    workspaceName: names.workspace,
    title: voice.apart(names.topic),
    lead: leadLine(facts, voice, names, own),
    when: whenOf(facts, voice, names),
    actions: actionsOf(facts, voice),
    answers: answersOf(facts, voice),
    addTo: addToOf(facts, voice, names),
    places: placesOf(facts, voice, names),
    sections: sectionsOf(facts, voice, names),
    closing: closingOf(facts, voice),
    legal: legalOf(facts, voice, names),
  };
}
