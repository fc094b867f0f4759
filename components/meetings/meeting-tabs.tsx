"use client";

import type { ReactNode } from "react";
import { useId, useRef, useState } from "react";
import { t } from "@/components/ui/office-text";
import classes from "./meeting-tabs.module.css";

const NAMES = ["facts", "timeline"] as const;

/** Two columns on a wide screen; on a phone one of them at a time, chosen by tabs with arrow keys. */
export function MeetingTabs({ facts, timeline }: { facts: ReactNode; timeline: ReactNode }) {
  const [shown, setShown] = useState<(typeof NAMES)[number]>("facts");
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const content = { facts, timeline };
  return (
    <>
      <div
        ref={tabs}
        className={classes.tabs}
        role="tablist"
        aria-label={t("meeting.parts")}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          const next = shown === "facts" ? "timeline" : "facts";
          setShown(next);
          tabs.current?.querySelector<HTMLElement>(`[data-name="${next}"]`)?.focus();
        }}
      >
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            data-name={name}
            id={`${id}-${name}-tab`}
            aria-controls={`${id}-${name}`}
            aria-selected={shown === name}
            tabIndex={shown === name ? 0 : -1}
            onClick={() => setShown(name)}
          >
            {t(`meeting.${name}`)}
          </button>
        ))}
      </div>
      <div className={classes.columns}>
        {NAMES.map((name) => (
          <div
            key={name}
            id={`${id}-${name}`}
            className={classes[name]}
            data-hidden={shown === name ? undefined : true}
          >
            {content[name]}
          </div>
        ))}
      </div>
    </>
  );
}
