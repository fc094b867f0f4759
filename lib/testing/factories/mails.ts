import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import { parseMailFacts } from "@/lib/meetings/core/mail-facts";

type Changes = {
  readonly event?: MailFacts["event"];
  readonly meeting?: Partial<MailFacts["meeting"]>;
  readonly reader?: Partial<MailFacts["reader"]>;
} & Partial<Omit<MailFacts, "event" | "meeting" | "reader">>;

/** The facts of the product's pictured invitation: four rooms, four zones, Zoom in the host's; changed as asked. */
export function mailFactsOf({
  event = "confirmed",
  meeting,
  reader,
  ...rest
}: Changes = {}): MailFacts {
  return parseMailFacts({
    event,
    occurredAt: "2026-11-01T09:30:00.000Z",
    meeting: {
      id: "m-4711",
      uid: "m-4711@haldenworks.example",
      sequence: 0,
      settled: true,
      invited: false,
      subject: "Roadmap review",
      start: "2026-11-18T05:00:00.000Z",
      end: "2026-11-18T06:00:00.000Z",
      joinUrl: "https://zoom.example/j/83190264415",
      joinId: "831 9026 4415",
      joinPasscode: "417 902",
      agenda:
        "What shipped in October, and what slipped\nFirst quarter: three bets, one to drop\nOwners and dates for the January release",
      hostName: "Ana Lim",
      hostEmail: "ana.lim@haldenworks.example",
      hostZone: "Asia/Singapore",
      rooms: [
        { name: "Kaede, Tokyo", detail: "8F", zone: "Asia/Tokyo" },
        { name: "Tembusu, Singapore", detail: "Level 5", zone: "Asia/Singapore" },
        { name: "Wattle, Sydney", detail: "Level 12", zone: "Australia/Sydney" },
        { name: "Alder, San Francisco", detail: "Floor 3", zone: "America/Los_Angeles" },
      ],
      provider: { name: "Zoom", zone: "Asia/Singapore" },
      ...meeting,
    },
    reader: {
      role: "attendee",
      name: "Kenji Mori",
      email: "kenji.mori@haldenworks.example",
      zone: "Asia/Tokyo",
      locale: "en",
      ...reader,
    },
    workspace: {
      name: "Halden Works",
      zone: "Asia/Singapore",
      senderAddress: "meetings@haldenworks.example",
    },
    ...rest,
  });
}

/** Somebody without an account who booked the meeting. */
export const MIKA = { name: "Mika Sato", email: "mika+work@example.com", zone: "Asia/Tokyo" };

/** The same person as the reader of a mail. */
export const mikaReads = { role: "guest", locale: "en", ...MIKA } as const;

/** The host of the meeting as the reader of a mail. */
export const anaReads = {
  role: "host",
  name: "Ana Lim",
  email: "ana.lim@haldenworks.example",
  zone: "Asia/Singapore",
  locale: "en",
} as const;
