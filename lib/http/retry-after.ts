/**
 * Seconds of `Retry-After` (RFC 9110 10.2.3), undefined when absent or senseless. A date is measured
 * against the server's own `Date`, so two clocks that disagree do no harm.
 */
export function retryAfterSeconds(
  value: string | null,
  serverDate: string | null,
): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(serverDate ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), 86_400) : undefined;
}
