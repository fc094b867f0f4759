"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect } from "react";
import type { DashboardName } from "@/lib/dashboards/core/view-state";

/** How long each of the two is shown, milliseconds. */
const TURN_MS = 60_000;

export type Presentation = "one" | "both" | undefined;

function addressWith(present: Presentation): string {
  const { pathname, search } = window.location;
  const query = new URLSearchParams(search);
  if (present === undefined) query.delete("present");
  else query.set("present", present);
  const text = query.toString();
  return text === "" ? pathname : `${pathname}?${text}`;
}

async function fillScreen(): Promise<void> {
  try {
    await document.documentElement.requestFullscreen();
  } catch {
    // Not everywhere, and not without a press: the page then fills its window.
  }
}

/**
 * Showing a dashboard on a wall. It is part of the address, so that going to the other dashboard keeps it, and so does
 * a screen that is restarted. Escape leaves.
 */
export function usePresentation(dashboard: DashboardName) {
  const asked = useSearchParams().get("present");
  const router = useRouter();
  const presenting: Presentation = asked === "one" || asked === "both" ? asked : undefined;
  const present = useCallback((how: "one" | "both") => {
    void fillScreen();
    window.history.pushState(null, "", addressWith(how));
  }, []);
  useEffect(() => {
    if (presenting === undefined) return;
    const leave = () => {
      if (document.fullscreenElement !== null) void document.exitFullscreen();
      window.history.replaceState(null, "", addressWith(undefined));
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "Escape") leave();
    };
    // The browser takes the Escape that ends the full screen for itself.
    const onScreen = () => {
      if (document.fullscreenElement === null) leave();
    };
    window.addEventListener("keydown", onKey);
    document.addEventListener("fullscreenchange", onScreen);
    return () => {
      window.removeEventListener("keydown", onKey);
      document.removeEventListener("fullscreenchange", onScreen);
    };
  }, [presenting]);
  useEffect(() => {
    if (presenting !== "both") return;
    const other = dashboard === "executive" ? "strategic" : "executive";
    const timer = setTimeout(() => router.push(`/dashboards/${other}?present=both`), TURN_MS);
    return () => clearTimeout(timer);
  }, [presenting, dashboard, router]);
  return { presenting, present };
}
