"use client";

import { useEffect, useState } from "react";
import type { AlikeLead, TypedPerson } from "@/lib/crm/core/alike";

const NONE: readonly AlikeLead[] = [];

/** Leads that may be the same as who is being typed. Without an answer there are none: nobody waits for it. */
export function useAlike(person: TypedPerson): readonly AlikeLead[] {
  const [found, setFound] = useState(NONE);
  const query = new URLSearchParams(
    Object.entries(person)
      .map(([name, text]) => [name, text.trim().slice(0, 300)])
      .filter(([, text]) => text !== ""),
  ).toString();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        if (query === "") return setFound(NONE);
        try {
          const answer = await fetch(`/leads/alike?${query}`, { signal: abort.signal });
          const told = answer.ok ? ((await answer.json()) as { found: AlikeLead[] }).found : NONE;
          // What was asked before may answer after: then it is no longer wanted.
          if (!abort.signal.aborted) setFound(told);
        } catch {
          // Typing went on, or the line is down: a new deal is made without.
        }
      },
      query === "" ? 0 : 300,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  return found;
}
