"use client";

import { useEffect, useState } from "react";

export type FoundLead = {
  readonly id: string;
  /** D-7632. */
  readonly label: string;
  readonly name: string;
  readonly about: string | null;
};

const PAUSE_MS = 180;

/** Leads and deals by what somebody types, asked for after a pause in typing. Nothing found and no answer look alike. */
export function useLeadsFound(query: string, sells: boolean): readonly FoundLead[] {
  const [found, setFound] = useState<readonly FoundLead[]>([]);
  useEffect(() => {
    const words = query.trim();
    if (!sells || words.length < 2) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/leads/search?q=${encodeURIComponent(words)}`, {
          signal: abort.signal,
        });
        if (!answer.ok) return;
        const body: { leads?: readonly FoundLead[] } = await answer.json();
        setFound(body.leads ?? []);
      } catch {
        // Left before the answer, or offline: the places stay usable, so there is nothing to say.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, sells]);
  return found;
}
