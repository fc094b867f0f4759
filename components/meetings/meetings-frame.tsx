import { IconArrowsDiagonal, IconX } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import type { Instant } from "@/lib/time/instant";
import { MeetingCard } from "./meeting-card";
import classes from "./meetings-frame.module.css";
import { PanelKeys } from "./panel-keys";

/**
 * A list or a week, and beside it the meeting that is open: a column on a wide screen, above the page on a narrow
 * one, the whole screen on a phone. The open meeting is part of the address, so back closes it.
 */
export function MeetingsFrame({
  children,
  open,
  closeHref,
  reader,
  now,
}: {
  children: ReactNode;
  open: MeetingDetail | undefined;
  closeHref: string;
  reader: ScreenReader;
  now: Instant;
}) {
  return (
    <div className={classes.frame} data-flush data-panel={open === undefined ? undefined : true}>
      <div className={classes.content}>{children}</div>
      {open === undefined ? null : (
        <aside className={classes.panel} aria-label={t("meeting.panel")}>
          <MeetingCard
            key={open.id}
            meeting={open}
            reader={reader}
            now={now}
            level={2}
            tools={
              <>
                <Link
                  href={`/meetings/${open.id}`}
                  className={classes.tool}
                  aria-label={t("meeting.openPage")}
                  title={t("meeting.openPage")}
                >
                  <IconArrowsDiagonal size={16} stroke={1.6} aria-hidden="true" />
                </Link>
                <Link
                  href={closeHref}
                  scroll={false}
                  className={classes.tool}
                  aria-label={t("meeting.closePanel")}
                  title={t("meeting.closePanel")}
                >
                  <IconX size={16} stroke={1.6} aria-hidden="true" />
                </Link>
              </>
            }
          />
          <PanelKeys closeHref={closeHref} />
        </aside>
      )}
    </div>
  );
}
