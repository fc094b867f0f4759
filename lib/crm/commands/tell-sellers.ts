import { v5 as idFrom } from "uuid";
import type { Db, Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { NoticeKind } from "@/lib/notifications/core/inbox";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { t } from "../core/activity-text";
import type { DealNoticeFacts, DealNoticeMail } from "../core/deal-mail";
import type { Lead } from "../core/lead";
import type { CrmScope } from "../core/scope";
import { leadPolicy } from "../policy";
import { getScope } from "../reads/scope";
import type { Seller } from "../reads/seller";
import { findSellers } from "../reads/seller";

/** Names made from names: what is told again has the same id. */
const NAMES = "0d9b1f52-7c3e-5a8e-b1c6-52c7f1e0a9d4";

/** One thing one person is told: in their inbox, and by mail where a mail of it exists. */
export type Telling = {
  /** What happened, to whom: told again under the same key it is not told twice. */
  readonly key: string;
  readonly seller: Seller;
  readonly kind: NoticeKind;
  /** Null: about several. */
  readonly leadId: string | null;
  readonly title: string;
  readonly detail: string | null;
  readonly mail?: DealNoticeMail;
};

const factsOf = (
  { seller, leadId, title, detail }: Telling,
  workspaceName: string,
  now: Instant,
): DealNoticeFacts => ({
  occurredAt: toIso(now),
  workspaceName,
  reader: { userId: seller.member.userId },
  subject: title,
  words: detail === null ? [] : [detail],
  action: leadId === null ? t("mail.openAll") : t("mail.open"),
  path: leadId === null ? "/activities" : `/leads/${leadId}`,
});

/** Writes these notices and their mails, in the caller's transaction; what somebody switched off does not reach them. */
export async function tellSellers(
  tx: Transaction,
  {
    workspaceId,
    tellings,
  }: { readonly workspaceId: string; readonly tellings: readonly Telling[] },
  { queue }: Pick<Deps, "queue">,
  now: Instant,
): Promise<void> {
  if (tellings.length === 0) return;
  const { name } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { name: true },
  });
  const notices = tellings.map(({ key, seller, kind, leadId, title, detail }) => ({
    id: idFrom(`${key}/${seller.member.userId}`, NAMES),
    workspaceId,
    userId: seller.member.userId,
    meetingId: null,
    leadId,
    kind,
    title,
    detail,
  }));
  const outbox = queueMails(
    tellings.flatMap((telling) =>
      telling.mail === undefined
        ? []
        : [
            {
              workspaceId,
              meetingId: null,
              attendeeId: null,
              event: telling.mail,
              toName: telling.seller.member.name,
              toEmail: telling.seller.email,
              facts: factsOf(telling, name, now),
              idempotencyKey: `${telling.mail}/${telling.key}/${telling.seller.member.userId}`,
            },
          ],
    ),
    now,
  );
  await insertRows(tx, [noticeRows(notices, now), outbox.rows]);
  // An order for a row that existed already finds nothing to send.
  await enqueue(queue, tx, sendMail, outbox.orders);
}

/** Who of these people may see a lead, each by their own scope; asked once a person. */
export async function seersOf(
  db: Db,
  workspaceId: string,
  userIds: readonly string[],
): Promise<(userId: string | null, lead: Lead) => Seller | undefined> {
  const sellers = await findSellers(db, workspaceId, userIds);
  const scopes = new Map<string, CrmScope>();
  for (const [id, { member }] of sellers) scopes.set(id, await getScope(db, member));
  return (userId, lead) => {
    const seller = sellers.get(userId ?? "");
    const scope = scopes.get(userId ?? "") ?? null;
    const sees = seller && leadPolicy.can(seller.member, "lead.read", { ...lead, scope });
    return sees ? seller : undefined;
  };
}
