"use client";

import type { RefObject } from "react";
import { useEffect, useMemo, useState } from "react";
import type { Board } from "@/lib/crm/core/board";
import { FOLDED_COOKIE } from "./folded-cookie";

const NARROWEST_PX = 204;
const STRIP_PX = 45;
const PHONE_PX = 767;

/** How wide an element is; undefined before it was measured. */
function useWidth(of: RefObject<HTMLElement | null>): number | undefined {
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const { current } = of;
    if (current === null) return;
    const watch = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width));
    watch.observe(current);
    return () => watch.disconnect();
  }, [of]);
  return width;
}

/**
 * Which columns are strips: those that were folded, which is remembered for a year, and beside an open deal those that
 * no longer fit, from the right, but for the one the deal stands in.
 */
export function useFolded(
  board: Board,
  columns: RefObject<HTMLElement | null>,
  {
    remembered,
    squeezed,
    keep,
  }: {
    readonly remembered: readonly string[];
    readonly squeezed: boolean;
    readonly keep: string | undefined;
  },
): {
  readonly folded: ReadonlySet<string>;
  readonly fold: (key: string, folded: boolean) => void;
} {
  const [own, setOwn] = useState<readonly string[]>(remembered);
  // Unfolded beside an open deal: as long as it is open.
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const width = useWidth(columns);

  const folded = useMemo(() => {
    const keys = board.columns.map(({ key }) => key);
    const strips = new Set(own.filter((key) => keys.includes(key)));
    if (!squeezed || width === undefined || window.innerWidth <= PHONE_PX) return strips;
    const fits = Math.max(
      1,
      Math.floor((width - STRIP_PX * keys.length) / (NARROWEST_PX - STRIP_PX)),
    );
    let left = keys.length - strips.size - fits;
    for (const key of keys.toReversed()) {
      if (left <= 0) break;
      if (strips.has(key) || key === keep || wanted.includes(key)) continue;
      strips.add(key);
      left -= 1;
    }
    return strips;
  }, [board.columns, own, squeezed, width, keep, wanted]);

  const fold = (key: string, toStrip: boolean) => {
    if (!toStrip && !own.includes(key)) return setWanted((keys) => [...keys, key]);
    const next = toStrip ? [...own, key] : own.filter((one) => one !== key);
    setOwn(next);
    setWanted((keys) => keys.filter((one) => one !== key));
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
    document.cookie = `${FOLDED_COOKIE}=${next.slice(-40).join(".")}; path=/; max-age=31536000; samesite=lax`;
  };
  return { folded, fold };
}
