import type { Words } from "@/components/guest/words";
import type { BookingField, TypedBooking } from "@/lib/booking/core/form-state";

const KNOWN = new Set([
  "required",
  "not-an-address",
  "too-long",
  "too-many",
  "control-characters",
  "invalid",
  "leave-empty",
  "twice",
]);

/** "mika@example,com": the part after the comma, when a comma stands where the full stop belongs. */
const commaIn = (email: string): string | undefined => /@[^,\s]*,([^,\s]+)$/.exec(email)?.[1];

/** What is wrong with a field, in words that say what to do. */
export function problemText(
  field: BookingField,
  problem: string,
  context: { readonly values: TypedBooking; readonly host: string; readonly limit: number },
  words: Words,
): string {
  const { values, host, limit } = context;
  if (field === "start" || field === "zone") return words(`error.${field}`);
  if (problem === "required" && field === "name") return words("error.name-required", { host });
  if (problem === "required" && field === "email") return words("error.email-required");
  const part = field === "email" ? commaIn(values.email) : undefined;
  if (part !== undefined) return words("error.comma", { part });
  return words(`error.${KNOWN.has(problem) ? problem : "invalid"}`, { count: limit });
}
