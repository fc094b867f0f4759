"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Most providers answer within seconds; one that does not is looked after every ten, for as long as the page is open. */
const SOON_MS = 2_000;
const SOON_TIMES = 15;
const LATER_MS = 10_000;

/** While a link is being made, the page is drawn anew now and then, so that whoever waits for it sees it come. */
export function OnlineRefresh() {
  const { refresh } = useRouter();
  useEffect(() => {
    let times = 0;
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      times += 1;
      timer = setTimeout(
        () => {
          if (document.visibilityState === "visible") refresh();
          next();
        },
        times <= SOON_TIMES ? SOON_MS : LATER_MS,
      );
    };
    next();
    return () => clearTimeout(timer);
  }, [refresh]);
  return null;
}
