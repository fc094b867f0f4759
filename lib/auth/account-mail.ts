import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** Mails that carry a link, and the page it opens. */
export const LINK_PATHS = {
  invitation: "/invitation",
  "sign-in": "/sign-in/link",
  "password-reset": "/sign-in/reset",
  "email-change": "/account/email",
  "email-undo": "/account/undo",
} as const;

/** Mails that only tell: somebody changed how this account is signed in to. */
export const NOTICES = [
  "password-changed",
  "two-factor-on",
  "two-factor-off",
  "two-factor-reset",
  "recovery-codes-made",
  "passkey-added",
  "passkey-removed",
  "identity-added",
  "identity-removed",
] as const;

type LinkKind = keyof typeof LINK_PATHS;
const LINK_KINDS = Object.keys(LINK_PATHS) as [LinkKind, ...LinkKind[]];
const KINDS = [...LINK_KINDS, ...NOTICES] as const;

export type AccountMailKind = (typeof KINDS)[number];
export type AccountNotice = (typeof NOTICES)[number];

/** Everything one account mail says. The link's token is not in it: it is derived from `tokenId` when rendered. */
export const accountMailFacts = z.strictObject({
  kind: z.enum(KINDS),
  locale: z.string().max(35),
  name: z.string().min(1).max(300),
  workspaceName: z.string().min(1).max(300),
  occurredAt: z.iso.datetime(),
  tokenId: z.uuid().optional(),
  /** Who did it, where it was not the reader: who invites, which admin. */
  by: z.string().max(300).optional(),
  /** The address an account is changed to. */
  newEmail: z.string().max(254).optional(),
  /** The name of the passkey or the provider it is about. */
  thing: z.string().max(120).optional(),
  /** In an admin's own words. */
  reason: z.string().max(500).optional(),
});

export type AccountMailFacts = z.infer<typeof accountMailFacts>;

/** The event prefix under which the worker finds the renderer of these mails. */
export const ACCOUNT_MAIL = "account";

/**
 * Queues one account mail in the caller's transaction. With a `tokenId` (from issueAccountToken) the mail carries that
 * link; the mail is not sent when the link was used or replaced by then. Without, it is a notice.
 */
export async function queueAccountMail(
  tx: Transaction,
  mail: {
    readonly workspaceId: string;
    readonly kind: AccountMailKind;
    readonly to: { readonly name: string; readonly email: string; readonly locale: string };
    readonly workspaceName: string;
    readonly tokenId?: string;
    readonly by?: string;
    readonly newEmail?: string;
    readonly thing?: string;
    readonly reason?: string;
  },
  deps: { readonly queue: PgBoss; readonly now: () => Instant },
): Promise<void> {
  const { workspaceId, kind, to, workspaceName, tokenId, by, newEmail, thing, reason } = mail;
  const now = deps.now();
  const facts: AccountMailFacts = accountMailFacts.parse({
    kind,
    locale: to.locale,
    name: to.name.slice(0, 300),
    workspaceName: workspaceName.slice(0, 300),
    occurredAt: toIso(now),
    ...(tokenId === undefined ? {} : { tokenId }),
    ...(by === undefined ? {} : { by: by.slice(0, 300) }),
    ...(newEmail === undefined ? {} : { newEmail }),
    ...(thing === undefined ? {} : { thing: thing.slice(0, 120) }),
    ...(reason === undefined ? {} : { reason: reason.slice(0, 500) }),
  });
  const outbox = queueMails(
    [
      {
        workspaceId,
        meetingId: null,
        attendeeId: null,
        event: `${ACCOUNT_MAIL}/${kind}`,
        toName: to.name,
        toEmail: to.email,
        facts,
        idempotencyKey: `${ACCOUNT_MAIL}/${kind}/${tokenId ?? crypto.randomUUID()}`,
      },
    ],
    now,
  );
  await insertRows(tx, [outbox.rows]);
  await enqueue(deps.queue, tx, sendMail, outbox.orders);
}
