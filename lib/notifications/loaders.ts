import "server-only";
import { notFound } from "next/navigation";
import { belongsTo } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { env } from "@/lib/env";
import type { CapturedMail, OpenedMail } from "@/lib/mail/mailbox";
import { listCaptured, readCaptured } from "@/lib/mail/mailbox";
import { runtime } from "@/lib/runtime";
import type { InboxEntry } from "./core/inbox";
import { listInbox } from "./reads";

/** The reader's own inbox. */
export async function loadInbox(unreadOnly = false): Promise<readonly InboxEntry[]> {
  const member = await getMember();
  return listInbox(
    runtime().db,
    { workspaceId: member.workspaceId, userId: member.userId },
    unreadOnly,
  );
}

/**
 * Captured mail holds other people's capabilities: it is shown in the demonstration only, where every mail is made
 * up, and only to people of the house.
 */
async function requireDemonstration(): Promise<void> {
  const member = await getMember();
  const staff = belongsTo(member, "admin", "meeting_manager", "meeting_user");
  if (!env.DEMONSTRATION || !staff) notFound();
  // The folder knows no workspaces: whoever belongs to another one would read what is not theirs.
  const { demonstration } = await runtime().db.workspace.findUniqueOrThrow({
    where: { id: member.workspaceId },
    select: { demonstration: true },
  });
  if (!demonstration) notFound();
}

export async function loadMailbox(): Promise<readonly CapturedMail[]> {
  await requireDemonstration();
  return listCaptured(env.MERIDIAN_DATA_DIR);
}

export async function loadCapturedMail(id: string): Promise<OpenedMail> {
  await requireDemonstration();
  return (await readCaptured(env.MERIDIAN_DATA_DIR, id)) ?? notFound();
}
