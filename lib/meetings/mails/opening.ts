import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { formatTime } from "@/lib/time/format";
import { momentOf, zoneName } from "./clock";
import type { Names, Voice } from "./voice";

const isHost = ({ reader }: MailFacts): boolean => reader.role === "host";

function subjectKey(facts: MailFacts): string {
  switch (facts.event) {
    case "new-request":
      return "newRequest";
    case "confirmed":
      if (isHost(facts)) return "newBooking";
      return facts.reader.role === "guest" ? "confirmed" : "invitation";
    default:
      return facts.event;
  }
}

/** "Invitation: Roadmap review @ 14:00 (JST)": topic, and the start on the reader's own clock. */
export function subjectLine(facts: MailFacts, voice: Voice, { topic }: Names): string {
  const start = momentOf(facts.meeting.start);
  return voice.say(`subject.${subjectKey(facts)}`, {
    topic,
    time: formatTime(start, voice.clock),
    zone: zoneName(voice, start),
  });
}

/** Who did it, seen by the reader: themselves, or somebody with a name. */
function deedLead(deed: "moved" | "cancelled", facts: MailFacts, voice: Voice, names: Names) {
  const by = facts.meeting.changedBy ?? "host";
  if (by === facts.reader.role) return voice.say(`lead.${deed}BySelf`);
  return voice.say(`lead.${deed}ByOther`, {
    who: (by === "guest" ? names.guest : names.host) || names.host,
  });
}

function confirmedLead(facts: MailFacts, { say }: Voice, names: Names): string {
  const values = { host: names.host, guest: names.guest };
  switch (facts.reader.role) {
    case "guest":
      return say("lead.confirmedGuest", values);
    case "extra-guest":
      return names.guest
        ? say("lead.confirmedExtraGuest", values)
        : say("lead.confirmedAttendee", values);
    case "attendee":
      return say("lead.confirmedAttendee", values);
    case "host":
      return names.guest ? say("lead.confirmedHost", values) : say("lead.confirmedHostOwn");
  }
}

/** The sentence under the title: who wants what of the reader. */
export function leadLine(facts: MailFacts, voice: Voice, names: Names): string {
  const { say } = voice;
  switch (facts.event) {
    case "requested":
      return say("lead.requestedGuest", { host: names.host });
    case "new-request":
      return say("lead.newRequestHost", { guest: names.guest || names.host });
    case "confirmed":
      return confirmedLead(facts, voice, names);
    case "declined":
      return isHost(facts) ? say("lead.declinedHost") : say("lead.declined", { host: names.host });
    case "moved":
    case "cancelled":
      return deedLead(facts.event, facts, voice, names);
    case "expired":
      return say("lead.expired");
    case "reminder": {
      const who = isHost(facts) ? names.guest : names.host;
      return who ? say("lead.reminder", { who }) : say("lead.reminderOwn");
    }
  }
}
