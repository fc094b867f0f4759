import { localeDirection } from "@/lib/i18n/locale";
import { googleCalendarUrl, outlookCalendarUrl } from "@/lib/meetings/core/calendar-file";
import { singleLine } from "@/lib/meetings/core/inert-text";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { calendarMethodOf, isCalledOff } from "@/lib/meetings/core/mail-facts";
import { formatDateLong, formatDateShort } from "@/lib/time/format";
import { zoneOffsetLabel } from "@/lib/time/zone-names";
import { publicEntry } from "./calendar-words";
import {
  durationWords,
  longMoment,
  meetingSpan,
  momentOf,
  placeRow,
  rangeOf,
  shortWhen,
  spanOf,
  utcLine,
  zoneName,
  zoneOf,
} from "./clock";
import type { Action, Letter, Phrase, Places, When } from "./letter";
import { leadLine, subjectLine } from "./opening";
import { sectionsOf } from "./sections";
import type { Names, Voice } from "./voice";
import { namesOf, voiceOf } from "./voice";

function whenNotes(facts: MailFacts, voice: Voice, names: Names): readonly string[] {
  const { meeting, event } = facts;
  const notes: string[] = [];
  if (event === "moved" && meeting.previousStart && meeting.previousEnd)
    notes.push(
      voice.say("when.movedFromTo", {
        from: shortWhen(voice, spanOf(meeting.previousStart, meeting.previousEnd)),
        to: shortWhen(voice, meetingSpan(facts)),
      }),
    );
  if (isCalledOff(facts)) notes.push(voice.say("when.off"));
  else if (!meeting.settled) {
    if (facts.reader.role !== "host") notes.push(voice.say("when.unsettled", { host: names.host }));
    if (facts.holdUntil)
      notes.push(
        voice.say("when.heldUntil", { until: longMoment(voice, momentOf(facts.holdUntil)) }),
      );
  }
  return notes;
}

function whenOf(facts: MailFacts, voice: Voice, names: Names): When {
  const span = meetingSpan(facts);
  const { zone } = voice.clock;
  return {
    label: voice.say("when.title"),
    date: formatDateLong(span.from, voice.clock),
    range: rangeOf(voice, span, zone),
    zone: zoneName(voice, span.from),
    yourTime: voice.say("when.yourTime", {
      city: voice.city(zone),
      offset: zoneOffsetLabel(span.from, zone),
    }),
    utc: voice.apart(utcLine(voice, span)),
    duration: voice.apart(durationWords(voice, span)),
    notes: whenNotes(facts, voice, names),
    off: isCalledOff(facts),
  };
}

// Every room in its own zone, the provider in the host's; host and reader where no row speaks for them.
function placesOf(facts: MailFacts, voice: Voice, names: Names): Places {
  const { meeting, reader } = facts;
  const span = meetingSpan(facts);
  const hostZone = zoneOf(meeting.hostZone);
  const row = (name: string, zone: typeof hostZone, detail?: string) =>
    placeRow(voice, span, { name, detail, zone });
  const rows = meeting.rooms.map((room) =>
    row(singleLine(room.name), zoneOf(room.zone), room.detail && singleLine(room.detail)),
  );
  if (meeting.provider) {
    const zone = zoneOf(meeting.provider.zone);
    const detail = voice.say("places.hostsZone", { city: voice.city(zone) });
    rows.push(row(singleLine(meeting.provider.name), zone, detail));
  } else if (reader.role !== "host")
    rows.push(row(voice.say("places.host", { name: names.host }), hostZone, voice.city(hostZone)));
  if (reader.role === "host" && meeting.guest) {
    const guestZone = zoneOf(meeting.guest.zone);
    rows.push(row(names.guest, guestZone, voice.city(guestZone)));
  }
  if (!rows.some((one) => one.own))
    rows.unshift(row(voice.say("places.you"), voice.clock.zone, voice.city(voice.clock.zone)));
  return {
    title: voice.say("places.title"),
    placeHead: voice.say("places.place"),
    dateHead: formatDateShort(span.from, voice.clock),
    rows,
  };
}

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
  if (facts.event === "new-request") add(say("action.review"), facts.meetingUrl);
  if (meeting.settled) {
    const provider = meeting.provider && singleLine(meeting.provider.name);
    add(provider ? say("action.joinOn", { provider }) : say("action.join"), meeting.joinUrl);
    add(say("action.addToCalendar"), facts.calendarFileUrl);
  }
  if (facts.event !== "new-request") add(say("action.openMeeting"), facts.meetingUrl);
  return actions;
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
  if (isCalledOff(facts) || !facts.meeting.settled) return [];
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

function legalOf(facts: MailFacts, { say }: Voice, names: Names): readonly Phrase[] {
  const role = facts.reader.role === "extra-guest" ? "extraGuest" : facts.reader.role;
  const method = calendarMethodOf(facts);
  const legal: Phrase[] = [
    { words: say(`legal.${role}`, { workspace: names.workspace, host: names.host }) },
  ];
  if (method === "REQUEST") legal.push({ words: say("legal.attached") });
  if (method === "CANCEL") legal.push({ words: say("legal.attachedCancel") });
  if (facts.settingsUrl) legal.push({ words: say("closing.settings"), url: facts.settingsUrl });
  return legal;
}

/** The letter of one event to one reader. Pure but for the message catalogue, read once per process. */
export function composeLetter(facts: MailFacts): Letter {
  const voice = voiceOf(facts);
  const names = namesOf(facts);
  return {
    locale: voice.locale,
    direction: localeDirection(voice.locale),
    subject: subjectLine(facts, voice, names),
    workspaceName: names.workspace,
    title: voice.apart(names.topic),
    lead: leadLine(facts, voice, names),
    when: whenOf(facts, voice, names),
    actions: actionsOf(facts, voice),
    addTo: addToOf(facts, voice, names),
    places: placesOf(facts, voice, names),
    sections: sectionsOf(facts, voice, names),
    closing: closingOf(facts, voice),
    legal: legalOf(facts, voice, names),
  };
}
