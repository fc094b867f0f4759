import { manageToken } from "@/lib/crypto/capability";
import { hashToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { MeetingId } from "@/lib/ids";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { mailsFor } from "@/lib/meetings/core/mail-plan";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { eventRows } from "@/lib/meetings/writes";
import { attendeeRows } from "@/lib/meetings/writes/new-meeting";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Answered } from "../core/check-answers";
import { guestsOf } from "../core/draft-meeting";
import type { LinkSnapshot } from "../core/snapshot";
import type { StoredAnswer } from "../reads";
import type { BookingInput } from "../schema";
import { keepAnswer, takeSeats } from "../writes";

type Asked = {
  readonly link: LinkSnapshot;
  readonly meetingId: MeetingId;
  readonly input: BookingInput;
  readonly answered: Extract<Answered, { ok: true }>;
  readonly idempotencyKey?: string;
};

/**
 * Takes seats of a shared meeting for a guest and whoever they bring, within the booking's own transaction and under
 * the lock of its host: the count is one conditional UPDATE, and a CHECK stands behind it. Undefined when the seats
 * went meanwhile. The party alone is mailed; the host, who may have hundreds of guests, gets a notice.
 */
export async function joinMeeting(
  tx: Transaction,
  { link, meetingId, input, answered, idempotencyKey }: Asked,
  deps: Deps,
): Promise<StoredAnswer | undefined> {
  const at = deps.now();
  const meeting = await findMeeting(tx, { workspaceId: link.workspaceId, id: meetingId });
  if (meeting === undefined || meeting.state !== "confirmed") return undefined;
  const staff = meeting.attendees.filter(({ userId }) => userId !== null);
  const party = guestsOf({ link, input, answered }, staff);
  const [guest] = party;
  if (guest === undefined || !(await takeSeats(tx, meeting, party.length, at))) return undefined;
  const token = manageToken(deps.keys, meeting.id, guest.id, 0);
  const mails = mailsFor(
    { ...meeting, attendees: party },
    { event: "confirmed", at, senderAddress: deps.senderAddress },
  );
  const outbox = queueMails(
    mails.map(({ attendee, event, facts }) => ({
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId: attendee.id,
      event,
      toName: attendee.name,
      toEmail: attendee.email,
      facts,
      idempotencyKey: `${event}/${meeting.id}/${attendee.id}/1`,
    })),
    at,
  );
  const answer: StoredAnswer = {
    meetingId: meeting.id,
    attendeeId: guest.id,
    start: meeting.start,
    end: meeting.end,
    status: "confirmed",
  };
  const by = { actor: "guest", userId: null, actorName: guest.name, override: false } as const;
  await Promise.all([
    insertRows(tx, [
      ...attendeeRows(meeting, party, {
        guestTokenHash: hashToken(token),
        source: input.source,
      }),
      eventRows(meeting, by, { kind: "joined", at }),
      outbox.rows,
      noticeRows(
        [
          {
            workspaceId: meeting.workspaceId,
            userId: meeting.hostId,
            meetingId: meeting.id,
            kind: "joined",
            title: meeting.subject,
            detail: guest.name,
          },
        ],
        at,
      ),
    ]),
    enqueue(deps.queue, tx, sendMail, outbox.orders),
    idempotencyKey === undefined ? undefined : keepAnswer(tx, link, idempotencyKey, answer),
  ]);
  return answer;
}
