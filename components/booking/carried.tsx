"use client";

import { useEffect, useState } from "react";
import { carriedPairs } from "./prefill";

/**
 * What the address brought along for the next page: prefilled fields and where the guest came from. The page is kept
 * whole for everybody, so only a script can read its address; without one the next page asks the browser's referrer.
 */
export function Carried() {
  const [pairs, setPairs] = useState<readonly (readonly [string, string])[]>([]);
  useEffect(() => {
    setPairs(carriedPairs(window.location, document.referrer));
  }, []);
  return pairs.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
