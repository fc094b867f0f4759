"use client";

import { useEffect, useState } from "react";

export type PartySource = "companies" | "contacts";

/** Names that hold what is being typed, from `/companies/find` or `/contacts/find`. Without an answer there are none. */
export function useSuggestions(source: PartySource | undefined, typed: string): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    const q = typed.trim().slice(0, 100);
    if (source === undefined || q.length < 2) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/${source}/find?q=${encodeURIComponent(q)}`, {
          signal: abort.signal,
        });
        if (!answer.ok) return;
        const { found } = (await answer.json()) as { found: readonly { name: string }[] };
        setNames([...new Set(found.map(({ name }) => name))]);
      } catch {
        // Typing went on, or the line is down: without suggestions the field still takes a name.
      }
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [source, typed]);
  return names;
}
