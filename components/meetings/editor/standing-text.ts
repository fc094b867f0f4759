import type { ScreenReader } from "@/components/shell/viewer";
import type { standingOf } from "@/lib/meetings/core/free-busy";
import { formatTimeRange } from "@/lib/time/format";
import { words } from "./words";

/** How somebody stands to the time, in words. Of guests it is only known what time it is where they are. */
export function standingText(
  { standing, block }: ReturnType<typeof standingOf>,
  kind: "person" | "guest" | "room",
  reader: ScreenReader,
): string {
  const time = block === undefined ? "" : formatTimeRange(block, reader);
  const subject = block?.subject ?? null;
  switch (standing) {
    case "busy":
      return subject === null
        ? words("standing.busy", { time })
        : words("standing.busyWith", { time, subject });
    case "elsewhere":
      return words("standing.elsewhere", { time });
    case "optional":
      return subject === null
        ? words("standing.optionalPrivate", { time })
        : words("standing.optional", { time, subject });
    case "free":
      return words(kind === "guest" ? "standing.assumed" : "standing.free");
    default:
      return words(`standing.${standing}`);
  }
}
