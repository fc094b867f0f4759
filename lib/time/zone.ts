declare const timeZone: unique symbol;

/** An IANA zone name that this runtime can resolve, e.g. `Asia/Singapore`. */
export type TimeZone = string & { readonly [timeZone]: true };

export const UTC = "UTC" as TimeZone;

const known = new Map<string, TimeZone | undefined>();

/** The zone of that name, or undefined. Bare offsets such as `+05:30` are not zones: they know no history. */
export function parseTimeZone(name: string): TimeZone | undefined {
  if (name.length > 64 || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return undefined;
  if (known.has(name)) return known.get(name);
  let zone: TimeZone | undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    zone = name as TimeZone;
  } catch {
    zone = undefined;
  }
  // Guests choose what is looked up here, so the memory of refusals is bounded.
  if (zone !== undefined || known.size < 2_000) known.set(name, zone);
  return zone;
}
