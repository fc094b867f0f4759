import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { insertRows } from "@/lib/db/rows";
import { noticeRows } from "@/lib/notifications/writes";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf } from "@/lib/time/instant";
import { actedBy } from "../core/acted-by";
import type { MeetingRefused } from "../core/conflict";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import type { AnswerProposalRefusal } from "../core/proposal";
import { actsAsOverride, meetingPolicy } from "../policy";
import { findProposal } from "../reads/proposals";
import { eventRows } from "../writes";
import { decideProposal } from "../writes/proposals";
import { editMeeting } from "./edit-meeting";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  readonly proposalId: string;
  /** The version the person saw; a later one means somebody was faster. */
  readonly version?: number | undefined;
};

/** A proposal that waits for its answer, by whoever may give it. Throws AccessDenied. */
async function openProposal({ actor, meeting, proposalId }: Asked, deps: Deps) {
  const facts = factsOf(meeting);
  meetingPolicy.authorize(actor, "meeting.reschedule", facts);
  const proposal = await findProposal(deps.db, meeting, proposalId);
  if (proposal === undefined) return refuse("no-such-proposal" as const);
  if (proposal.state !== "open") return refuse("already-answered" as const);
  return ok({ proposal, by: actedBy(actor, actsAsOverride(actor, facts)) });
}

/**
 * Takes a proposed time: the meeting moves there for everybody, with all that moving it does, and the proposal is
 * answered, both or neither. Throws AccessDenied.
 */
export async function acceptProposal(
  asked: Asked,
  deps: Deps,
): Promise<Result<Meeting, AnswerProposalRefusal | MeetingRefused>> {
  const { actor, meeting, version } = asked;
  const found = await openProposal(asked, deps);
  if (!found.ok) return found;
  const { proposal, by } = found.value;
  const input = { start: instantOf(proposal.start), end: instantOf(proposal.end) };
  return editMeeting(
    {
      actor,
      meeting,
      version,
      input,
      also: async (tx, at) => {
        await decideProposal(tx, meeting, {
          id: proposal.id,
          state: "accepted",
          by: by.userId,
          at,
        });
        const details = { about: proposal.name };
        await insertRows(tx, [eventRows(meeting, by, { kind: "proposal-accepted", at, details })]);
      },
    },
    deps,
  );
}

/** Keeps the meeting where it is. A colleague who proposed is told; nothing else changes. Throws AccessDenied. */
export async function declineProposal(
  asked: Asked,
  deps: Deps,
): Promise<Result<null, AnswerProposalRefusal>> {
  const { meeting } = asked;
  const found = await openProposal(asked, deps);
  if (!found.ok) return found;
  const { proposal, by } = found.value;
  const at = deps.now();
  return deps.db.$transaction(async (tx) => {
    const decision = { id: proposal.id, state: "declined", by: by.userId, at } as const;
    if (!(await decideProposal(tx, meeting, decision))) return refuse("already-answered" as const);
    const notices =
      proposal.userId === null || proposal.userId === by.userId
        ? []
        : [
            {
              workspaceId: meeting.workspaceId,
              userId: proposal.userId,
              meetingId: meeting.id,
              kind: "proposal-declined" as const,
              title: meeting.subject,
              detail: by.actorName,
            },
          ];
    const details = { about: proposal.name };
    await insertRows(tx, [
      eventRows(meeting, by, { kind: "proposal-declined", at, details }),
      noticeRows(notices, at),
    ]);
    if (by.override) {
      await appendAudit(tx, deps.keys, {
        workspaceId: meeting.workspaceId,
        at,
        actor: by.actor,
        userId: by.userId,
        actorName: by.actorName,
        action: "meeting.reschedule (override)",
        subject: meeting.id,
        details: { proposal: "declined" },
      });
    }
    return ok(null);
  });
}
