import fc from "fast-check";

/** Text nobody should type, and everybody can: controls, markup, injections, other scripts, far too much. */
const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\u202e txet",
    "Robert'); DROP TABLE meeting;--",
    "' OR '1'='1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "x\r\nBcc: a@example.org",
    "=HYPERLINK(1)",
    "a".repeat(5000),
    "💥".repeat(300),
    "null",
    "NaN",
    "true",
    "[object Object]",
    "__proto__",
    "constructor",
  ),
);

const hostileMoment = fc.constantFrom(
  "0000-00-00T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "2026-02-30T10:00:00Z",
  "2026-11-23T25:00:00Z",
  "2026-11-23T10:00:00",
  "2026-11-23",
  "1e999",
  "-1",
  "2026-11-23T10:00:00+99:99",
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileMoment,
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], { a: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const hostileName = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "id",
    "workspaceId",
    "hostId",
  ),
  fc.constantFrom("state", "$where", "email[]", "guests.0", "version", "role", "admin"),
  fc.string({ maxLength: 20 }),
);

/** A valid body with some fields spoilt, dropped or added. */
export const spoiltBody = (
  valid: Readonly<Record<string, unknown>>,
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({
      // A form without fields can only be given what it does not ask for.
      spoilt:
        Object.keys(valid).length === 0
          ? fc.constant({})
          : fc.dictionary(fc.constantFrom(...Object.keys(valid)), hostileValue, {
              minKeys: 1,
              noNullPrototype: true,
            }),
      dropped: fc.subarray(Object.keys(valid), {
        maxLength: Math.min(2, Object.keys(valid).length),
      }),
      added: fc.dictionary(hostileName, hostileValue, { maxKeys: 2, noNullPrototype: true }),
    })
    .map(({ spoilt, dropped, added }) =>
      Object.fromEntries(
        Object.entries({ ...valid, ...spoilt, ...added }).filter(
          ([name]) => !dropped.includes(name),
        ),
      ),
    );

/** What can be sent as a body that is not even JSON of an object. */
export const rawBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.json({ maxDepth: 6 }),
  hostileText,
  fc.uint8Array({ maxLength: 400 }),
  fc.constantFrom(
    "[".repeat(20_000),
    `${'{"a":'.repeat(40)}1${"}".repeat(40)}`,
    '{"__proto__":{"x":1}}',
    '{"start":"\\u0000"}',
    '{"a":1,"a":2}',
    "﻿{}",
  ),
);

/** A path part that should name something and does not. */
export const hostilePart = fc
  .oneof(
    hostileText.map((text) => text.slice(0, 80)),
    fc.constantFrom(
      "%00",
      "%",
      "..",
      "%2e%2e",
      "%ff",
      "a%2fb",
      "019a9f7e-0000-7abc-8def-0123456789ab",
    ),
  )
  .map((text) => (/^%/.test(text) ? text : encodeURIComponent(text.toWellFormed())))
  .filter((text) => text !== "");

export const hostileQuery = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom("from", "to", "zone", "limit", "cursor", "q"), hostileName),
      hostileText,
    ),
    {
      maxLength: 5,
    },
  )
  .map((pairs) =>
    pairs
      .map((pair) => pair.map((text) => encodeURIComponent(text.toWellFormed())).join("="))
      .join("&"),
  );

export const spoiltForm = (
  valid: Readonly<Record<string, string>>,
): fc.Arbitrary<Record<string, string>> =>
  spoiltBody(valid).map((body) =>
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name.toWellFormed(),
        (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed(),
      ]),
    ),
  );
