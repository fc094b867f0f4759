import type { PgBoss } from "pg-boss";
import type { Transaction } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import type { Target } from "../core/target";
import { byMeeting } from "../core/target";
import { forgetCaptured } from "../jobs";
import { pseudonymise, removeAnswers } from "../writes/attendees";
import { emptyTold, removeRequests } from "../writes/elsewhere";
import type { ForgottenMail } from "../writes/mails";
import { emptyMails, forgetJobOutputs, forgetMails, rewriteMails } from "../writes/mails";
import {
  rewriteAnswers,
  rewriteEvents,
  rewriteMeetings,
  rewriteNotices,
} from "../writes/meeting-words";

export type Forgotten = {
  readonly guests: number;
  readonly meetings: number;
  readonly answers: number;
  readonly mails: number;
  readonly requests: number;
};

type Asked = {
  readonly workspaceId: string;
  readonly targets: readonly Target[];
  /** Meetings they take no part in, in whose words others wrote their address. */
  readonly mentioned?: readonly Target[];
  /** Also mails to this address that belong to no meeting. */
  readonly email?: string;
  /** All guests of these meetings, which are long over: nobody reads the mails any more, whoever they went to. */
  readonly everyMail?: boolean;
  readonly at: Instant;
};

/** Files one job removes: a payload stays small, and a retry does not begin from nothing. */
const FILES_PER_JOB = 500;

async function queueCaptured(
  tx: Transaction,
  queue: PgBoss,
  mails: readonly ForgottenMail[],
): Promise<void> {
  const messages = [
    ...new Set(mails.flatMap(({ messageId }) => messageId?.slice(1, 17) ?? [])),
  ].filter((name) => /^[0-9a-f]{16}$/.test(name));
  const jobs = Math.ceil(messages.length / FILES_PER_JOB);
  const orders = Array.from({ length: jobs }, (_, index) => ({
    payload: { messages: messages.slice(index * FILES_PER_JOB, (index + 1) * FILES_PER_JOB) },
  }));
  await enqueue(queue, tx, forgetCaptured, orders);
}

/**
 * Takes these guests out of everything that is kept of their meetings: their rows, answers, mails, the words of the
 * meeting and of its history, notices and tasks of colleagues. The meetings, their times and everybody else's part
 * stay. All of it belongs in the caller's transaction; captured files go by a job of that transaction.
 */
export async function forgetTargets(
  tx: Transaction,
  { workspaceId, targets, mentioned = [], email, everyMail = false, at }: Asked,
  queue: PgBoss,
): Promise<Forgotten> {
  const meetings = byMeeting(targets);
  const about = { workspaceId, targets: byMeeting([...targets, ...mentioned]) };
  const ids = targets.map(({ id }) => id);
  const own = await forgetMails(
    tx,
    {
      workspaceId,
      attendeeIds: ids,
      meetingIds: [...meetings.keys()],
      ...(email === undefined ? {} : { email }),
    },
    at,
  );
  const others = everyMail
    ? await emptyMails(tx, { workspaceId, meetingIds: [...meetings.keys()] }, at)
    : await rewriteMails(tx, about, at);
  // Of what ended long ago, answers of providers and to requests are gone by their own age.
  if (!everyMail) await forgetJobOutputs(tx, [...own, ...others]);
  await queueCaptured(tx, queue, [...own, ...others]);
  await rewriteMeetings(tx, about);
  await rewriteEvents(tx, about);
  await rewriteNotices(tx, about);
  await rewriteAnswers(tx, about);
  // After a month nothing of it is kept anyway.
  if (!everyMail) await emptyTold(tx, workspaceId, [...about.targets.keys()]);
  const answers = await removeAnswers(tx, { workspaceId, ids });
  const requests = everyMail ? 0 : await removeRequests(tx, workspaceId, ids);
  await pseudonymise(tx, { workspaceId, ids }, at);
  return {
    guests: targets.length,
    meetings: meetings.size,
    answers,
    mails: own.length + others.length,
    requests,
  };
}
