"use client";

import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { showUndo } from "@/components/crm/undo-toast";
import { payload } from "@/components/links/payload";
import { changeManyAction } from "@/lib/crm/actions/bulk";
import type { BulkInput } from "@/lib/crm/core/bulk";
import { CHUNK } from "@/lib/crm/core/lead-list";
import { t } from "./list-text";

export type Progress = { readonly done: number; readonly count: number };

type Outcome = {
  readonly changed: number;
  readonly skipped: ReadonlyMap<string, number>;
  readonly undoId: string | undefined;
  readonly trouble: string | undefined;
};

type Work = Pick<BulkInput, "act" | "label"> & { readonly ids: readonly string[] };

/** Part by part, so that each is one short transaction, all of them one undo; what went wrong ends it, and what was done before is told. */
async function doParts(
  { ids, act, label }: Work,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  const skipped = new Map<string, number>();
  let undoId: string | undefined;
  let changed = 0;
  for (let from = 0; from < ids.length; from += CHUNK) {
    try {
      const part = ids.slice(from, from + CHUNK);
      const answer = await changeManyAction(
        payload({ ids: part, act, label, ...(undoId === undefined ? {} : { undoId }) }),
      );
      if (answer.status === "refused") return { changed, skipped, undoId, trouble: answer.message };
      changed += answer.changed;
      for (const { why, count } of answer.skipped)
        skipped.set(why, (skipped.get(why) ?? 0) + count);
      undoId = answer.undoId ?? undoId;
    } catch {
      return { changed, skipped, undoId, trouble: t("bulk.failed") };
    }
    onProgress(Math.min(from + CHUNK, ids.length));
  }
  return { changed, skipped, undoId, trouble: undefined };
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
    if (outcome.undoId === undefined)
      notifications.show({ role: "status", color: "danger", message: words });
    else showUndo({ undoId: outcome.undoId, words });
    onDone();
    router.refresh();
  };
  return { progress, run };
}
