"use client";

import type { SelectProps } from "@mantine/core";
import { Select } from "@mantine/core";
import { t } from "@/components/people/people-text";
import { parseTimeZone } from "@/lib/time/zone";
import { listTimeZones, modernZone } from "@/lib/time/zone-names";

const readable = (zone: string): string => zone.replaceAll("_", " ");

let options: { value: string; label: string }[] | undefined;

const zoneOptions = () => {
  options ??= listTimeZones().map((zone) => ({ value: zone, label: readable(zone) }));
  return options;
};

/** The zone this browser is set to, under its name of today; undefined where it says none we know. */
export function browserZone(): string | undefined {
  const zone = parseTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  return zone === undefined ? undefined : modernZone(zone);
}

/** Any IANA zone, found by typing part of its name. Sends its value as `name` with a form. */
export function ZoneSelect(props: Omit<SelectProps, "data" | "searchable">) {
  const { value } = props;
  const data = zoneOptions();
  // A name of other days that the list no longer has stays as it is until it is changed.
  const known = value == null || data.some((option) => option.value === value);
  return (
    <Select
      searchable
      allowDeselect={false}
      limit={60}
      maxDropdownHeight={280}
      label={t("zone.label")}
      placeholder={t("zone.placeholder")}
      nothingFoundMessage={t("zone.none")}
      data={known ? data : [{ value, label: readable(value) }, ...data]}
      filter={({ options: all, search }) => {
        const wanted = search.trim().toLowerCase().replace(/\s+/g, " ");
        return all.filter(
          (option) => "label" in option && option.label.toLowerCase().includes(wanted),
        );
      }}
      {...props}
    />
  );
}
