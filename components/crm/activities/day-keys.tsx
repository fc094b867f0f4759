"use client";

import { useEffect } from "react";
import { ListKeys } from "@/components/meetings/list-keys";
import { isPlainKey } from "@/components/ui/plain-key";

/** J and K move, Enter opens, X ticks off the one in focus and goes on to the next. */
export function DayKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || event.key !== "x") return;
      const row = document.activeElement?.closest("li");
      const tick = row?.querySelector<HTMLButtonElement>("button[data-tick]");
      if (!tick || !row) return;
      const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
      const at = rows.findIndex((one) => row.contains(one));
      (rows[at + 1] ?? rows[at - 1])?.focus();
      tick.click();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return <ListKeys />;
}
