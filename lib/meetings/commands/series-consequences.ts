import { appendAudit } from "@/lib/audit/append";
import { wishOnline } from "@/lib/conferencing/writes";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Notice } from "@/lib/notifications/writes";
import { noticeRows } from "@/lib/notifications/writes";
import { releaseOrders, releaseRoom } from "@/lib/rooms/jobs";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { ActedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import type { MeetingHistoryEntry } from "../core/meeting-view";
import { noticesFor } from "../core/notices";
import type { SeriesLetter, SeriesMail } from "../core/series-mail";
import { seriesMails } from "../core/series-mail";
import { changeOrder, meetingChanged, reminderOrders, remindMeeting } from "../jobs";
import { eventRows, taskRows } from "../writes";
import { joinOnline, mergeRows } from "../writes/series";

/** What a change of several dates brings with it, besides their new state. */
export type SeriesConsequences = {
  readonly by: ActedBy;
  readonly kind: (meeting: Meeting) => MeetingHistoryEntry["kind"];
  readonly permission: string;
  readonly details: (meeting: Meeting) => object;
  readonly letters: readonly SeriesLetter[];
  readonly notices: readonly Notice[];
};

type Circumstances = { readonly deps: Deps; readonly at: Instant };

/** One mail and one line of the inbox for each reader of a series, however many dates it has. */
function toldRows(
  { letters, notices, by }: Pick<SeriesConsequences, "letters" | "notices" | "by">,
  { deps, at }: Circumstances,
) {
  const all = letters.map((letter) => ({
    letter,
    mails: seriesMails(letter, { senderAddress: deps.senderAddress, at }),
  }));
  const outbox = queueMails(
    all.flatMap(({ letter: { series }, mails }) =>
      mails.map(({ anchor, mail: { attendee, event, facts } }) => ({
        workspaceId: anchor.workspaceId,
        meetingId: anchor.id,
        attendeeId: attendee.id,
        event,
        toName: attendee.name,
        toEmail: attendee.email,
        facts,
        idempotencyKey: `${event}/${series.id}/${series.sequence}/${attendee.id}`,
      })),
    ),
    at,
  );
  const told = notices.map(({ userId }) => userId);
  const heard = new Map<string, Notice>();
  for (const { anchor, mail } of all.flatMap(({ mails }): readonly SeriesMail[] => mails))
    for (const notice of noticesFor(anchor, [mail], {
      by: by.userId,
      detail: by.actorName,
      told,
    }))
      heard.set(notice.userId, notice);
  return { outbox, notices: noticeRows([...notices, ...heard.values()], at) };
}

/**
 * Writes what a change of these dates brings with it, in the change's own transaction: an entry in the history of each,
 * tasks, reminders and what follows them outside, and one mail for each reader of the series.
 */
export async function writeSeriesConsequences(
  tx: Transaction,
  changed: readonly Meeting[],
  done: SeriesConsequences,
  { deps, at }: Circumstances,
): Promise<void> {
  const { by, kind, details, permission } = done;
  const { outbox, notices } = toldRows(done, { deps, at });
  const held = changed.filter(({ state }) => state === "confirmed");
  await insertRows(tx, [
    ...mergeRows([
      ...changed.map((meeting) =>
        eventRows(meeting, by, { kind: kind(meeting), at, details: details(meeting) }),
      ),
      ...held.map((meeting) => taskRows(meeting, at)),
    ]),
    outbox.rows,
    notices,
  ]);
  await enqueue(deps.queue, tx, sendMail, outbox.orders);
  await enqueue(
    deps.queue,
    tx,
    remindMeeting,
    held.flatMap((meeting) => reminderOrders(meeting, at)),
  );
  await enqueue(
    deps.queue,
    tx,
    releaseRoom,
    held.flatMap((meeting) => releaseOrders(meeting, at)),
  );
  await enqueue(
    deps.queue,
    tx,
    meetingChanged,
    changed
      .filter(({ followed }) => followed)
      .map((meeting) => changeOrder(meeting, { kind: kind(meeting), at, by })),
  );
  const [first] = changed;
  if (!by.override || first === undefined) return;
  // Last: the audit chain's lock is held only until the commit that follows. One entry for the whole series.
  await appendAudit(tx, deps.keys, {
    workspaceId: first.workspaceId,
    at,
    actor: by.actor,
    userId: by.userId,
    actorName: by.actorName,
    action: `${permission} (override)`,
    subject: first.series?.id ?? first.id,
    details: { dates: changed.length },
  });
}

/** Dates that share one meeting online share all of this. */
const alike = ({ after }: { readonly after: Meeting }): string =>
  [after.state, after.virtualRoom?.id, after.seatResourceId].join();

/**
 * Makes the meeting online follow these dates, after their rows are written: they share one where they hold the same
 * seat. Whoever leaves one last is told of by itself, so that the provider hears that nobody comes any more.
 */
export async function followDatesOnline(
  tx: Transaction,
  dates: readonly { readonly before?: Meeting; readonly after: Meeting }[],
  { deps, at }: Circumstances,
): Promise<readonly Meeting[]> {
  const online = dates.filter(
    ({ before, after }) => after.virtualRoom !== null || (before?.online ?? null) !== null,
  );
  const joined = new Map<string, Meeting>();
  for (const [, some] of Map.groupBy(online, alike)) {
    const [first, ...others] = some;
    const last = others.pop();
    if (first === undefined) continue;
    const wish = async ({ before, after }: (typeof some)[number]): Promise<Meeting> => ({
      ...after,
      ...(await wishOnline(tx, after, { queue: deps.queue, at, before })),
    });
    const made = await wish(first);
    joined.set(made.id, made);
    if (others.length > 0)
      await joinOnline(
        tx,
        // A cancelled date keeps the name of what it had.
        made.state === "cancelled"
          ? { ...made, online: first.before?.online ?? null, joinUrl: null }
          : made,
        others.map(({ after }) => after.id),
      );
    for (const { after } of others)
      joined.set(after.id, { ...after, online: made.online, joinUrl: made.joinUrl });
    if (last !== undefined) {
      const left = await wish(last);
      joined.set(left.id, left);
    }
  }
  return dates.map(({ after }) => joined.get(after.id) ?? after);
}
