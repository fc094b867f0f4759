import { singleLine, withoutLinks } from "@/lib/meetings/core/inert-text";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { TemplateValues } from "@/lib/meetings/core/mail-template";
import { formatDateLong, formatTime } from "@/lib/time/format";
import { durationWords, meetingSpan, shortWhen, zoneName } from "./clock";
import type { Names, Voice } from "./voice";

/** Rooms by name, else the address or number, else who holds it online; empty when nothing is settled. */
const placeWords = ({ meeting }: MailFacts): string =>
  meeting.rooms.map(({ name }) => singleLine(name)).join("; ") ||
  withoutLinks(singleLine(meeting.place ?? "")) ||
  singleLine(meeting.provider?.name ?? "");

/** What each variable of a template says in this mail: harmless text in the reader's language, zone and clock. */
export function templateValues(facts: MailFacts, voice: Voice, names: Names): TemplateValues {
  const span = meetingSpan(facts);
  const { apart } = voice;
  return {
    topic: apart(names.topic),
    host: apart(names.host),
    guest: apart(names.guest),
    who: apart(names.who),
    reader: apart(withoutLinks(singleLine(facts.reader.name))),
    when: apart(shortWhen(voice, span)),
    date: formatDateLong(span.from, voice.clock),
    time: apart(formatTime(span.from, voice.clock)),
    zone: apart(zoneName(voice, span.from)),
    duration: apart(durationWords(voice, span)),
    place: apart(placeWords(facts)),
    room: apart(names.room),
    workspace: apart(names.workspace),
  };
}
