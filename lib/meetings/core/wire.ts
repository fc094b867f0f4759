import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import type { Conflict, MeetingRefused } from "./conflict";
import type { Meeting } from "./meeting";
import { listTabs } from "./meeting-list";
import type { MeetingRow } from "./meeting-view";
import { rowOf } from "./row";

const isoOrNull = (moment: Instant | null): string | null =>
  moment === null ? null : toIso(moment);

/** One meeting as the interface of machines tells it. */
export const meetingOnWire = (row: MeetingRow & { readonly version?: number }) => ({
  id: row.id,
  subject: row.subject,
  status: row.status,
  start: toIso(row.start),
  end: toIso(row.end),
  host: { id: row.hostId, name: row.hostName },
  guests: row.guestNames,
  guestZone: row.guestZone,
  place: row.place,
  joinUrl: row.joinUrl,
  holdExpiresAt: isoOrNull(row.holdExpiresAt),
  ...(row.version === undefined ? {} : { version: row.version }),
});

const instantText = (epochMs: number | null): string | null =>
  epochMs === null ? null : toIso(instantOf(epochMs));

/** One meeting whole, to somebody who may read it. */
export const wholeMeetingOnWire = (meeting: Meeting) => ({
  ...meetingOnWire(rowOf(meeting)),
  version: meeting.version,
  sequence: meeting.sequence,
  visibility: meeting.visibility,
  agenda: meeting.agenda,
  people: meeting.attendees.map((attendee) => ({
    userId: attendee.userId,
    name: attendee.name,
    email: attendee.email,
    role: attendee.kind.replace("_", "-"),
    zone: attendee.zone,
    required: attendee.required,
    coHost: attendee.coHost,
    answer: attendee.answer,
  })),
  rooms: meeting.rooms.map(({ id, name, location, zone, state }) => ({
    id,
    name,
    location,
    zone,
    state,
  })),
  virtualRoom:
    meeting.virtualRoom === null
      ? null
      : {
          id: meeting.virtualRoom.id,
          name: meeting.virtualRoom.name,
          provider: meeting.virtualRoom.provider,
          state: meeting.online?.state ?? null,
          cause: meeting.online?.cause ?? null,
        },
  attachments: meeting.attachments,
  reminderMinutes: meeting.reminderMinutes,
  series:
    meeting.series === null
      ? null
      : {
          id: meeting.series.id,
          rule: meeting.series.rule,
          zone: meeting.series.zone,
          originalStart: instantText(meeting.series.recurrenceStart),
        },
  cancelReason: meeting.cancelReason,
});

/** What stands in the way, as a machine is told. */
export const conflictOnWire = (conflict: Conflict) => ({
  kind: conflict.kind,
  name: conflict.name,
  required: conflict.required,
  why: conflict.why,
  from: toIso(conflict.from),
  to: toIso(conflict.to),
  subject: conflict.subject,
  meetingId: conflict.meetingId,
});

const REFUSED: Readonly<Record<MeetingRefused["reason"], readonly [number, string]>> = {
  conflict: [409, "Somebody or something is taken then: conflicts says who and what."],
  invalid: [422, "Some of what was named does not exist or may not be asked: fields says which."],
  "slot-passed": [409, "This time has passed."],
  "changed-meanwhile": [409, "This meeting was changed meanwhile. Read it again."],
  "not-changeable": [409, "This meeting can no longer be changed."],
};

export const statusOfRefused = ({ reason }: MeetingRefused): number => REFUSED[reason][0];

export const refusedOnWire = ({ reason, conflicts, nextStarts, fields }: MeetingRefused) => ({
  code: reason,
  message: REFUSED[reason][1],
  ...(fields === undefined ? {} : { fields }),
  ...(conflicts.length === 0 ? {} : { conflicts: conflicts.map(conflictOnWire) }),
  ...(nextStarts.length === 0
    ? {}
    : { nextSlots: nextStarts.map((start) => ({ start: toIso(start) })) }),
});

/** What a list of meetings is asked for by machines: wrong values are errors, not defaults. */
export const meetingsQuestion = z.strictObject({
  tab: z.enum(listTabs).default("upcoming"),
  q: z.string().trim().max(100).default(""),
  from: instantOnWire.optional(),
  to: instantOnWire.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
    .optional(),
});

const version = z.int().min(1).optional();
const reason = z.string().trim().min(1).max(500);

export const versionOnly = z.strictObject({ version });
export const withReason = z.strictObject({ version, reason });
export const moveTo = z.strictObject({ version, start: instantOnWire });
export const outcomeOf = z.strictObject({ version, outcome: z.enum(["done", "no-show"]) });
