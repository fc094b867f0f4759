import type { Member } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { stopReceiving } from "../writes/schedules";

/** Stops a scheduled mail for this reader alone, or has it come again; anybody may, whatever else they may do. */
export async function stopMail(
  {
    actor: { workspaceId, userId },
    id,
    stopped,
  }: { readonly actor: Member; readonly id: string; readonly stopped: boolean },
  { db, now }: Pick<Deps, "db" | "now">,
): Promise<Result<null, "not-here">> {
  const found = await stopReceiving(db, { workspaceId, userId, id }, stopped ? now() : null);
  return found ? ok(null) : refuse("not-here");
}
