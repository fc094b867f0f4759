"use client";

import { useEffect, useState } from "react";
import type { ShownConflict, TimeAnswerOnWire } from "@/lib/meetings/core/check-time";
import { timeAnswerOf } from "@/lib/meetings/core/check-time";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

export type Fit = {
  readonly conflicts: readonly ShownConflict[];
  readonly nextStarts: readonly Instant[];
};

function questionOf(draft: MeetingDraft, except: string | undefined): string {
  const ids = (required: boolean) =>
    draft.people
      .filter((person) => person.required === required)
      .map(({ userId }) => userId)
      .join(",");
  return new URLSearchParams({
    from: toIso(draft.start),
    to: toIso(draft.end),
    host: draft.host.userId,
    people: ids(true),
    optional: ids(false),
    rooms: draft.rooms.map(({ id }) => id).join(","),
    ...(draft.virtualRoomId === null ? {} : { virtualRoom: draft.virtualRoomId }),
    ...(except === undefined ? {} : { except }),
  }).toString();
}

/** What stands in the way of the meeting as it is now, asked a moment after the last change; undefined meanwhile. */
export function useConflicts(draft: MeetingDraft, except: string | undefined): Fit | undefined {
  const question = questionOf(draft, except);
  const [fit, setFit] = useState<Fit & { readonly question: string }>();
  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const answer = await fetch(`/api/v1/free-busy/conflicts?${question}`, {
        signal: stop.signal,
      });
      // A time that cannot be (the end before the start) is said beside its field.
      if (!answer.ok) return;
      setFit({ ...timeAnswerOf((await answer.json()) as TimeAnswerOnWire), question });
    };
    const later = setTimeout(() => {
      // A broken connection says nothing about the time; saving asks again.
      ask().catch(() => undefined);
    }, 300);
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [question]);
  return fit?.question === question ? fit : undefined;
}
