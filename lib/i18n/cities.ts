import type { TimeZone } from "@/lib/time/zone";
import { modernZone, zoneCity } from "@/lib/time/zone-names";

/** The names of the best known zones' cities in one language, by zone: `messages/<locale>/cities.json`. */
export type Cities = Readonly<Record<string, string>>;

/** The place a zone is named after in that language: "طوكيو"; as the zone's own name says it where none is known. */
export const cityIn = (cities: Cities, zone: TimeZone): string =>
  cities[modernZone(zone)] ?? zoneCity(zone);
