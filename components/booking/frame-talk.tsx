"use client";

import { useEffect } from "react";
import { accentCss } from "@/components/guest/accent";

/**
 * Tells the page around this frame something; embed/frames.ts hears it. Whose page that is need not be known: what is
 * told says nothing about anybody.
 */
function tell(said: { readonly meridian: string; readonly [more: string]: unknown }): void {
  if (window.parent !== window) window.parent.postMessage(said, "*");
}

/** A guest has booked; the page around may want to count that. */
export const tellBooked = (confirmed: boolean): void => tell({ meridian: "booked", confirmed });

/** The colour a site wants its calendar in, from the frame's address: a cached page is the same for all of them. */
function wearColour(): void {
  const css = accentCss(new URLSearchParams(window.location.search).get("colour") ?? "");
  if (css === undefined) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Keeps the page around informed: this page is there, how high it is, and that Escape was pressed on nothing else. */
export function FrameTalk() {
  useEffect(() => {
    wearColour();
    const stop = new AbortController();
    const observer = new ResizeObserver(() =>
      tell({ meridian: "height", height: document.body.getBoundingClientRect().height }),
    );
    observer.observe(document.body);
    tell({ meridian: "ready" });
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) tell({ meridian: "leave" });
    };
    window.addEventListener("keydown", onKey, { signal: stop.signal });
    return () => {
      stop.abort();
      observer.disconnect();
    };
  }, []);
  return null;
}
