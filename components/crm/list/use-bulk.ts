"use client";

import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { showUndo } from "@/components/crm/undo-toast";
import { payload } from "@/components/links/payload";
import { changeManyAction } from "@/lib/crm/actions/bulk";
import { undoChangeAction } from "@/lib/crm/actions/undo";
import type { BulkInput } from "@/lib/crm/core/bulk";
import { CHUNK } from "@/lib/crm/core/lead-list";
import { t } from "./list-text";

export type Progress = { readonly done: number; readonly count: number };

type Outcome = {
  readonly changed: number;
  readonly skipped: ReadonlyMap<string, number>;
  readonly undoIds: readonly string[];
  readonly trouble: string | undefined;
};

type Work = Pick<BulkInput, "act" | "label"> & { readonly ids: readonly string[] };

/** Part by part, so that each is one short transaction; what went wrong ends it, and what was done before is told. */
async function doParts(
  { ids, act, label }: Work,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  const skipped = new Map<string, number>();
  const undoIds: string[] = [];
  let changed = 0;
  for (let from = 0; from < ids.length; from += CHUNK) {
    try {
      const part = ids.slice(from, from + CHUNK);
      const answer = await changeManyAction(payload({ ids: part, act, label }));
      if (answer.status === "refused")
        return { changed, skipped, undoIds, trouble: answer.message };
      changed += answer.changed;
      for (const { why, count } of answer.skipped)
        skipped.set(why, (skipped.get(why) ?? 0) + count);
      if (answer.undoId !== null) undoIds.push(answer.undoId);
    } catch {
      return { changed, skipped, undoIds, trouble: t("bulk.failed") };
    }
    onProgress(Math.min(from + CHUNK, ids.length));
  }
  return { changed, skipped, undoIds, trouble: undefined };
}

function wordsOf({ changed, skipped, trouble }: Outcome, label: string): string {
  if (changed === 0) return t("bulk.nothing", { why: trouble ?? [...skipped.keys()].join(" ") });
  const left = [...skipped].map(([why, count]) => t("bulk.skipped", { count, why }));
  const done = t("bulk.done", { what: label, count: changed });
  return [done, ...left, ...(trouble === undefined ? [] : [trouble])].join(". ");
}

/** Changes many leads and offers one way back for all of it. */
export function useBulk(onDone: () => void) {
  const router = useRouter();
  const [progress, setProgress] = useState<Progress>();
  const run = async (work: Work) => {
    setProgress({ done: 0, count: work.ids.length });
    const outcome = await doParts(work, (done) => setProgress({ done, count: work.ids.length }));
    setProgress(undefined);
    const words = wordsOf(outcome, work.label);
    const last = outcome.undoIds.at(-1);
    if (last === undefined) {
      notifications.show({ role: "status", color: "danger", message: words });
    } else {
      showUndo({
        undoId: last,
        words,
        // The toast takes the last part back; the parts before it go the same way.
        onUndone: () => void undoEarlier(outcome.undoIds.slice(0, -1), router.refresh),
      });
    }
    onDone();
    router.refresh();
  };
  return { progress, run };
}

async function undoEarlier(undoIds: readonly string[], refresh: () => void): Promise<void> {
  for (const undoId of undoIds.toReversed()) {
    try {
      const answer = await undoChangeAction(payload({ undoId }));
      if (answer.status === "refused")
        notifications.show({ role: "status", color: "danger", message: answer.message });
    } catch {
      notifications.show({ role: "status", color: "danger", message: t("bulk.failed") });
    }
  }
  refresh();
}
