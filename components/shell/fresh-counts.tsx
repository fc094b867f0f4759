"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

// Coming back to a tab after a pause shows what happened meanwhile; quick switching asks nothing.
const STALE_AFTER_MS = 30_000;

/** Asks the server again when the reader comes back to a tab that has been away, so counts and lists are true. */
export function FreshCounts() {
  const router = useRouter();
  useEffect(() => {
    let leftAt = Number.POSITIVE_INFINITY;
    const onChange = () => {
      if (document.visibilityState === "hidden") leftAt = performance.now();
      else if (performance.now() - leftAt > STALE_AFTER_MS) router.refresh();
    };
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, [router]);
  return null;
}
