"use client";

import { useEffect, useRef, useState } from "react";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, parseInstant, toIso } from "@/lib/time/instant";

/** How often the free times are asked for while somebody looks, milliseconds. */
const ASK_EVERY_MS = 10_000;

type SlotsAnswer = { readonly slots: readonly { readonly start: string }[] };

const isSlotsAnswer = (data: unknown): data is SlotsAnswer =>
  typeof data === "object" && data !== null && "slots" in data && Array.isArray(data.slots);

async function fetchFreeStarts(
  token: string,
  listed: readonly Instant[],
  signal: AbortSignal,
): Promise<ReadonlySet<Instant> | undefined> {
  const [first, last] = [listed[0], listed.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const range = new URLSearchParams({ from: toIso(first), to: toIso(addMinutes(last, 1)) });
  try {
    const answer = await fetch(`/api/v1/booking-links/${token}/slots?${range}`, { signal });
    const data: unknown = answer.ok ? await answer.json() : undefined;
    if (!isSlotsAnswer(data)) return undefined;
    return new Set(
      data.slots.map((slot) => parseInstant(slot.start)).filter((s) => s !== undefined),
    );
  } catch {
    // No connection for a moment: the page stays as it is, and booking will tell.
    return undefined;
  }
}

/** Those of the listed starts that somebody else took while the page was open. They stay in place, struck out. */
export function useLiveSlots(token: string, listed: readonly Instant[]): ReadonlySet<Instant> {
  const [taken, setTaken] = useState<ReadonlySet<Instant>>(new Set());
  const latest = useRef(listed);
  latest.current = listed;
  const first = listed[0];
  useEffect(() => {
    if (first === undefined) return;
    const stop = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const asked = latest.current;
      const free = await fetchFreeStarts(token, asked, stop.signal);
      if (!free || stop.signal.aborted) return;
      setTaken((before) => {
        const after = new Set(before);
        for (const start of asked) {
          if (free.has(start)) after.delete(start);
          else after.add(start);
        }
        const same = after.size === before.size && [...after].every((start) => before.has(start));
        return same ? before : after;
      });
    };
    const askNow = () => void ask();
    const timer = setInterval(askNow, ASK_EVERY_MS);
    document.addEventListener("visibilitychange", askNow);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", askNow);
    };
  }, [token, first]);
  return taken;
}
