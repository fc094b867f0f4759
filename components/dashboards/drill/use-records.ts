"use client";

import { useCallback, useRef, useState } from "react";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import type { RecordPage } from "@/lib/metrics/core/record";

/** The records read so far, and the way to the next ones. Another question is another list: give it another key. */
export function useRecords(data: MetricPageData, query: string) {
  const [list, setList] = useState<RecordPage>({
    records: data.records,
    nextCursor: data.next,
  });
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const asked = useRef(false);
  const more = useCallback(() => {
    const { nextCursor: next } = list;
    if (next === null || asked.current) return;
    asked.current = true;
    setState("loading");
    fetch(`/metrics/${data.id}/records?${query}&cursor=${encodeURIComponent(next)}`)
      .then(async (answer): Promise<RecordPage> => {
        if (!answer.ok) throw new Error(`the records answered ${answer.status}`);
        return (await answer.json()) as RecordPage;
      })
      .then((page) => {
        setList((before) => ({ ...page, records: [...before.records, ...page.records] }));
        setState("idle");
      })
      .catch(() => setState("failed"))
      .finally(() => {
        asked.current = false;
      });
  }, [data.id, list, query]);
  return { records: list.records, next: list.nextCursor, state, more };
}
