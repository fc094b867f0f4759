"use client";

import { useEffect, useRef } from "react";

/** ⌘Z or Ctrl Z takes the last move back, while it can be. */
export function useUndoKey(undo: () => void) {
  const latest = useRef(undo);
  useEffect(() => {
    latest.current = undo;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== "z" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
      if (target instanceof Element && target.closest("input, textarea, [contenteditable]")) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
