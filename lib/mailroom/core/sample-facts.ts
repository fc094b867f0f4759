import type { MailEvent, MailRole } from "@/lib/meetings/core/mail-events";
import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { TimeZone } from "@/lib/time/zone";

/** Who looks at a preview, and in which workspace. */
export type SampleFor = {
  readonly workspaceName: string;
  readonly senderAddress: string;
  readonly appUrl: string;
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

const GUEST = { name: "Mika Sato", email: "mika.sato@example.com", zone: "Asia/Tokyo" };

const READERS: Readonly<Record<MailRole, { readonly name: string; readonly email: string }>> = {
  guest: GUEST,
  "extra-guest": { name: "Jonas Ek", email: "jonas.ek@example.com" },
  host: { name: "Ana Lim", email: "ana.lim@example.org" },
  attendee: { name: "Clara Hart", email: "clara.hart@example.org" },
  manager: { name: "Sam Okoro", email: "sam.okoro@example.org" },
};

/** What only some events speak of. */
const OF_EVENT: Partial<Record<MailEvent, Partial<MailFacts["meeting"]>>> = {
  requested: { settled: false },
  "new-request": { settled: false },
  moved: {
    sequence: 1,
    changedBy: "host",
    previousStart: "2026-11-17T05:00:00.000Z",
    previousEnd: "2026-11-17T06:00:00.000Z",
  },
  updated: { sequence: 1, changedBy: "host", changes: ["place", "agenda"] },
  cancelled: { sequence: 1, changedBy: "host", reason: "The figures are not ready yet." },
  declined: { reason: "I am travelling that day." },
  proposed: {
    proposal: {
      by: "Clara Hart",
      start: "2026-11-19T05:00:00.000Z",
      end: "2026-11-19T06:00:00.000Z",
      note: "The day after would suit me better.",
    },
  },
  answered: {
    answer: { by: "Clara Hart", answer: "declined", required: true, note: "I am on leave." },
  },
  "room-asked": { room: "Kaede, Tokyo" },
  "room-declined": { room: "Kaede, Tokyo" },
  "online-failed": { cause: "The account has no licence for meetings of this length." },
};

/** Not booked through a link: who is told is colleagues and those they invite. */
const OF_THE_OFFICE: readonly MailEvent[] = ["removed", "room-asked", "answered", "proposed"];

/**
 * A mail of the matrix about a meeting nobody holds: everything it may say is there, and every address in it leads
 * nowhere in particular. For previews only.
 */
export function sampleFacts(event: MailEvent, role: MailRole, look: SampleFor): MailFacts {
  const isStaff = role === "host" || role === "attendee" || role === "manager";
  const byLink = !OF_THE_OFFICE.includes(event);
  const settled = OF_EVENT[event]?.settled !== false;
  const { appUrl } = look;
  return {
    event,
    occurredAt: "2026-11-01T09:30:00.000Z",
    meeting: {
      id: "sample",
      uid: "sample@meridian.example",
      sequence: 0,
      settled,
      invited: true,
      subject: "Roadmap review",
      start: "2026-11-18T05:00:00.000Z",
      end: "2026-11-18T06:00:00.000Z",
      hostName: "Ana Lim",
      hostEmail: READERS.host.email,
      hostZone: "Asia/Singapore",
      rooms: [
        { name: "Kaede, Tokyo", detail: "8F", zone: "Asia/Tokyo" },
        { name: "Tembusu, Singapore", detail: "Level 5", zone: "Asia/Singapore" },
      ],
      provider: { name: "Jitsi Meet", zone: "Asia/Singapore" },
      ...(role === "manager" ? {} : { joinUrl: "https://meet.example/roadmap-review" }),
      agenda: "What shipped, and what slipped\nNext quarter: three bets, one to drop",
      ...(byLink ? { linkName: "Product conversation", guest: GUEST } : {}),
      ...OF_EVENT[event],
    },
    reader: {
      role,
      ...READERS[role],
      zone: look.zone,
      locale: look.locale,
      hourCycle: look.hourCycle,
      ...(role === "attendee" ? { required: true } : {}),
      ...(role === "guest" ? { booked: byLink } : {}),
    },
    workspace: {
      name: look.workspaceName,
      zone: "Asia/Singapore",
      senderAddress: look.senderAddress,
    },
    ...(isStaff
      ? { meetingUrl: `${appUrl}/meetings`, settingsUrl: `${appUrl}/settings/notifications` }
      : { answerUrl: `${appUrl}/answer/sample` }),
    ...(role === "guest" && byLink ? { manageUrl: `${appUrl}/m/sample` } : {}),
    ...(settled && role !== "manager" ? { calendarFileUrl: `${appUrl}/answer/sample` } : {}),
    bookAgainUrl: `${appUrl}/answer/sample`,
    ...(settled ? {} : { holdUntil: "2026-11-10T05:00:00.000Z" }),
  };
}
