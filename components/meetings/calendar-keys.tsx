"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** How long after "g" a key belongs to it: "g m" goes to a place, and is no "m". */
const CHORD_MS = 1_200;

const TAKEN = "input, textarea, select, [role=dialog], [role=menu], [role=tablist], [role=listbox]";

/** A key alone, pressed where it means nothing else. */
function isForCalendar(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return false;
  if (event.defaultPrevented) return false;
  return !(event.target instanceof Element) || event.target.closest(TAKEN) === null;
}

/** Plain keys of the calendar, each with the address it leads to, outside fields and dialogs. */
export function CalendarKeys({ go }: { go: Readonly<Record<string, string>> }) {
  const router = useRouter();
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (!isForCalendar(event)) return;
      const inChord = event.timeStamp < chordUntil;
      chordUntil = event.key === "g" ? event.timeStamp + CHORD_MS : 0;
      const href = inChord ? undefined : go[event.key];
      if (href !== undefined) router.push(href, { scroll: false });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [router, go]);
  return null;
}
