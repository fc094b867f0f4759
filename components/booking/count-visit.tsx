"use client";

import { useEffect } from "react";
import type { VisitKind } from "@/lib/booking/core/visit-counts";

/** Counts a visit of this page, once somebody sees it; without a script nothing is counted. */
export function CountVisit({ token, kind }: { readonly token: string; readonly kind: VisitKind }) {
  useEffect(() => {
    const stop = new AbortController();
    const count = () => {
      // A page that was opened beside others, or made ahead, was not looked at yet.
      if (document.visibilityState !== "visible") return;
      stop.abort();
      fetch(`/api/v1/booking-links/${encodeURIComponent(token)}/visits`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ kind }),
        keepalive: true,
      }).catch(() => {
        // A visit that could not be counted is nobody's trouble.
      });
    };
    document.addEventListener("visibilitychange", count, { signal: stop.signal });
    count();
    return () => stop.abort();
  }, [token, kind]);
  return null;
}
