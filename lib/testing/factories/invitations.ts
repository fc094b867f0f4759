import ICAL from "ical.js";
import PostalMime from "postal-mime";
import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { MailTransport, OutgoingMail } from "@/lib/mail/transport";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { handleSendMail } from "@/lib/meetings/handlers/send-mail";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { meetingInput } from "@/lib/meetings/schema";
import type { House } from "@/lib/testing/house";
import type { Person } from "./workspace";
import { makePerson, makeWorkspace } from "./workspace";

/** A person of the house as whoever acts. */
export const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

/** Five people whose clocks differ, the host first: seen 13:00 in Singapore, 12:00 in Jakarta, 14:00 in Tokyo. */
export const FIVE = [
  { name: "Ana Lim", zone: "Asia/Singapore" },
  { name: "Budi Santoso", zone: "Asia/Jakarta" },
  { name: "Kenji Mori", zone: "Asia/Tokyo" },
  { name: "Clara Hart", zone: "Europe/London" },
  { name: "Maria Ruiz", zone: "America/New_York" },
] as const;

/** A workspace with those five. */
export async function fivePeople(house: House): Promise<readonly [Person, ...Person[]]> {
  const workspaceId = await makeWorkspace(house.db);
  const [first, ...rest] = FIVE;
  const host = await makePerson(house.db, workspaceId, first);
  const others = await Promise.all(rest.map((person) => makePerson(house.db, workspaceId, person)));
  return [host, ...others];
}

/** Reads a meeting again. Throws when it is gone. */
export async function readMeeting(
  house: House,
  { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">,
): Promise<Meeting> {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no such meeting");
  return meeting;
}

/** A confirmed meeting of the host with these colleagues, changed as asked. Throws when it is refused. */
export async function invite(
  house: House,
  [host, ...people]: readonly [Person, ...Person[]],
  given: Record<string, unknown> = {},
): Promise<Meeting> {
  const input = meetingInput.parse({
    subject: "Roadmap review",
    start: "2026-11-25T05:00:00Z",
    end: "2026-11-25T06:00:00Z",
    people: people.map(({ id }) => ({ userId: id })),
    ...given,
  });
  const made = await makeMeeting({ actor: memberOf(host), input, confirm: true }, house);
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return readMeeting(house, made.value);
}

/** Sends every mail that waits and returns them, in the order they were queued. */
export async function sendWaiting(house: House, workspaceId: string): Promise<OutgoingMail[]> {
  const sent: OutgoingMail[] = [];
  const transport: MailTransport = {
    name: "mailbox",
    send: async (message) => {
      sent.push(message);
      return { status: "sent", providerId: `re_${message.messageId.slice(1, 25)}` };
    },
    close: async () => undefined,
  };
  const waiting = await house.db.mailMessage.findMany({
    where: { workspaceId, state: "queued" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const deps = {
    ...house,
    transport,
    from: { address: house.senderAddress, name: "Meridian" },
    renderers: {},
  };
  for (const { id } of waiting) await handleSendMail({ workspaceId, mailId: id }, deps);
  return sent;
}

/** As much of a mail as an answer to it is made of. */
type Answerable = Pick<OutgoingMail, "ics" | "to" | "subject">;

/** The one entry of a mail's calendar file. Throws when the mail has none. */
export function entryIn(mail: Pick<Answerable, "ics" | "subject">): ICAL.Component {
  const event = new ICAL.Component(ICAL.parse(mail.ics?.content ?? "")).getFirstSubcomponent(
    "vevent",
  );
  if (event === null) throw new Error(`no calendar entry in ${mail.subject}`);
  return event;
}

type Reply = {
  readonly method?: "REPLY" | "COUNTER";
  readonly partstat: string;
  readonly from?: string;
  readonly to?: string;
  readonly sequence?: number;
  readonly stamp?: string;
  readonly comment?: string;
  readonly proposed?: readonly [start: string, end: string];
  readonly messageId?: string;
};

/** What a calendar program sends when its owner answers this mail's invitation, complete (RFC 6047). */
export function replyTo(mail: Answerable, reply: Reply): Buffer {
  const event = entryIn(mail);
  const value = (name: string) => String(event.getFirstPropertyValue(name) ?? "");
  const organizer = value("organizer").replace(/^mailto:/i, "");
  const { method = "REPLY", from = mail.to.address, to = organizer } = reply;
  const [start = "20261125T050000Z", end = "20261125T060000Z"] = reply.proposed ?? [];
  const lines = [
    `From: <${from}>`,
    `To: <${to}>`,
    `Subject: Accepted: ${mail.subject}`,
    `Message-ID: ${reply.messageId ?? `<${Math.random().toString(36).slice(2)}@client.example>`}`,
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b1"',
    "",
    "--b1",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Answered by a calendar.",
    "--b1",
    `Content-Type: text/calendar; charset=utf-8; method=${method}`,
    "",
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Client//Calendar//EN",
    `METHOD:${method}`,
    "BEGIN:VEVENT",
    `UID:${value("uid")}`,
    `SEQUENCE:${reply.sequence ?? value("sequence")}`,
    `DTSTAMP:${reply.stamp ?? "20261123T080000Z"}`,
    `DTSTART:${start}`,
    `DTEND:${end}`,
    `ORGANIZER:mailto:${organizer}`,
    `ATTENDEE;PARTSTAT=${reply.partstat}:mailto:${from}`,
    ...(reply.comment === undefined ? [] : [`COMMENT:${reply.comment}`]),
    "END:VEVENT",
    "END:VCALENDAR",
    "--b1--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

/** The text part of a mail as it was sent. */
export const textOf = async (mail: OutgoingMail): Promise<string> =>
  (await PostalMime.parse(mail.raw)).text ?? "";
