import type { MailChange } from "./mail-events";
import type { Attendee, Meeting } from "./meeting";

/** One line of "what changed", in names and not in ids: kept in the history, shown as it is. */
export type Difference = {
  readonly field:
    | "subject"
    | "host"
    | "rooms"
    | "online"
    | "place"
    | "agenda"
    | "attachments"
    | "visibility"
    | "sharesList"
    | "reminders"
    | "people";
  readonly before: string | null;
  readonly after: string | null;
};

const roomNames = (meeting: Meeting): string =>
  meeting.rooms.map(({ name, location }) => `${name}, ${location}`).join("; ");

const placeText = ({ placeKind, placeDetail }: Meeting): string =>
  placeKind === "phone" || placeKind === "address" ? (placeDetail ?? "") : "";

const attachmentText = ({ attachments }: Meeting): string =>
  attachments.map(({ title, url }) => `${title} <${url}>`).join("; ");

const remindersText = ({ reminderMinutes }: Meeting): string => reminderMinutes?.join(", ") ?? "";

/** How each field reads; of the agenda only that it differs is kept, its words may be long and are somebody's. */
const TEXTS = {
  subject: ({ subject }: Meeting) => subject,
  host: ({ hostName }: Meeting) => hostName,
  rooms: roomNames,
  online: ({ virtualRoom }: Meeting) => virtualRoom?.name ?? "",
  place: placeText,
  attachments: attachmentText,
  visibility: ({ visibility }: Meeting) => visibility,
  sharesList: ({ sharesList }: Meeting) => (sharesList ? "everybody" : "only themselves"),
  reminders: remindersText,
} as const;

const keyOf = ({ userId, email }: Attendee): string => userId ?? email.toLowerCase();

/** Who came, who left, and whose part in it changed. */
export function peopleChanges(before: readonly Attendee[], after: readonly Attendee[]) {
  const was = new Map(before.map((one) => [keyOf(one), one]));
  const is = new Map(after.map((one) => [keyOf(one), one]));
  return {
    added: after.filter((one) => !was.has(keyOf(one))),
    removed: before.filter((one) => !is.has(keyOf(one))),
    kept: after.filter((one) => was.has(keyOf(one))),
    altered: after.filter((one) => {
      const old = was.get(keyOf(one));
      return (
        old !== undefined &&
        (old.required !== one.required ||
          old.coHost !== one.coHost ||
          old.kind !== one.kind ||
          old.name !== one.name ||
          old.zone !== one.zone ||
          old.locale !== one.locale)
      );
    }),
  };
}

function personDifferences(before: Meeting, after: Meeting): Difference[] {
  const { added, removed, altered } = peopleChanges(before.attendees, after.attendees);
  const part = ({ name, required, coHost }: Attendee): string => {
    if (coHost) return `${name} (co-host)`;
    return required ? name : `${name} (optional)`;
  };
  return [
    ...added.map((one) => ({ field: "people" as const, before: null, after: part(one) })),
    ...removed.map((one) => ({ field: "people" as const, before: one.name, after: null })),
    ...altered.flatMap((one) => {
      const old = before.attendees.find((other) => keyOf(other) === keyOf(one));
      return old === undefined || part(old) === part(one)
        ? []
        : [{ field: "people" as const, before: part(old), after: part(one) }];
    }),
  ];
}

/** What differs between two states of a meeting, but for its time, which is told apart. */
export function differencesOf(before: Meeting, after: Meeting): Difference[] {
  const fields = (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).flatMap((field) => {
    const [old, now] = [TEXTS[field](before), TEXTS[field](after)];
    return old === now ? [] : [{ field, before: old || null, after: now || null }];
  });
  const agenda =
    before.agenda === after.agenda ? [] : [{ field: "agenda" as const, before: null, after: null }];
  return [...fields, ...agenda, ...personDifferences(before, after)];
}

const MAIL_CHANGE: Readonly<Record<Difference["field"], MailChange | undefined>> = {
  subject: "subject",
  host: "people",
  rooms: "place",
  online: "place",
  place: "place",
  agenda: "agenda",
  attachments: "attachments",
  visibility: "visibility",
  // The calendar file of every reader differs: with it goes who is in it.
  sharesList: "people",
  reminders: undefined,
  people: "people",
};

/** What readers are told of, each once; nobody is mailed about a reminder. */
export const mailChangesOf = (differences: readonly Difference[]): MailChange[] => [
  ...new Set(differences.flatMap(({ field }) => MAIL_CHANGE[field] ?? [])),
];
