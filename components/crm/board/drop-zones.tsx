import { IconCheck, IconMoon, IconX } from "@tabler/icons-react";
import { t } from "./board-text";
import type { Lift, Zone } from "./lift";
import { ZONES } from "./lift";
import classes from "./zones.module.css";

const ICONS = { won: IconCheck, lost: IconX, park: IconMoon } as const;

const HINTS: Readonly<Record<Zone, string | undefined>> = {
  won: undefined,
  lost: t("zone.lostHint"),
  park: t("zone.parkHint"),
};

/** Where a deal is closed or parked: there only while a card is carried. */
export function DropZones({ lift }: { lift: Lift | undefined }) {
  if (lift === undefined) return null;
  return (
    <div className={classes.zones}>
      {ZONES.map((zone) => {
        const Icon = ICONS[zone];
        return (
          <div
            key={zone}
            className={classes.zone}
            data-zone={zone}
            data-over={lift.target === zone || undefined}
          >
            <Icon size={14} stroke={1.6} aria-hidden="true" />
            <b>{t(`zone.${zone}`)}</b>
            {HINTS[zone] === undefined ? null : <span>{HINTS[zone]}</span>}
          </div>
        );
      })}
    </div>
  );
}
