import { createHash } from "node:crypto";
import type { Email } from "postal-mime";
import PostalMime from "postal-mime";
import { log } from "@/lib/log";
import { isTagOf, tagsIn } from "@/lib/mail/reply-address";
import { answerInvitation } from "@/lib/meetings/commands/answer-invitation";
import { proposeTime } from "@/lib/meetings/commands/propose-time";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import { sequenceInFile } from "@/lib/meetings/core/series-facts";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import type { Deps } from "@/lib/runtime";
import type { CalendarReply } from "../core/calendar-reply";
import { readCalendarReply } from "../core/calendar-reply";
import { isKnown, listMeetingsOfEntry } from "../reads";
import { isFirstTime } from "../writes";

/** What became of a mail that was handed over. */
export type Received = {
  readonly status: 200 | 422;
  readonly outcome:
    | "answered"
    | "proposed"
    /** The same mail came before. */
    | "known"
    /** No answer of a calendar: a person wrote, or a robot. */
    | "no-answer"
    /** Not from an address of this meeting, or without the tag only its reader has. */
    | "not-the-reader"
    /** About a revision, or said before something, that is out of date. */
    | "out-of-date"
    /** The meeting is over, cancelled, or being rearranged. */
    | "not-asked"
    | "malformed";
};

const answer = (outcome: Received["outcome"]): Received => ({
  status: outcome === "malformed" ? 422 : 200,
  outcome,
});

/** Headers in which mail servers and lists keep the address a mail was really sent to. */
const ADDRESSED = ["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];

const ANY_ADDRESS = /[^\s<>,;:"]+@[^\s<>,;:"]+/g;

const addressedTo = ({ headers }: Email, envelope: readonly string[]): readonly string[] => [
  ...envelope,
  ...headers
    .filter(({ key }) => ADDRESSED.includes(key))
    .flatMap(({ value }) => value.match(ANY_ADDRESS) ?? []),
];

function calendarOf({ attachments }: Email): string | undefined {
  const part = attachments.find(({ mimeType }) => mimeType === "text/calendar");
  if (part === undefined) return undefined;
  const { content } = part;
  return typeof content === "string"
    ? content
    : new TextDecoder("utf-8").decode(content as Uint8Array);
}

/** The meeting and whoever answers, if they are asked: invited under that address, and holding its tag. */
function readerOf(
  meeting: Meeting,
  { attendee: email, uid }: CalendarReply,
  tags: readonly string[],
  keys: Deps["keys"],
): Attendee | undefined {
  const attendee = meeting.attendees.find((one) => one.email.toLowerCase() === email);
  const holds = tags.some((tag) => isTagOf(keys, tag, { uid, email }));
  return holds ? attendee : undefined;
}

async function answerOne(
  meeting: Meeting,
  attendee: Attendee,
  reply: CalendarReply,
  deps: Deps,
): Promise<Received["outcome"]> {
  // What was said of an earlier time or place says nothing of this one.
  if (reply.sequence < sequenceInFile(meeting)) return "out-of-date";
  const { workspaceId, id: meetingId } = meeting;
  const { note, answer: wanted, proposed: during } = reply;
  const asked = {
    actor: { kind: "guest", workspaceId, meetingId, name: attendee.name },
    meeting,
    attendeeId: attendee.id,
    note,
  } as const;
  if (during !== undefined) {
    const made = await proposeTime({ ...asked, during }, deps);
    return made.ok ? "proposed" : "not-asked";
  }
  if (wanted === undefined) return "no-answer";
  const said = await answerInvitation(
    {
      ...asked,
      answer: wanted,
      ...(reply.saidAt === undefined ? {} : { saidAt: reply.saidAt }),
    },
    deps,
  );
  if (said.ok) return "answered";
  if (said.refusal === "older-answer") return "out-of-date";
  return said.refusal === "not-invited" ? "not-the-reader" : "not-asked";
}

async function answerEntry(
  reply: CalendarReply,
  tags: readonly string[],
  deps: Deps,
): Promise<Received["outcome"]> {
  const outcomes: Received["outcome"][] = [];
  for (const about of await listMeetingsOfEntry(deps.db, reply.uid, reply.recurrence, deps.now())) {
    const meeting = await findMeeting(deps.db, about);
    const attendee = meeting && readerOf(meeting, reply, tags, deps.keys);
    if (meeting === undefined || attendee === undefined) outcomes.push("not-the-reader");
    else outcomes.push(await answerOne(meeting, attendee, reply, deps));
  }
  // Of a series, one date that was answered is an answer.
  return (
    outcomes.find((one) => one === "answered" || one === "proposed") ??
    outcomes[0] ??
    "not-the-reader"
  );
}

async function parse(raw: Uint8Array): Promise<Email | undefined> {
  try {
    const email = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 200_000 });
    return email.from?.address === undefined || email.headers.length === 0 ? undefined : email;
  } catch {
    return undefined;
  }
}

const nameOf = ({ messageId }: Email, raw: Uint8Array): string =>
  createHash("sha256")
    .update(messageId ?? raw)
    .digest("hex");

async function outcomeOf(
  email: Email,
  envelope: readonly string[],
  deps: Deps & { readonly inboundAddress: string },
): Promise<Received["outcome"]> {
  const calendar = calendarOf(email);
  if (calendar === undefined) return "no-answer";
  const replies = readCalendarReply(calendar, email.from?.address?.toLowerCase() ?? "");
  if (replies === undefined) return "malformed";
  if (replies === "other") return "no-answer";
  const tags = tagsIn(addressedTo(email, envelope), deps.inboundAddress);
  const outcomes: Received["outcome"][] = [];
  for (const reply of replies) outcomes.push(await answerEntry(reply, tags, deps));
  return (
    outcomes.find((one) => one === "answered" || one === "proposed") ??
    outcomes[0] ??
    "not-the-reader"
  );
}

/**
 * Takes one mail (RFC 5322) that was sent to the inbound address. A calendar's answer (RFC 6047) updates whoever it is
 * from: they must be invited under the very address the mail is from, and the mail must have been sent to the reply
 * address that only they were told. Whether the mail itself is genuine (SPF, DKIM) is the mail server's to judge; the
 * tag is what cannot be guessed. The same mail again changes nothing.
 */
export async function receiveMail(
  { raw, envelope }: { readonly raw: Uint8Array; readonly envelope: readonly string[] },
  deps: Deps & { readonly inboundAddress: string },
): Promise<Received> {
  const email = await parse(raw);
  if (email === undefined) return answer("malformed");
  const name = nameOf(email, raw);
  if (await isKnown(deps.db, "mail", name)) return answer("known");
  const outcome = await outcomeOf(email, envelope, deps);
  // Addresses and words stay out of the log.
  log.info({ outcome }, "a mail came in");
  // Answers themselves may come twice without harm, so the name is kept last: none is lost to a crash in between.
  if (outcome !== "malformed") {
    await deps.db.$transaction((tx) => isFirstTime(tx, "mail", name));
  }
  return answer(outcome);
}
