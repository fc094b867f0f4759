import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { fillTemplate } from "@/lib/meetings/core/mail-template";
import { formatTime } from "@/lib/time/format";
import { momentOf, zoneName } from "./clock";
import { templateValues } from "./template-values";
import type { Names, Voice } from "./voice";

const isHost = ({ reader }: MailFacts): boolean => reader.role === "host";

/** The reader chose this time themselves, as guests do who book. */
const booked = ({ reader }: MailFacts): boolean =>
  reader.role === "guest" && reader.booked !== false;

function subjectKey(facts: MailFacts): string {
  switch (facts.event) {
    case "new-request":
      return "newRequest";
    case "confirmed":
      if (isHost(facts)) return facts.meeting.guest === undefined ? "confirmed" : "newBooking";
      return booked(facts) ? "confirmed" : "invitation";
    default:
      return facts.event;
  }
}

/** The start on the reader's own clock, as subjects give it. */
export const startOf = ({ meeting }: MailFacts, voice: Voice) => {
  const start = momentOf(meeting.start);
  return { time: formatTime(start, voice.clock), zone: zoneName(voice, start) };
};

/** What the product itself says in a subject, of a topic, a time and a zone. */
export const productSubject = (
  facts: MailFacts,
  { say }: Voice,
  values: { readonly topic: string; readonly time: string; readonly zone: string },
): string => say(`subject.${subjectKey(facts)}`, values);

/** Who did it, seen by the reader: themselves, or somebody with a name. */
function deedLead(
  deed: "moved" | "updated" | "cancelled",
  facts: MailFacts,
  { say }: Voice,
  names: Names,
) {
  const by = facts.meeting.changedBy ?? "host";
  return by === facts.reader.role
    ? say(`lead.${deed}BySelf`)
    : say(`lead.${deed}ByOther`, { who: names.who });
}

function invitedLead({ reader }: MailFacts, { say }: Voice, { host }: Names): string {
  if (reader.required === undefined) return say("lead.confirmedAttendee", { host });
  return say(reader.required ? "lead.confirmedRequired" : "lead.confirmedOptional", { host });
}

function confirmedLead(facts: MailFacts, voice: Voice, names: Names): string {
  const { say } = voice;
  const { host, guest } = names;
  switch (facts.reader.role) {
    case "guest":
      return booked(facts)
        ? say("lead.confirmedGuest", { host })
        : say("lead.confirmedAttendee", { host });
    case "extra-guest":
      return guest
        ? say("lead.confirmedExtraGuest", { host, guest })
        : say("lead.confirmedAttendee", { host });
    case "host":
      return guest ? say("lead.confirmedHost", { guest }) : say("lead.confirmedHostOwn");
    default:
      return invitedLead(facts, voice, names);
  }
}

function answeredLead({ meeting }: MailFacts, { say }: Voice, { who }: Names): string {
  const { answer = "accepted", required = false } = meeting.answer ?? {};
  const keys = {
    accepted: "lead.answeredAccepted",
    tentative: "lead.answeredTentative",
    declined: required ? "lead.answeredDeclinedRequired" : "lead.answeredDeclined",
  } as const;
  return say(keys[answer], { who });
}

/** What the product itself says under the title: who wants what of the reader. */
export function productLead(facts: MailFacts, voice: Voice, names: Names): string {
  const { say } = voice;
  const { host, room } = names;
  switch (facts.event) {
    case "requested":
      return say("lead.requestedGuest", { host });
    case "new-request":
      return say("lead.newRequestHost", { guest: names.guest || host });
    case "confirmed":
      return confirmedLead(facts, voice, names);
    case "declined":
      return isHost(facts) ? say("lead.declinedHost") : say("lead.declined", { host });
    case "moved":
    case "updated":
    case "cancelled":
      return deedLead(facts.event, facts, voice, names);
    case "removed":
      return say("lead.removed", { host });
    case "expired":
      return say("lead.expired");
    case "link-ready":
      return say("lead.linkReady");
    case "reminder":
      return names.who ? say("lead.reminder", { who: names.who }) : say("lead.reminderOwn");
    case "summary-ready":
      return say("lead.summaryReady");
    case "no-show":
      return say("lead.noShow", { host });
    case "proposed":
      return say("lead.proposed", { who: names.who });
    case "answered":
      return answeredLead(facts, voice, names);
    case "room-asked":
      return say("lead.roomAsked", { host, room });
    case "room-declined":
      return say("lead.roomDeclined", { room });
    case "online-failed":
      return say("lead.onlineFailed");
  }
}

/** "Invitation: Roadmap review @ 14:00 (JST)": the workspace's own words, where it has some. */
export const subjectLine = (
  facts: MailFacts,
  voice: Voice,
  names: Names,
  own: MailWords | undefined,
): string =>
  own === undefined
    ? productSubject(facts, voice, { topic: names.topic, ...startOf(facts, voice) })
    : fillTemplate(own.subject, templateValues(facts, voice, names))
        .replace(/\s+/g, " ")
        .trim();

/** The sentence under the title. */
export const leadLine = (
  facts: MailFacts,
  voice: Voice,
  names: Names,
  own: MailWords | undefined,
): string =>
  own === undefined
    ? productLead(facts, voice, names)
    : fillTemplate(own.opening, templateValues(facts, voice, names)).trim();
