"use client";

import { SegmentedControl, Select, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBolt, IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { GuestTexts } from "@/components/guest/words";
import type { ScreenReader } from "@/components/shell/viewer";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import type { LinkDraft } from "@/lib/links/schema";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { listTimeZones, zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import classes from "./preview.module.css";
import { PreviewFrame } from "./preview-frame";
import { PreviewPage } from "./preview-page";
import type { DraftHours } from "./use-draft-hours";
import type { Preview } from "./use-preview";
import { usePreview } from "./use-preview";
import { words } from "./words";

export type Device = "phone" | "desktop";

const WINDOWS: Readonly<Record<Device, { readonly width: number; readonly height: number }>> = {
  phone: { width: 412, height: 900 },
  desktop: { width: 1180, height: 760 },
};

/** Zones to look from, each with the name its hours have at that moment. */
const zoneChoices = (at: Instant) =>
  listTimeZones().map((zone) => ({
    value: zone,
    label: `${zoneCity(zone)} (${zoneAbbreviation(at, zone, "en")})`,
  }));

function DeviceSwitch({
  device,
  onDevice,
}: {
  device: Device;
  onDevice: (device: Device) => void;
}) {
  const icons = { phone: IconDeviceMobile, desktop: IconDeviceDesktop } as const;
  return (
    <SegmentedControl
      size="xs"
      aria-label={words("preview.device")}
      value={device}
      onChange={(value) => onDevice(value === "desktop" ? "desktop" : "phone")}
      data={(["phone", "desktop"] as const).map((value) => {
        const Icon = icons[value];
        return {
          value,
          label: (
            <>
              <Icon size={14} stroke={1.6} aria-hidden="true" className={classes.deviceIcon} />
              <VisuallyHidden>{words(`preview.${value}`)}</VisuallyHidden>
            </>
          ),
        };
      })}
    />
  );
}

/** "3 days and 11 times on offer", or why there are none. */
function offerText({ seen }: Preview, zone: TimeZone): string | undefined {
  if (seen === undefined) return undefined;
  if (seen.none !== null) return words(`preview.none.${seen.none}`);
  const starts = decodeStarts(seen.offers[0]?.starts ?? "");
  const days = new Set(starts.map((start) => calendarDateAt(zone, start))).size;
  return words("preview.offer", { days, times: starts.length });
}

/** What guests see of the draft, in the zone and on the device somebody chooses. */
export function PreviewPane({
  linkId,
  draft,
  hours,
  dirty,
  texts,
  reader,
  now,
  device,
  onDevice,
}: {
  linkId: string;
  draft: LinkDraft;
  hours: readonly DraftHours[];
  dirty: boolean;
  texts: GuestTexts;
  reader: ScreenReader;
  now: Instant;
  device: Device;
  onDevice: (device: Device) => void;
}) {
  const preview = usePreview(linkId, draft, hours);
  const [zone, setZone] = useState(reader.zone);
  const zones = useMemo(() => zoneChoices(now), [now]);
  const { seen } = preview;
  const shownZone = seen?.page.zoneLocked ? seen.page.hostZone : zone;
  const offer = offerText(preview, shownZone);
  return (
    <aside className={classes.pane} aria-labelledby="preview-title" id="preview">
      <div className={classes.head}>
        <h2 id="preview-title">{words("preview.title")}</h2>
        <DeviceSwitch device={device} onDevice={onDevice} />
      </div>
      <Select
        className={classes.zone}
        label={words("preview.guestIn")}
        data={zones}
        value={shownZone}
        disabled={seen?.page.zoneLocked === true}
        searchable
        allowDeselect={false}
        limit={60}
        onChange={(value) => {
          if (value !== null) setZone(value as TimeZone);
        }}
      />
      <div
        className={classes.device}
        data-device={device}
        data-working={preview.working || undefined}
      >
        <PreviewFrame title={words("preview.frame")} {...WINDOWS[device]}>
          {seen === undefined ? null : (
            <PreviewPage
              seen={seen}
              texts={texts}
              zone={zone}
              hourCycle={reader.hourCycle}
              onContinue={() =>
                notifications.show({ color: "accent", message: words("preview.noBooking") })
              }
            />
          )}
        </PreviewFrame>
      </div>
      <p className={classes.note} role="status">
        <IconBolt size={14} stroke={1.6} aria-hidden="true" />
        <span>
          {preview.trouble ??
            (preview.stale
              ? words("preview.invalid")
              : [words(dirty ? "preview.unsavedShown" : "preview.savedShown"), offer]
                  .filter(Boolean)
                  .join(" "))}
        </span>
      </p>
    </aside>
  );
}
