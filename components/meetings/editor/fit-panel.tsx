"use client";

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { ShownConflict } from "@/lib/meetings/core/check-time";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./panels.module.css";
import type { Fit } from "./use-conflicts";
import { words } from "./words";

/** Who or what stands in the way, by name; of a private meeting only when. */
export function conflictText(conflict: ShownConflict, reader: ScreenReader): string {
  const { kind, name, why, subject } = conflict;
  const time = formatTimeRange(conflict, reader);
  const of = { name, time };
  if (why === "out-of-service") return words("fit.outOfService", of);
  if (why === "closed") return words("fit.closed", of);
  if (why === "busy-elsewhere") return words("fit.elsewhere", of);
  if (kind === "virtual-room") return words("fit.virtualRoom", of);
  if (subject === null) return words(kind === "room" ? "fit.room" : "fit.person", of);
  return words(kind === "room" ? "fit.roomWith" : "fit.personWith", { ...of, subject });
}

function Conflicts({ all, reader }: { all: readonly ShownConflict[]; reader: ScreenReader }) {
  return (
    <ul className={classes.conflicts}>
      {all.map((conflict) => (
        <li key={`${conflict.kind} ${conflict.name} ${conflict.from}`}>
          {conflictText(conflict, reader)}
        </li>
      ))}
    </ul>
  );
}

const startText = (start: Instant, reader: ScreenReader): string =>
  `${formatDateShort(start, reader)}, ${formatTime(start, reader)}`;

/** Whether the time is to be had; if not, what is in the way, and times at which nothing is. */
export function FitPanel({
  fit,
  reader,
  onTake,
}: {
  fit: Fit | undefined;
  reader: ScreenReader;
  onTake: (start: Instant) => void;
}) {
  const hard = fit?.conflicts.filter(({ required }) => required) ?? [];
  const soft = fit?.conflicts.filter(({ required }) => !required) ?? [];
  const icon = { size: 16, stroke: 1.6, "aria-hidden": true } as const;
  return (
    <section className={classes.panel} aria-labelledby="h-fit" data-panel="fit">
      <h2 id="h-fit">{words("fit.title")}</h2>
      <div role="status">
        {fit === undefined ? <p className={classes.quiet}>{words("fit.checking")}</p> : null}
        {fit !== undefined && hard.length === 0 ? (
          <p className={classes.fine}>
            <IconCircleCheck {...icon} />
            {words("fit.fine")}
          </p>
        ) : null}
        {hard.length === 0 ? null : (
          <div className={classes.hard}>
            <p>
              <IconAlertTriangle {...icon} />
              {words("fit.hard", { count: hard.length })}
            </p>
            <Conflicts all={hard} reader={reader} />
          </div>
        )}
        {soft.length === 0 ? null : (
          <div className={classes.soft}>
            <p>
              <IconInfoCircle {...icon} />
              {words("fit.soft")}
            </p>
            <Conflicts all={soft} reader={reader} />
          </div>
        )}
      </div>
      {fit === undefined || fit.nextStarts.length === 0 ? null : (
        <>
          <p className={classes.next}>
            {words("fit.free")}{" "}
            {fit.nextStarts[0] === undefined
              ? ""
              : `(${zoneAbbreviation(fit.nextStarts[0], reader.zone, reader.locale)})`}
          </p>
          <div className={classes.starts}>
            {fit.nextStarts.map((start) => (
              <Button
                key={start}
                size="xs"
                aria-label={words("fit.take", { time: startText(start, reader) })}
                onClick={() => onTake(start)}
              >
                {startText(start, reader)}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
