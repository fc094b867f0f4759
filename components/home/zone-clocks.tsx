"use client";

import { IconMoon, IconSun } from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { useNow } from "@/components/ui/use-now";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { isNight } from "@/lib/time/night";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./zone-clocks.module.css";

/** The clocks of the people one meets, with day or night. */
export function ZoneClocks({
  zones,
  reader,
  now: serverNow,
}: {
  zones: readonly TimeZone[];
  reader: ScreenReader;
  now: Instant;
}) {
  const now = useNow(serverNow);
  return (
    <ul className={classes.clocks} aria-label={t("home.clocks")}>
      {zones.map((zone) => {
        const Sky = isNight(zone, now) ? IconMoon : IconSun;
        return (
          <li key={zone}>
            <Sky size={14} stroke={1.6} aria-hidden="true" />
            <span className="sr-only">{isNight(zone, now) ? t("home.night") : t("home.day")}</span>
            <span>{zoneCity(zone)}</span>
            <b>{formatTime(now, { ...reader, zone })}</b>
          </li>
        );
      })}
    </ul>
  );
}
