import sanitize from "sanitize-html";
import type { Summary } from "@/lib/conferencing/core/provider";
import { insertRows } from "@/lib/db/rows";
import { withRetry } from "@/lib/db/violations";
import { noticeRows } from "@/lib/notifications/writes";
import type { Deps } from "@/lib/runtime";
import { SYSTEM } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { blocksFromSummary, findNamed, htmlOf } from "../core/minutes";
import { meetingPolicy, systemActor } from "../policy";
import { findMeeting } from "../reads/meeting";
import { eventRows } from "../writes";
import type { ActionItem } from "../writes/minutes";
import { actionRows, writeSummary } from "../writes/minutes";

const TITLE_LENGTH = 300;
const MOST_ACTIONS = 50;

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
};

/** Plain text of what a provider wrote: no tag survives, and what looked like an entity is a sign again. */
const clean = (text: string): string =>
  sanitize(text, { allowedTags: [], allowedAttributes: {} }).replace(
    /&(?:amp|lt|gt|quot);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );

function actionsOf(meeting: Meeting, { nextSteps }: Summary): ActionItem[] {
  const colleagues = meeting.attendees.flatMap(({ userId, name, zone }) =>
    userId === null ? [] : [{ userId, name, zone }],
  );
  const host = colleagues.find(({ userId }) => userId === meeting.hostId);
  const titles = nextSteps.map((step) => clean(step).trim().slice(0, TITLE_LENGTH));
  return [...new Set(titles)]
    .filter((title) => title !== "")
    .slice(0, MOST_ACTIONS)
    .flatMap((title) => {
      const named = findNamed(title, colleagues);
      const person = colleagues.find(({ userId }) => userId === named) ?? host;
      const { userId = meeting.hostId, zone = meeting.hostZone } = person ?? {};
      return [{ userId, zone, title }];
    });
}

/**
 * Makes a provider's summary a meeting's minutes, and what was agreed tasks: of the one colleague a step names, else of
 * the host. A person's own words are never written over, and the same summary delivered again changes nothing.
 */
export async function takeSummary(
  meetingId: Pick<Meeting, "workspaceId" | "id">,
  summary: Summary,
  deps: Pick<Deps, "db" | "now">,
): Promise<void> {
  const at = deps.now();
  await withRetry(() =>
    deps.db.$transaction(async (tx) => {
      // Two deliveries at once: the second finds the tasks of the first.
      await tx.$queryRaw`
        SELECT id FROM meeting WHERE workspace_id = ${meetingId.workspaceId}::uuid AND id = ${meetingId.id}::uuid
        FOR NO KEY UPDATE`;
      const meeting = await findMeeting(tx, meetingId);
      if (meeting === undefined) return;
      const actor = systemActor(meeting.workspaceId);
      const grant = meetingPolicy.authorize(actor, "meeting.summarise", factsOf(meeting));
      const body = htmlOf(blocksFromSummary(summary, clean));
      const written = body !== "" && (await writeSummary(tx, grant, body, at));
      const tasks = await actionRows(tx, meeting, actionsOf(meeting, summary), at);
      if (!written && tasks.rows.length === 0) return;
      const notice = {
        workspaceId: meeting.workspaceId,
        userId: meeting.hostId,
        meetingId: meeting.id,
        kind: "summary-ready" as const,
        title: meeting.subject,
        detail: null,
      };
      await insertRows(tx, [
        tasks,
        eventRows(meeting, SYSTEM, { kind: "summary-arrived", at }),
        noticeRows([notice], at),
      ]);
    }),
  );
}
