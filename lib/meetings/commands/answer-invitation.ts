import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { ActedBy } from "../core/acted-by";
import type { MailAnswer } from "../core/mail-events";
import type { Attendee, Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { meetingPolicy } from "../policy";
import { eventRows } from "../writes";
import { lockAnswer, updateAnswer } from "../writes/answers";
import { tellReaders } from "./tell-readers";

export type AnswerInvitationRefusal =
  /** The meeting is cancelled, a draft again, or never was settled. */
  | "not-asked"
  | "meeting-over"
  /** A later answer of this person is known already. */
  | "older-answer"
  /** Not among those invited, or not any more. */
  | "not-invited";

type Said = {
  readonly answer: MailAnswer;
  readonly note: string | null;
  /** When it was said, where that is not now: a calendar's answer may have been on its way. */
  readonly saidAt?: Instant;
};

const WORDS = { accepted: "comes", tentative: "may come", declined: "does not come" } as const;

/** A colleague stands for themselves; whoever holds the capability of one invitation stands for its reader. */
const answeredBy = (actor: Actor, attendee: Attendee): ActedBy => ({
  actor: attendee.userId === null ? "guest" : "user",
  userId: actor.kind === "member" ? actor.userId : attendee.userId,
  actorName: attendee.name,
  override: false,
});

/** Those who hold the meeting are told; a mail goes out only for a no. */
async function tellHosts(
  tx: Transaction,
  meeting: Meeting,
  { attendee, ...said }: Said & { readonly attendee: Attendee },
  { deps, at }: { readonly deps: Deps; readonly at: Instant },
): Promise<void> {
  const hosts = meeting.attendees.filter(
    ({ kind, coHost, id }) => (kind === "host" || coHost) && id !== attendee.id,
  );
  const { answer, note } = said;
  await tellReaders(
    tx,
    meeting,
    { event: "answered", answer: { by: attendee.name, answer, required: attendee.required, note } },
    {
      deps,
      at,
      to: hosts,
      by: attendee.userId,
      key: `${attendee.id}/${at}`,
      detail: [`${attendee.name} ${WORDS[answer]}`, note].filter(Boolean).join(": "),
      mailed: answer === "declined",
    },
  );
}

/**
 * Somebody who was invited says whether they come; they may say something else later. A colleague for themselves, by
 * `actor`; whoever holds the capability of an invitation (a button, a calendar's own reply) for its reader. Kept on the
 * attendee, in the history, and told to the hosts. The time of a required colleague stays taken: whether the meeting
 * is held without them is its host's decision. Throws AccessDenied.
 */
export async function answerInvitation(
  asked: Said & {
    readonly actor: Actor;
    readonly meeting: Meeting;
    readonly attendeeId: string;
  },
  deps: Deps,
): Promise<Result<MailAnswer, AnswerInvitationRefusal>> {
  const { actor, meeting, attendeeId, answer, note } = asked;
  const attendee = meeting.attendees.find(({ id }) => id === attendeeId);
  const permission = actor.kind === "guest" ? "invitation.answer" : "meeting.answer";
  meetingPolicy.authorize(actor, permission, factsOf(meeting));
  if (attendee === undefined || attendee.kind === "host" || attendee.leftAt !== null) {
    return refuse("not-invited");
  }
  if (actor.kind === "member" && attendee.userId !== actor.userId) return refuse("not-invited");
  const at = deps.now();
  if (meeting.state !== "confirmed") return refuse("not-asked");
  if (meeting.end <= at) return refuse("meeting-over");
  const answeredAt = asked.saidAt === undefined || asked.saidAt > at ? at : asked.saidAt;
  return deps.db.$transaction(async (tx) => {
    const before = await lockAnswer(tx, meeting, attendeeId);
    if (before === undefined) return refuse("not-invited");
    if (asked.saidAt !== undefined && before.answeredAt !== null && before.answeredAt > answeredAt)
      return refuse("older-answer");
    const isNew = before.answer !== answer || before.note !== note;
    await updateAnswer(tx, meeting, attendeeId, { answer, note, answeredAt });
    // The same answer again is no news.
    if (!isNew) return ok(answer);
    const by = answeredBy(actor, attendee);
    const details = note === null ? {} : { reason: note };
    await insertRows(tx, [eventRows(meeting, by, { kind: `answer-${answer}`, at, details })]);
    await tellHosts(tx, meeting, { ...asked, attendee }, { deps, at });
    return ok(answer);
  });
}
