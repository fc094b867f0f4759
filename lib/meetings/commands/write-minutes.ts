import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { insertRows } from "@/lib/db/rows";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { blocksFromText, htmlOf } from "../core/minutes";
import { actsAsOverride, meetingPolicy } from "../policy";
import { eventRows } from "../writes";
import { writePersonsMinutes } from "../writes/minutes";

type Asked = {
  readonly actor: Actor;
  readonly meeting: Meeting;
  /** As it was typed: `# ` begins a heading, `- ` a point. */
  readonly text: string;
  /** The version that was on the screen; 0 when there was none. */
  readonly version: number;
};

/**
 * Writes what was said and agreed in a meeting, over the version somebody saw. Whoever runs the meeting may, with any
 * provider or none, before it, after it, and after it was moved or cancelled. Throws AccessDenied.
 */
export async function writeMinutes(
  { actor, meeting, text, version }: Asked,
  deps: Deps,
): Promise<Result<null, "changed-meanwhile">> {
  const facts = factsOf(meeting);
  const grant = meetingPolicy.authorize(actor, "meeting.edit", facts);
  const override = actsAsOverride(actor, facts);
  const by = actedBy(actor, override);
  const at = deps.now();
  const body = htmlOf(blocksFromText(text));
  return deps.db.$transaction(async (tx) => {
    const minutes = { body, version, userId: by.userId };
    if (!(await writePersonsMinutes(tx, grant, minutes, at))) return refuse("changed-meanwhile");
    await insertRows(tx, [eventRows(meeting, by, { kind: "minutes-written", at })]);
    if (override) {
      await appendAudit(tx, deps.keys, {
        workspaceId: meeting.workspaceId,
        at,
        actor: by.actor,
        userId: by.userId,
        actorName: by.actorName,
        action: "meeting.minutes (override)",
        subject: meeting.id,
        details: {},
      });
    }
    return ok(null);
  });
}
