import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";

export type ZoneRow = {
  readonly zone: TimeZone;
  readonly names: readonly string[];
  readonly own: boolean;
};

/** Every zone somebody of the meeting lives in: the reader's first, UTC last, each with its people. */
export function zoneRows(
  people: readonly { readonly name: string; readonly zone: TimeZone }[],
  own: TimeZone,
): readonly ZoneRow[] {
  const names = new Map<TimeZone, string[]>([[own, []]]);
  for (const { name, zone } of people) {
    const inZone = names.get(zone);
    if (inZone === undefined) names.set(zone, [name]);
    else inZone.push(name);
  }
  if (!names.has(UTC)) names.set(UTC, []);
  return [...names].map(([zone, those]) => ({ zone, names: those, own: zone === own }));
}
