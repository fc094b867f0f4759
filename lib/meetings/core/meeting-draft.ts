import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Meeting } from "./meeting";

/** A colleague as the form shows them. */
export type DraftHost = {
  readonly userId: string;
  readonly name: string;
  readonly zone: TimeZone;
  readonly photoId: string | null;
};
export type DraftPerson = DraftHost & { readonly required: boolean; readonly coHost: boolean };

export type DraftGuest = {
  readonly name: string;
  readonly email: string;
  readonly zone: TimeZone;
  readonly locale: string;
};

export type DraftRoom = {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly capacity: number | null;
};

/** A meeting as a form holds it: all that can be changed, with the names that are shown. */
export type MeetingDraft = {
  readonly subject: string;
  readonly host: DraftHost;
  readonly start: Instant;
  readonly end: Instant;
  /** Without the host. */
  readonly people: readonly DraftPerson[];
  readonly guests: readonly DraftGuest[];
  readonly rooms: readonly DraftRoom[];
  readonly virtualRoomId: string | null;
  readonly place: { readonly kind: "phone" | "address"; readonly detail: string } | null;
  readonly agenda: string;
  readonly attachments: readonly { readonly title: string; readonly url: string }[];
  readonly reminderMinutes: readonly number[] | null;
  readonly visibility: "public" | "private";
  readonly sharesList: boolean;
};

export type DraftField = keyof MeetingDraft;

/** What each field of the form is sent as. */
const SENT = {
  subject: ({ subject }) => ({ subject }),
  host: ({ host }) => ({ hostId: host.userId }),
  start: ({ start }) => ({ start: toIso(start) }),
  end: ({ end }) => ({ end: toIso(end) }),
  people: ({ people }) => ({
    people: people.map(({ userId, required, coHost }) => ({ userId, required, coHost })),
  }),
  guests: ({ guests }) => ({
    guests: guests.map(({ name, email, zone, locale }) => ({ name, email, zone, locale })),
  }),
  rooms: ({ rooms }) => ({ roomIds: rooms.map(({ id }) => id) }),
  virtualRoomId: ({ virtualRoomId }) => ({ virtualRoomId }),
  place: ({ place }) => ({ place }),
  agenda: ({ agenda }) => ({ agenda }),
  attachments: ({ attachments }) => ({ attachments }),
  reminderMinutes: ({ reminderMinutes }) => ({ reminderMinutes }),
  visibility: ({ visibility }) => ({ visibility }),
  sharesList: ({ sharesList }) => ({ sharesList }),
} as const satisfies Record<DraftField, (draft: MeetingDraft) => object>;

const FIELDS = Object.keys(SENT) as DraftField[];

const sent = (draft: MeetingDraft, field: DraftField): object => SENT[field](draft);
const same = (a: MeetingDraft, b: MeetingDraft, field: DraftField): boolean =>
  JSON.stringify(sent(a, field)) === JSON.stringify(sent(b, field));

/** The fields in which two drafts differ. Names that are only shown do not count. */
export const changedFields = (before: MeetingDraft, after: MeetingDraft): DraftField[] =>
  FIELDS.filter((field) => !same(before, after, field));

/** A draft as `meetingInput` takes it. */
export const inputOf = (draft: MeetingDraft): object =>
  Object.assign({}, ...FIELDS.map((field) => sent(draft, field)));

/** Of a draft what changed, as `meetingChanges` takes it. A moved meeting names both of its ends. */
export function changesOf(before: MeetingDraft, after: MeetingDraft): object {
  const changed = new Set(changedFields(before, after));
  if (changed.has("start") || changed.has("end")) changed.add("start").add("end");
  return Object.assign({}, ...[...changed].map((field) => sent(after, field)));
}

/**
 * Puts two changes of one meeting together. What only one of them changed is taken; of what both changed differently
 * `mine` is kept, and named.
 */
export function mergeDrafts(
  base: MeetingDraft,
  mine: MeetingDraft,
  theirs: MeetingDraft,
): { readonly merged: MeetingDraft; readonly clashes: readonly DraftField[] } {
  const clashes = FIELDS.filter(
    (field) => !same(base, mine, field) && !same(base, theirs, field) && !same(mine, theirs, field),
  );
  const kept = Object.fromEntries(
    FIELDS.map((field) => [field, same(base, mine, field) ? theirs[field] : mine[field]]),
  );
  return { merged: { ...mine, ...kept }, clashes };
}

/** A stored meeting as the form holds it. */
export function draftOf(meeting: Meeting): MeetingDraft {
  const { placeKind, placeDetail } = meeting;
  return {
    subject: meeting.subject,
    host: {
      userId: meeting.hostId,
      name: meeting.hostName,
      zone: meeting.hostZone,
      photoId: null,
    },
    start: instantOf(meeting.start),
    end: instantOf(meeting.end),
    people: meeting.attendees.flatMap(({ userId, kind, name, zone, required, coHost }) =>
      userId === null || kind === "host"
        ? []
        : [{ userId, name, zone, photoId: null, required, coHost }],
    ),
    guests: meeting.attendees.flatMap(({ userId, name, email, zone, locale }) =>
      userId === null ? [{ name, email, zone, locale }] : [],
    ),
    rooms: meeting.rooms
      .filter(({ state }) => state === "approved" || state === "asked")
      .map(({ id, name, location, zone }) => ({ id, name, location, zone, capacity: null })),
    virtualRoomId: meeting.virtualRoom?.id ?? null,
    place:
      placeKind === "phone" || placeKind === "address"
        ? { kind: placeKind, detail: placeDetail ?? "" }
        : null,
    agenda: meeting.agenda ?? "",
    attachments: meeting.attachments,
    reminderMinutes: meeting.reminderMinutes,
    visibility: meeting.visibility,
    sharesList: meeting.sharesList,
  };
}

/** The same meeting once more, a week later, for a new one. */
export function duplicated(draft: MeetingDraft, now: Instant): MeetingDraft {
  const week = 7 * 86_400_000;
  const weeks = Math.max(1, Math.ceil((now - draft.start) / week));
  return {
    ...draft,
    start: instantOf(draft.start + weeks * week),
    end: instantOf(draft.end + weeks * week),
  };
}
