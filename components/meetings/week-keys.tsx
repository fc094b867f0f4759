"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** T goes to today, the arrows to the week before and after, outside fields and dialogs. */
export function WeekKeys({
  todayHref,
  previousHref,
  nextHref,
}: {
  todayHref: string;
  previousHref: string;
  nextHref: string;
}) {
  const router = useRouter();
  useEffect(() => {
    const go: Readonly<Record<string, string>> = {
      t: todayHref,
      ArrowLeft: previousHref,
      ArrowRight: nextHref,
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
      const { target } = event;
      const taken = "input, textarea, select, [role=dialog], [role=menu], [role=tablist]";
      if (target instanceof Element && target.closest(taken) !== null) return;
      const href = go[event.key];
      if (href !== undefined) router.push(href, { scroll: false });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, todayHref, previousHref, nextHref]);
  return null;
}
