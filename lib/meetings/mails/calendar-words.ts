import type { CalendarEntry, CalendarFileFacts } from "@/lib/meetings/core/calendar-file";
import { buildCalendarFile } from "@/lib/meetings/core/calendar-file";
import { singleLine } from "@/lib/meetings/core/inert-text";
import type { CalendarMethod, MailFacts } from "@/lib/meetings/core/mail-facts";
import { calendarMethodOf } from "@/lib/meetings/core/mail-facts";
import { momentOf, spanOf } from "./clock";
import { seriesPart } from "./series-part";
import type { Names, Voice } from "./voice";

const DEFAULT_ALARM_MINUTES = 15;

type Lines = readonly (string | undefined)[];

const joined = (lines: Lines): string => lines.filter(Boolean).join("\n");

function joinLines({ meeting }: MailFacts, { say }: Voice, names: Names): Lines {
  const { joinUrl, joinId, joinPasscode } = meeting;
  return [
    say("calendar.with", { host: names.host, workspace: names.workspace }),
    joinUrl && say("calendar.join", { url: joinUrl }),
    !joinUrl && meeting.linkFollows ? say("when.linkFollows") : undefined,
    joinId && joinPasscode
      ? say("calendar.passcode", { id: singleLine(joinId), passcode: singleLine(joinPasscode) })
      : undefined,
  ];
}

function fullDescription(facts: MailFacts, voice: Voice, names: Names): string {
  const { meeting, manageUrl, meetingUrl } = facts;
  return joined([
    ...joinLines(facts, voice, names),
    meeting.agenda && `\n${meeting.agenda}\n`,
    ...(meeting.attachments ?? []).map(({ title, url }) => `${singleLine(title)}: ${url}`),
    manageUrl && voice.say("calendar.manage", { url: manageUrl }),
    meetingUrl && voice.say("calendar.open", { url: meetingUrl }),
  ]);
}

function entryOf({ meeting }: MailFacts, names: Names, description: string): CalendarEntry {
  const rooms = meeting.rooms.map((room) => singleLine(room.name)).join("; ");
  const location = rooms || singleLine(meeting.place ?? "") || meeting.joinUrl;
  const { from, to } = spanOf(meeting.start, meeting.end);
  return {
    summary: names.topic,
    start: from,
    end: to,
    description,
    ...(location ? { location } : {}),
  };
}

/**
 * What an add-to-calendar address carries. Without the manage link: that is a capability, and these
 * addresses end up in the history and the logs of somebody else's service.
 */
export const publicEntry = (facts: MailFacts, voice: Voice, names: Names): CalendarEntry =>
  entryOf(facts, names, joined(joinLines(facts, voice, names)));

// Snapshots of before guests were invited by staff do not say so: then a guest is who booked.
const booked = ({ reader }: MailFacts): boolean =>
  reader.role === "guest" && reader.booked !== false;

/** The calendar part of this mail, or undefined where docs/decisions/0004 gives it none. */
export function calendarPart(
  facts: MailFacts,
  voice: Voice,
  names: Names,
): { readonly method: CalendarMethod; readonly content: string } | undefined {
  const method = calendarMethodOf(facts);
  if (method === undefined) return undefined;
  const { meeting, reader, workspace } = facts;
  const url = meeting.joinUrl ?? facts.manageUrl ?? facts.meetingUrl;
  const single: CalendarFileFacts = {
    ...entryOf(facts, names, fullDescription(facts, voice, names)),
    method,
    settled: meeting.settled,
    uid: meeting.uid,
    sequence: meeting.sequence,
    stampedAt: momentOf(facts.occurredAt),
    organizer: { name: meeting.hostName, email: facts.organizer ?? workspace.senderAddress },
    attendee: {
      name: reader.name,
      email: reader.email,
      required: reader.required ?? true,
      answer: booked(facts) ? "accepted" : (reader.answer ?? "needs-action"),
      asked: !booked(facts),
    },
    others: facts.others ?? [],
    private: meeting.private ?? false,
    alarmMinutes: meeting.alarmMinutes ?? DEFAULT_ALARM_MINUTES,
    ...(url ? { url } : {}),
  };
  const { series } = meeting;
  return {
    method,
    content: series === undefined ? buildCalendarFile(single) : seriesPart(series, single),
  };
}
