"use client";

import { useEffect } from "react";
import { isPlainKey } from "@/components/ui/plain-key";

/** j and k move through whatever on the page is marked `data-row`; Enter is the link's own. */
export function ListKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || (event.key !== "j" && event.key !== "k")) return;
      const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
      const focused = document.activeElement;
      const current = focused instanceof HTMLElement ? rows.indexOf(focused) : -1;
      const step = event.key === "j" ? 1 : -1;
      const next = rows[Math.min(Math.max(current + step, 0), rows.length - 1)];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return null;
}
