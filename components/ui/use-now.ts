"use client";

import { useEffect, useState } from "react";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";

/**
 * The moment, moving on at each full minute. Starts from the server's `now`, so that the first paint is
 * what the server sent; from then on the distance to the server's clock is kept, not the browser's own time.
 */
export function useNow(serverNow: Instant): Instant {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const ahead = serverNow - Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const current = Date.now() + ahead;
      setNow(instantOf(Math.round(current)));
      timer = setTimeout(tick, MINUTE_MS - (current % MINUTE_MS) + 20);
    };
    tick();
    return () => clearTimeout(timer);
  }, [serverNow]);
  return now;
}
