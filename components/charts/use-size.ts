"use client";

import type { RefObject } from "react";
import { useLayoutEffect, useState } from "react";

export type Size = { readonly width: number; readonly height: number };

/**
 * How large an element is, before it is first painted and from then on; `usual` until then and where nothing is
 * measured, which is on the server.
 */
export function useSize(of: RefObject<HTMLElement | null>, usual: Size): Size {
  const [size, setSize] = useState(usual);
  useLayoutEffect(() => {
    const { current } = of;
    if (current === null) return;
    const take = ({ width, height }: Size) => {
      if (width === 0 || height === 0) return;
      setSize((known) =>
        known.width === width && known.height === height ? known : { width, height },
      );
    };
    take(current.getBoundingClientRect());
    const watch = new ResizeObserver(([entry]) => {
      if (entry !== undefined) take(entry.contentRect);
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, [of]);
  return size;
}
