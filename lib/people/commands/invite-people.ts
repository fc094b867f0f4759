import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import { queueAccountMail } from "@/lib/auth/account-mail";
import { issueAccountToken } from "@/lib/auth/account-token";
import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { Prisma } from "@/prisma/generated/client";
import type { PersonFacts } from "../policy";
import { auditedAs } from "../policy";
import { findPersonColumns } from "../reads/people";
import type { Invitation } from "../schema";
import { insertPerson } from "../writes";
import type { PeopleDeps } from "./create-user";

export type AccountDeps = PeopleDeps & { readonly queue: PgBoss };
export type ManageGrant = Grant<"people.manage", PersonFacts>;

type Person = { readonly workspaceId: string; readonly userId: string };
type Addressee = { readonly name: string; readonly email: string; readonly locale: string };

const inviterOf = (by: ManageGrant): string =>
  by.actor.kind === "member" ? by.actor.name : "Meridian";

async function sendInvitation(
  tx: Transaction,
  person: Person,
  to: Addressee,
  { by, deps }: { readonly by: ManageGrant; readonly deps: AccountDeps },
): Promise<void> {
  const { workspaceId } = person;
  const { name } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { name: true },
  });
  const { tokenId } = await issueAccountToken(tx, { ...person, purpose: "invitation" }, deps);
  await queueAccountMail(
    tx,
    { workspaceId, kind: "invitation", to, workspaceName: name, tokenId, by: inviterOf(by) },
    deps,
  );
}

/** "mei.tan+x@halden.example" is "Mei Tan" until she says otherwise. */
export function nameOfAddress(email: string): string {
  const words = (email.split("@")[0] ?? "").split("+")[0]?.split(/[._-]+/) ?? [];
  const name = words
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
  return name === "" ? email : name;
}

async function inviteOne(
  email: string,
  { groups }: Invitation,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<{ readonly id: string }, "email-taken">> {
  const { workspaceId } = by.resource;
  const userId = randomUUID();
  const now = deps.now();
  try {
    await deps.db.$transaction(async (tx) => {
      const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
      const name = nameOfAddress(email);
      const { zone, locale } = workspace;
      await insertPerson(tx, {
        workspaceId,
        id: userId,
        email,
        name,
        title: null,
        passwordHash: null,
        zone,
        locale,
        groups,
        invitedAt: columnFromInstant(now),
      });
      await sendInvitation(tx, { workspaceId, userId }, { name, email, locale }, { by, deps });
      await appendAudit(tx, deps.keys, {
        ...auditedAs(by),
        workspaceId,
        at: now,
        action: "user.invite",
        subject: userId,
        details: { groups },
      });
    });
  } catch (error) {
    if (violates(error, "user_email_is_used_once")) return refuse("email-taken");
    throw error;
  }
  return ok({ id: userId });
}

export type Invited = {
  readonly invited: readonly string[];
  /** Addresses somebody here has already. */
  readonly taken: readonly string[];
};

/**
 * Makes an account for each address and mails its invitation, good for seven days. Each address for itself: one that
 * is taken does not keep the others out.
 */
export async function invitePeople(
  invitation: Invitation,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Invited> {
  const invited: string[] = [];
  const taken: string[] = [];
  for (const email of invitation.emails) {
    const made = await inviteOne(email, invitation, by, deps);
    (made.ok ? invited : taken).push(email);
  }
  return { invited, taken };
}

/** Who was invited and has not come yet; locked, so that accepting and withdrawing do not both happen. */
async function findInvited(tx: Transaction, person: Person): Promise<Addressee | undefined> {
  await tx.$executeRaw`
    SELECT 1 FROM app_user WHERE workspace_id = ${person.workspaceId}::uuid AND id = ${person.userId}::uuid
    FOR UPDATE`;
  const row = await findPersonColumns<{ locale: string }>(tx, person, Prisma.sql`u.locale`);
  return row?.state === "invited" ? row : undefined;
}

/** Mails a new invitation; the link of the one before ends. Refused for somebody who has come already. */
export async function resendInvitation(
  person: Person,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<undefined, "not-invited">> {
  return deps.db.$transaction(async (tx) => {
    const to = await findInvited(tx, person);
    if (to === undefined) return refuse("not-invited");
    await sendInvitation(tx, person, to, { by, deps });
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId: person.workspaceId,
      at: deps.now(),
      action: "user.invite-again",
      subject: person.userId,
    });
    return ok(undefined);
  });
}

/** Takes an invitation back: the account goes, its link is dead. Refused once it was accepted, or used for anything. */
export async function withdrawInvitation(
  person: Person,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<undefined, "not-invited" | "still-held">> {
  const { workspaceId, userId } = person;
  try {
    return await deps.db.$transaction(async (tx) => {
      if ((await findInvited(tx, person)) === undefined) return refuse("not-invited");
      await tx.resource.deleteMany({ where: { workspaceId, userId } });
      await tx.appUser.delete({ where: { workspaceId_id: { workspaceId, id: userId } } });
      await appendAudit(tx, deps.keys, {
        ...auditedAs(by),
        workspaceId,
        at: deps.now(),
        action: "user.invite-withdraw",
        subject: userId,
      });
      return ok(undefined);
    });
  } catch (error) {
    // Somebody put them on a link or into a meeting meanwhile: those are handed over first.
    if (isHeld(error)) return refuse("still-held");
    throw error;
  }
}

const HOLDS = [
  "host_off_boarding",
  "link_owner_off_boarding",
  "meeting_host_exists",
  "meeting_creator_exists",
  "attendee_user_exists",
  "link_host_has_a_schedule",
  "claim_is_on_a_resource",
] as const;

const isHeld = (error: unknown): boolean => HOLDS.some((name) => violates(error, name));
