import type { z } from "zod";

/** More than any form needs. */
const LONGEST = 900_000;

/** What a form carries as JSON in its field `payload`; undefined when it carries none that can be read. */
export function payloadOf<Shape extends z.ZodType>(
  shape: Shape,
  form: FormData,
): z.ZodSafeParseResult<z.output<Shape>> | undefined {
  const text = form instanceof FormData ? form.get("payload") : undefined;
  if (typeof text !== "string" || text.length > LONGEST) return undefined;
  try {
    // U+0000 is in no column; half a surrogate pair in no text.
    return shape.safeParse(JSON.parse(text.replaceAll("\\u0000", "").toWellFormed()));
  } catch {
    return undefined;
  }
}
