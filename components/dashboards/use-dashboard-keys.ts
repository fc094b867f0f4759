"use client";

import { useEffect } from "react";
import { isPlainKey } from "@/components/ui/plain-key";

// How long after G a letter goes to a place instead.
const CHORD_MS = 1_200;

/** What is open has its own letters. */
const isBusy = (): boolean =>
  [...document.querySelectorAll("[role=dialog],[role=menu]")].some((one) => one.checkVisibility());

/** F filters, R refreshes, E exports, where nobody is typing and no place was begun to be named. */
export function useDashboardKeys({
  refetch,
  onExport,
  canExport,
}: {
  readonly refetch: () => void;
  readonly onExport: (opened: boolean) => void;
  readonly canExport: boolean;
}): void {
  useEffect(() => {
    let chordUntil = 0;
    const keys = new Map([
      ["f", () => document.querySelector<HTMLElement>("[data-filter=add]")?.click()],
      ["r", refetch],
    ]);
    if (canExport) keys.set("e", () => onExport(true));
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      const isChord = event.timeStamp < chordUntil;
      chordUntil = event.key === "g" ? event.timeStamp + CHORD_MS : 0;
      const act = keys.get(event.key);
      if (act === undefined || isChord || isBusy()) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [refetch, onExport, canExport]);
}
