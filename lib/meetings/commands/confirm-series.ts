import type { Member } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import type { SeriesRefused } from "../core/series-answer";
import { refusedSeries } from "../core/series-answer";
import { actsAsOverride, meetingPolicy } from "../policy";
import { loadSeries } from "./edit-series";
import type { WrittenChange } from "./series-change";
import { changeSeries } from "./series-change";

type Asked = {
  readonly actor: Member;
  /** Any of its dates. */
  readonly meeting: Meeting;
  readonly version?: number | undefined;
};

/**
 * Confirms every draft of a series that is still to come, at once: they take all they need in one transaction, or
 * nothing, and every date that clashes is named. Throws AccessDenied.
 */
export async function confirmSeries(
  { actor, meeting, version }: Asked,
  deps: Deps,
): Promise<Result<WrittenChange, SeriesRefused>> {
  meetingPolicy.authorize(actor, "meeting.confirm", factsOf(meeting));
  const { series, dates, now } = await loadSeries(meeting, deps);
  const current = dates.find(({ id }) => id === meeting.id);
  if (current === undefined || (version !== undefined && version !== current.version))
    return refuse(refusedSeries("changed-meanwhile"));
  const drafts = dates.filter(({ state, start }) => state === "draft" && start > now);
  if (drafts.length === 0) return refuse(refusedSeries("not-changeable"));
  for (const draft of drafts) meetingPolicy.authorize(actor, "meeting.confirm", factsOf(draft));
  const by = actedBy(actor, actsAsOverride(actor, factsOf(meeting)));
  const others = dates.filter((date) => !drafts.includes(date));
  return changeSeries(
    {
      before: series,
      after: series,
      continued: null,
      changed: drafts.map((before) => ({ before, after: { ...before, state: "confirmed" } })),
      silent: [],
      added: [],
      takes: true,
    },
    {
      actor,
      consequences: ({ changed }) => {
        const about = changed.map(({ after }) => after);
        const [first] = about;
        return {
          by,
          permission: "meeting.confirm",
          kind: () => "confirmed",
          details: () => ({ dates: about.length }),
          letters: [
            { series, dates: [...others, ...about], about, happening: { event: "confirmed" } },
          ],
          notices:
            first === undefined || by.userId === first.hostId
              ? []
              : [
                  {
                    workspaceId: first.workspaceId,
                    userId: first.hostId,
                    meetingId: first.id,
                    kind: "confirmed",
                    title: first.subject,
                    detail: by.actorName,
                  },
                ],
        };
      },
    },
    deps,
  );
}
