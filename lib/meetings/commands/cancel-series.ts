import type { Member } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { actedBy } from "../core/acted-by";
import type { Meeting } from "../core/meeting";
import { factsOf } from "../core/meeting";
import { endedBefore } from "../core/recurrence";
import type { Series } from "../core/series";
import type { SeriesRefused } from "../core/series-answer";
import { refusedSeries } from "../core/series-answer";
import { nextSequence } from "../core/series-facts";
import { occurrenceAt } from "../core/series-plan";
import { actsAsOverride, meetingPolicy } from "../policy";
import { loadSeries } from "./edit-series";
import { originalStart } from "./edit-series-dates";
import { targetsOf } from "./edit-series-plan";
import type { WrittenChange } from "./series-change";
import { changeSeries } from "./series-change";

type Asked = {
  readonly actor: Member;
  /** The date from which on, or any date for all that are to come. */
  readonly meeting: Meeting;
  readonly scope: "following" | "all";
  readonly reason: string | null;
  readonly version?: number | undefined;
};

/** The series without these dates: it ends before them, where earlier ones stay. */
function seriesWithout(
  series: Series,
  dates: readonly Meeting[],
  targets: readonly Meeting[],
): { readonly after: Series; readonly stays: boolean } {
  const first = Math.min(...targets.map(originalStart));
  const stays = dates.some((date) => date.state !== "cancelled" && originalStart(date) < first);
  const pivot = occurrenceAt(series, first);
  const sequence = nextSequence(series, dates);
  return {
    stays,
    after: {
      ...series,
      sequence,
      rule: stays && pivot !== undefined ? endedBefore(series.rule, pivot.date) : series.rule,
      excluded: stays ? series.excluded.filter((start) => start < first) : series.excluded,
    },
  };
}

/**
 * Withdraws the dates of a series from one on, or all that are to come: their time is free at once, and each reader is
 * told in one mail. Where earlier dates stay, the series ends before; else calendars drop it whole. Throws AccessDenied.
 */
export async function cancelSeries(
  { actor, meeting, scope, reason, version }: Asked,
  deps: Deps,
): Promise<Result<WrittenChange, SeriesRefused>> {
  meetingPolicy.authorize(actor, "meeting.cancel", factsOf(meeting));
  const scene = await loadSeries(meeting, deps);
  const { series, dates, now } = scene;
  const current = dates.find(({ id }) => id === meeting.id);
  if (current === undefined || (version !== undefined && version !== current.version))
    return refuse(refusedSeries("changed-meanwhile"));
  const targets = targetsOf(scene, current, scope);
  if (targets.length === 0) return refuse(refusedSeries("not-changeable"));
  for (const target of targets) meetingPolicy.authorize(actor, "meeting.cancel", factsOf(target));
  const { after, stays } = seriesWithout(series, dates, targets);
  const by = actedBy(actor, actsAsOverride(actor, factsOf(meeting)));
  const kept = dates.filter((date) => !targets.includes(date));
  const before = new Map(targets.map((target) => [target.id as string, target]));
  const wasHeld = ({ id }: Meeting) => before.get(id)?.state === "confirmed";
  return changeSeries(
    {
      before: series,
      after,
      continued: null,
      changed: targets.map((target) => ({
        before: target,
        after: {
          ...target,
          state: "cancelled",
          cancelReason: reason,
          cancelledBy: "user",
          cancelledAt: now,
          sequence: target.sequence + 1,
        },
      })),
      silent: [],
      added: [],
      takes: true,
    },
    {
      actor,
      consequences: ({ changed }) => {
        const about = changed.map((one) => one.after).filter(wasHeld);
        const [first] = changed.map((one) => one.after);
        return {
          by,
          permission: "meeting.cancel",
          kind: () => "cancelled",
          details: (date) => ({
            series: scope,
            reason,
            previousState: before.get(date.id)?.state,
            previousHold: null,
          }),
          letters: [
            {
              series: after,
              dates: kept,
              about,
              happening: {
                event: "cancelled",
                changedBy: "host",
                ...(reason === null ? {} : { reason }),
              },
              shortened: stays,
            },
          ],
          notices:
            first === undefined || by.userId === first.hostId
              ? []
              : [
                  {
                    workspaceId: first.workspaceId,
                    userId: first.hostId,
                    meetingId: first.id,
                    kind: "cancelled",
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
