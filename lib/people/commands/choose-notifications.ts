import { appendAudit } from "@/lib/audit/append";
import type { NotificationSwitch } from "../core/notification-choices";
import { NOTIFICATION_SWITCHES } from "../core/notification-choices";
import { auditedAs } from "../policy";
import type { PeopleDeps } from "./create-user";
import type { ProfileGrant } from "./update-profile";

/**
 * Sets which mails and notices a person gets: those switched on here, and none of the others that can be switched.
 * The senders look when they send, so it holds for what is already on its way.
 */
export async function chooseNotifications(
  on: readonly NotificationSwitch[],
  by: ProfileGrant,
  deps: PeopleDeps,
): Promise<void> {
  const { workspaceId, userId } = by.resource;
  const off = [...NOTIFICATION_SWITCHES].filter(([name]) => !on.includes(name));
  await deps.db.$transaction(async (tx) => {
    // Two saves at once would both insert: this row is what they take turns by.
    await tx.$executeRaw`
      SELECT 1 FROM app_user WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid FOR UPDATE`;
    await tx.notificationPreference.deleteMany({ where: { workspaceId, userId } });
    await tx.notificationPreference.createMany({
      data: off.map(([, preference]) => ({ workspaceId, userId, ...preference, enabled: false })),
    });
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at: deps.now(),
      action: "user.notifications",
      subject: userId,
      details: { off: off.map(([name]) => name) },
    });
  });
}
