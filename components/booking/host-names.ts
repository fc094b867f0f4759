import type { BookingHost, BookingPage } from "@/lib/booking/core/booking-page";

/** What a page calls a host in passing: the first word of the name. */
export const shortName = (host: BookingHost): string =>
  host.name.trim().split(/\s+/)[0] ?? host.name;

/** The name a page may promise; undefined when one of several is chosen at booking, or several come together. */
export function promisedHost(
  page: Pick<BookingPage, "hosts" | "roundRobin">,
): BookingHost | undefined {
  return page.roundRobin || page.hosts.length !== 1 ? undefined : page.hosts[0];
}

/** "AL": the first letters of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}
