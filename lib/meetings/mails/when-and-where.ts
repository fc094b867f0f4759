import { comma } from "@/lib/i18n/locale";
import { singleLine } from "@/lib/meetings/core/inert-text";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { isCalledOff } from "@/lib/meetings/core/mail-facts";
import { formatDateLong, formatDateShort } from "@/lib/time/format";
import { zoneOffsetLabel } from "@/lib/time/zone-names";
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
import type { Places, When } from "./letter";
import { repeatNotes } from "./repeats";
import type { Names, Voice } from "./voice";

/** What changed, or is proposed instead. */
function eventNotes(facts: MailFacts, voice: Voice): readonly string[] {
  const { meeting, event } = facts;
  if (event === "moved" && meeting.previousStart && meeting.previousEnd) {
    const from = shortWhen(voice, spanOf(meeting.previousStart, meeting.previousEnd));
    return [voice.say("when.movedFromTo", { from, to: shortWhen(voice, meetingSpan(facts)) })];
  }
  if (event === "updated" && meeting.changes && meeting.changes.length > 0) {
    const words = meeting.changes.map((change) => voice.say(`changes.${change}`));
    return [voice.say("when.changed", { changes: words.join(comma(voice.locale)) })];
  }
  if (event === "proposed" && meeting.proposal) {
    const { start, end } = meeting.proposal;
    return [voice.say("when.proposed", { when: shortWhen(voice, spanOf(start, end)) })];
  }
  return [];
}

/** Whether the time stands, and what it still waits for. */
function standing(facts: MailFacts, voice: Voice, names: Names): readonly string[] {
  const { meeting, event, reader, holdUntil } = facts;
  // Somebody who was taken off reads that; the meeting itself may well stand.
  if (isCalledOff(facts)) return event === "removed" ? [] : [voice.say("when.off")];
  if (meeting.settled)
    return meeting.linkFollows && !meeting.joinUrl ? [voice.say("when.linkFollows")] : [];
  return [
    ...(reader.role === "host" ? [] : [voice.say("when.unsettled", { host: names.host })]),
    ...(holdUntil
      ? [voice.say("when.heldUntil", { until: longMoment(voice, momentOf(holdUntil)) })]
      : []),
  ];
}

/** When the meeting is, on the reader's clock, and how firmly. */
export function whenOf(facts: MailFacts, voice: Voice, names: Names): When {
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
    notes: [
      ...eventNotes(facts, voice),
      ...repeatNotes(facts, voice),
      ...standing(facts, voice, names),
    ],
    off: isCalledOff(facts),
  };
}

/**
 * Where a room is, and that it is the reader's: somebody of the house for whom only one of several rooms is where they
 * are.
 */
function roomDetail(
  { meeting, reader }: MailFacts,
  { say, clock }: Voice,
  room: MailFacts["meeting"]["rooms"][number],
): string | undefined {
  const detail = room.detail && singleLine(room.detail);
  const near = meeting.rooms.filter(({ zone }) => zoneOf(zone) === clock.zone);
  const yours =
    (reader.role === "attendee" || reader.role === "host") &&
    meeting.rooms.length > 1 &&
    near.length === 1 &&
    near[0] === room;
  if (!yours) return detail;
  return detail ? say("places.yours", { detail }) : say("places.yoursAlone");
}

/** Every room in its own zone, the provider in the host's; host and reader where no row speaks for them. */
export function placesOf(facts: MailFacts, voice: Voice, names: Names): Places {
  const { meeting, reader } = facts;
  const span = meetingSpan(facts);
  const hostZone = zoneOf(meeting.hostZone);
  const row = (name: string, zone: typeof hostZone, detail?: string) =>
    placeRow(voice, span, { name, detail, zone });
  const rows = meeting.rooms.map((room) =>
    row(singleLine(room.name), zoneOf(room.zone), roomDetail(facts, voice, room)),
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
