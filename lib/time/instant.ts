declare const instant: unique symbol;

/** A moment, in epoch milliseconds. Branded, so that a duration or a wall time cannot stand in for it. */
export type Instant = number & { readonly [instant]: true };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Marks a number of epoch milliseconds as a moment. Throws on anything that is not a finite integer. */
export function instantOf(epochMs: number): Instant {
  if (!Number.isSafeInteger(epochMs)) throw new RangeError(`not an instant: ${epochMs}`);
  return epochMs as Instant;
}

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads ISO 8601 with `Z` or an offset. A wall time without either is not an instant: undefined. */
export function parseInstant(text: string): Instant | undefined {
  if (!ISO_WITH_OFFSET.test(text)) return undefined;
  // The platform reads 30 February as 2 March.
  const midnight = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(text.slice(0, 10)))
    return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : (epochMs as Instant);
}

/** ISO 8601 in UTC with milliseconds, as it goes over the wire: `2026-10-25T00:30:00.000Z`. */
export const toIso = (moment: Instant): string => new Date(moment).toISOString();

export const addMinutes = (moment: Instant, minutes: number): Instant =>
  (moment + minutes * MINUTE_MS) as Instant;
