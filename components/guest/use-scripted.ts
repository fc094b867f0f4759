"use client";

import { useEffect, useState } from "react";

/** True once a script runs here. What the server sends must work for readers for whom that never happens. */
export function useScripted(): boolean {
  const [scripted, setScripted] = useState(false);
  useEffect(() => setScripted(true), []);
  return scripted;
}
