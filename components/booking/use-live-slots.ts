"use client";

import { useEffect, useMemo, useState } from "react";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { LiveOffers, ShownStarts } from "@/lib/booking/core/live-offers";
import { readLiveOffers, withNews } from "@/lib/booking/core/live-offers";
import type { Instant } from "@/lib/time/instant";

/** How often a page asks that is not told, milliseconds. */
const ASK_EVERY_MS = 10_000;
/** When to try again to be told after the server had no room, milliseconds; up to twice that, so that not all come at once. */
const REFUSED_FOR_MS = 60_000;

/**
 * Hears what a link offers from now on, until the returned function is called. The server tells (EventSource, which
 * reconnects by itself, after a pause the server chooses per page); while it does not, the page asks. A page that
 * nobody looks at does neither, and hears everything at once when it is looked at again.
 */
function listen(token: string, onNews: (news: LiveOffers) => void): () => void {
  let source: EventSource | undefined;
  let asking: ReturnType<typeof setInterval> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();

  const hear = (text: string) => {
    const news = readLiveOffers(text);
    if (news !== undefined && !stop.signal.aborted) onNews(news);
  };
  const ask = async () => {
    try {
      const answer = await fetch(`/api/v1/booking-links/${encodeURIComponent(token)}/live`, {
        headers: { accept: "application/json" },
        signal: stop.signal,
      });
      if (answer.ok) hear(await answer.text());
    } catch {
      // No connection for a moment: the page stays as it is, and booking will tell.
    }
  };
  const stopAsking = () => {
    clearInterval(asking);
    asking = undefined;
  };
  const hangUp = () => {
    source?.close();
    source = undefined;
    clearTimeout(retry);
    stopAsking();
  };
  const connect = () => {
    const opened = new EventSource(`/api/v1/booking-links/${encodeURIComponent(token)}/live`);
    source = opened;
    opened.onopen = stopAsking;
    opened.addEventListener("offers", ({ data }: MessageEvent<string>) => hear(data));
    opened.onerror = () => {
      asking ??= setInterval(() => void ask(), ASK_EVERY_MS);
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
      clearTimeout(retry);
      retry = setTimeout(connect, REFUSED_FOR_MS * (1 + Math.random()));
    };
  };
  const onVisibility = () => {
    hangUp();
    if (document.visibilityState === "visible") connect();
  };
  onVisibility();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    stop.abort();
    hangUp();
    document.removeEventListener("visibilitychange", onVisibility);
  };
}

/** The page as the server made it: what is known before there is news. */
type Known = {
  readonly token: string;
  readonly durationMinutes: number;
  readonly starts: readonly Instant[];
  readonly seatsLeft: BookingPage["seatsLeft"];
};

/** What is shown of one length, and the seats left of the meetings that have begun to fill, where seats are shown. */
type LiveSlots = ShownStarts & { readonly seatsLeft: ReadonlyMap<Instant, number> };

/**
 * The starts of one length while the page is open: those the page came with and those that came free since, and which
 * of them somebody else took. What was taken stays in place, struck out.
 */
export function useLiveSlots({ token, durationMinutes, starts, seatsLeft }: Known): LiveSlots {
  const [news, setNews] = useState<LiveOffers>();
  useEffect(() => listen(token, setNews), [token]);
  const left = news === undefined ? seatsLeft : news.seatsLeft;
  return useMemo(
    () => ({ ...withNews(starts, news, durationMinutes), seatsLeft: new Map(left ?? []) }),
    [starts, news, durationMinutes, left],
  );
}
