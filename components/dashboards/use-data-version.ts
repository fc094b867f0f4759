"use client";

import { useEffect, useRef } from "react";

/** After the server had no room, milliseconds; up to twice that, so that not all come back at once. */
const REFUSED_FOR_MS = 60_000;

/** Tells of every version of the data the server names while this page is looked at, until the answer is called. */
function listen(onVersion: (version: string) => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const hangUp = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const connect = () => {
    const opened = new EventSource("/api/v1/dashboards/live");
    source = opened;
    opened.addEventListener("version", ({ data }: MessageEvent<string>) => onVersion(data));
    opened.onerror = () => {
      // A line that broke is mended by the browser itself; a refusal is not.
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
      clearTimeout(retry);
      retry = setTimeout(connect, REFUSED_FOR_MS * (1 + Math.random()));
    };
  };
  // A page nobody looks at holds no line: many open tabs cost as much as one.
  const follow = () => {
    hangUp();
    if (!document.hidden) connect();
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    hangUp();
  };
}

/** Hears of each new version of the workspace's data. */
export function useDataVersion(onVersion: (version: string) => void): void {
  const latest = useRef(onVersion);
  useEffect(() => {
    latest.current = onVersion;
  });
  useEffect(() => listen((version) => latest.current(version)), []);
}
