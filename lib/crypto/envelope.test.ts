import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { open, rewrap, SealError, seal, sealedWith } from "./envelope";
import { keyRingOf } from "./keys";

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const ring = keyRingOf([oldKey]);
const place = { workspaceId: "w", table: "stored_secret", column: "sealed", id: "1" };

describe("a sealed value", () => {
  test("opens to exactly what was sealed, whatever bytes it holds and wherever it lives", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.record({
          workspaceId: fc.string(),
          table: fc.string(),
          column: fc.string(),
          id: fc.string(),
        }),
        (plain, anywhere) => {
          const sealed = seal(ring, Buffer.from(plain), anywhere);
          expect(open(ring, sealed, anywhere)).toEqual(Buffer.from(plain));
        },
      ),
    );
  });

  test("never looks the same twice and never holds its text", () => {
    const twice = [seal(ring, "a secret", place), seal(ring, "a secret", place)];
    expect(twice[0]).not.toEqual(twice[1]);
    expect(twice[0]?.includes("a secret")).toBe(false);
  });

  test.each([
    ["workspace", { ...place, workspaceId: "x" }],
    ["table", { ...place, table: "x" }],
    ["column", { ...place, column: "x" }],
    ["row", { ...place, id: "2" }],
  ])("does not open in another %s", (_where, elsewhere) => {
    expect(() => open(ring, seal(ring, "text", place), elsewhere)).toThrow(SealError);
  });

  test("does not open where two places could be spelled alike", () => {
    const sealed = seal(ring, "text", { ...place, table: "a", column: "b,c" });
    expect(() => open(ring, sealed, { ...place, table: "a,b", column: "c" })).toThrow(SealError);
  });

  test("does not open when any single byte was altered or cut off", () => {
    const sealed = seal(ring, "some text", place);
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => open(ring, altered, place), `byte ${at}`).toThrow(SealError);
      expect(() => open(ring, sealed.subarray(0, at), place), `cut at ${at}`).toThrow(SealError);
    }
  });

  test("says which key it needs when this ring lacks it", () => {
    const sealed = seal(ring, "text", place);
    expect(() => open(keyRingOf([newKey]), sealed, place)).toThrow(ring.current);
  });
});

describe("rotation", () => {
  test("goes on while running: old values open, new ones use the new key, and the old key can then go", () => {
    const rotated = keyRingOf([newKey, oldKey]);
    const values = Array.from({ length: 20 }, (_, at) => ({ ...place, id: String(at) }));
    const sealed = values.map((where) => seal(ring, `secret ${where.id}`, where));

    const wrapped = sealed.map((value, at) => {
      const where = values[at] ?? place;
      expect(open(rotated, value, where).toString()).toBe(`secret ${where.id}`);
      return rewrap(rotated, value, where);
    });

    const onlyNew = keyRingOf([newKey]);
    expect(wrapped.map(sealedWith)).toEqual(values.map(() => onlyNew.current));
    wrapped.forEach((value, at) => {
      const where = values[at] ?? place;
      expect(open(onlyNew, value, where).toString()).toBe(`secret ${where.id}`);
    });
  });

  test("a value cannot be wrapped again for another row", () => {
    const sealed = seal(ring, "text", place);
    expect(() => rewrap(ring, sealed, { ...place, id: "2" })).toThrow(SealError);
  });
});
