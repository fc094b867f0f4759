import "server-only";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { ReceivedSchedule } from "../core/schedule";
import { listReceived } from "../reads/schedules";

/** The scheduled mails the viewer gets, or has stopped. */
export async function loadReceivedMails(): Promise<readonly ReceivedSchedule[]> {
  const { workspaceId, userId } = await getMember();
  return listReceived(runtime().db, { workspaceId, userId });
}
