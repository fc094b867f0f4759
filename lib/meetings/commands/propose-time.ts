import type { Actor } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { ActedBy } from "../core/acted-by";
import type { Attendee, Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import type { ProposeRefusal } from "../core/proposal";
import { meetingPolicy } from "../policy";
import { eventRows } from "../writes";
import { insertProposal } from "../writes/proposals";
import { tellReaders } from "./tell-readers";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  /** Of a guest, who is known by their capability; a colleague stands for themselves. */
  readonly attendeeId?: string;
  readonly during: Interval;
  readonly note: string | null;
};

function proposerOf({ actor, meeting, attendeeId }: Asked): Attendee | undefined {
  const found = meeting.attendees.find(({ id, userId }) =>
    actor.kind === "member" ? userId === actor.userId : id === attendeeId,
  );
  return found === undefined || found.kind === "host" || found.leftAt !== null ? undefined : found;
}

function whyNot({ meeting, during }: Asked, now: number): ProposeRefusal | undefined {
  const { from, to } = during;
  if (meeting.state !== "draft" && meeting.state !== "confirmed") return "not-asked";
  if (meeting.end <= now) return "not-asked";
  if (from <= now) return "slot-passed";
  if (to - from < 5 * MINUTE_MS || to - from > DAY_MS) return "bad-length";
  return from === meeting.start && to === meeting.end ? "same-time" : undefined;
}

/**
 * Somebody who was invited would like another time better. Nothing is taken and nothing moves; those who hold the
 * meeting are told, and answer. Whatever they proposed before is taken back. Throws AccessDenied.
 */
export async function proposeTime(
  asked: Asked,
  deps: Deps,
): Promise<Result<string, ProposeRefusal>> {
  const { actor, meeting, during, note } = asked;
  const permission = actor.kind === "guest" ? "invitation.answer" : "meeting.propose";
  meetingPolicy.authorize(actor, permission, factsOf(meeting));
  const proposer = proposerOf(asked);
  if (proposer === undefined) return refuse("not-invited");
  const at = deps.now();
  const stuck = whyNot(asked, at);
  if (stuck !== undefined) return refuse(stuck);
  const by: ActedBy = {
    actor: proposer.userId === null ? "guest" : "user",
    userId: proposer.userId,
    actorName: proposer.name,
    override: false,
  };
  const hosts = meeting.attendees.filter(
    ({ kind, coHost, id }) => (kind === "host" || coHost) && id !== proposer.id,
  );
  const span = { start: during.from, end: during.to };
  return deps.db.$transaction(async (tx) => {
    const id = await insertProposal(tx, meeting, { attendeeId: proposer.id, during, note, at });
    const details = { ...span, ...(note === null ? {} : { reason: note }) };
    await insertRows(tx, [eventRows(meeting, by, { kind: "proposed", at, details })]);
    await tellReaders(
      tx,
      meeting,
      { event: "proposed", proposal: { by: proposer.name, ...span, note } },
      {
        deps,
        at,
        key: id,
        to: hosts,
        by: proposer.userId,
        detail: [proposer.name, note].filter(Boolean).join(": "),
      },
    );
    return ok(id);
  });
}
