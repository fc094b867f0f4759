"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { RefreshMinutes } from "@/lib/dashboards/core/page";
import { useDataVersion } from "./use-data-version";

/** Changes of so long are one, milliseconds: a busy hour must not become a request for every deal that is touched. */
const GATHERED_MS = 15_000;
/** And screens do not ask in one breath. */
const SPREAD_MS = 3_000;

/**
 * Whether there is newer data than what is shown. Where a page refreshes by itself it is asked for soon; where it does
 * not, that it is there is only said. `shown` is the version of what is shown.
 */
export function useNews({
  shown,
  minutes,
  refetch,
}: {
  shown: string | undefined;
  minutes: RefreshMinutes;
  refetch: () => void;
}): boolean {
  const [heard, setHeard] = useState<string>();
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  useDataVersion(useCallback((version: string) => setHeard(version), []));
  const isNew = heard !== undefined && shown !== undefined && heard !== shown;
  useEffect(() => {
    if (!isNew || minutes === 0) return;
    const soonest = askedAt.current + GATHERED_MS - performance.now();
    const timer = setTimeout(
      () => {
        askedAt.current = performance.now();
        refetch();
      },
      Math.max(0, soonest) + Math.random() * SPREAD_MS,
    );
    return () => clearTimeout(timer);
  }, [isNew, minutes, refetch]);
  return isNew && minutes === 0;
}
