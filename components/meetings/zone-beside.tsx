"use client";

import { Button, Combobox, ScrollArea, useCombobox } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import { listTimeZones, zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import type { CalendarAsked } from "./calendar-address";
import { calendarAddress, remember, ZONE_COOKIE } from "./calendar-address";
import { t } from "./calendar-text";

/** More could not be told apart in a list; typing a letter more finds the others. */
const MOST_FOUND = 8;
const NONE = "none";

const matches = (zone: TimeZone, words: string): boolean =>
  zone.toLowerCase().replaceAll("_", " ").includes(words);

/** A second zone's hours beside the reader's own: those of this calendar's guests first, or any other, or none. */
export function ZoneBeside({
  asked,
  reader,
  at,
  near,
}: {
  asked: CalendarAsked;
  reader: ScreenReader;
  /** The day shown: summer and winter have other names. */
  at: Instant;
  /** Zones of those one meets here. */
  near: readonly TimeZone[];
}) {
  const router = useRouter();
  const [words, setWords] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      setWords("");
      combobox.resetSelectedOption();
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const typed = words.trim().toLowerCase();
  const zones = useMemo(
    () =>
      typed === ""
        ? near
        : listTimeZones()
            .filter((zone) => matches(zone, typed))
            .slice(0, MOST_FOUND),
    [near, typed],
  );
  const abbreviation = (zone: TimeZone) => zoneAbbreviation(at, zone, reader.locale);
  const choose = (value: string) => {
    const zone2 = parseTimeZone(value);
    remember(ZONE_COOKIE, zone2 ?? "");
    combobox.closeDropdown();
    router.push(calendarAddress(asked, { zone2 }), { scroll: false });
  };
  const { zone2 } = asked;
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={260} position="bottom-end">
      <Combobox.Target targetType="button">
        <Button
          size="xs"
          leftSection={<IconWorld size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => combobox.toggleDropdown()}
        >
          {abbreviation(reader.zone)}
          {zone2 === undefined ? "" : ` + ${abbreviation(zone2)}`}
          <span className="sr-only">
            {zone2 === undefined ? t("bar.zoneOne") : t("bar.zoneTwo")}
          </span>
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={t("bar.findZone")}
          aria-label={t("bar.findZone")}
        />
        <Combobox.Options aria-label={t("bar.beside")}>
          <ScrollArea.Autosize mah={280} type="scroll">
            {zones.length === 0 ? <Combobox.Empty>{t("bar.noZone")}</Combobox.Empty> : null}
            {zones.map((zone) => (
              <Combobox.Option key={zone} value={zone} active={zone === zone2}>
                {zoneCity(zone)} · {abbreviation(zone)}
              </Combobox.Option>
            ))}
            {zone2 === undefined ? null : (
              <Combobox.Option value={NONE}>{t("bar.noneBeside")}</Combobox.Option>
            )}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
