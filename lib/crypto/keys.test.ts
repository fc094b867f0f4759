import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keyRingOf, loadKeyRing, removeOldKeyFile, rotateKeyFile } from "./keys";

const base64 = (): string => randomBytes(32).toString("base64");

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "keys-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe("a key from the environment", () => {
  test("is accepted in base64, base64url and hex, and is the same key in all three", () => {
    const key = randomBytes(32);
    const ids = (["base64", "base64url", "hex"] as const).map(
      (spelling) => loadKeyRing({ secretKey: key.toString(spelling), dataDir }).current,
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each([
    ["zeros", Buffer.alloc(32).toString("base64")],
    ["one letter", "a".repeat(64)],
    ["counted bytes", Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString("hex")],
    ["a repeated pattern", Buffer.from("0123456789abcdef".repeat(4), "hex").toString("base64")],
    ["words", Buffer.from("please-use-a-real-key-of-32-byte").toString("base64")],
    ["a word inside base64", `changeme${"Zq8+".repeat(8)}abc=`],
  ])("is refused when it is a placeholder: %s", (_what, secretKey) => {
    expect(() => loadKeyRing({ secretKey, dataDir })).toThrow(/placeholder/);
  });

  test.each(["short", "x".repeat(40), "not a key at all, but long enough to be one…"])(
    "is refused when it is not 32 bytes, without being quoted: %s",
    (secretKey) => {
      expect(() => loadKeyRing({ secretKey, dataDir })).toThrow(/32 random bytes/);
      expect(() => loadKeyRing({ secretKey, dataDir })).not.toThrow(secretKey);
    },
  );

  test("leaves the data directory alone", () => {
    loadKeyRing({ secretKey: base64(), dataDir });
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

describe("a key kept in the data directory", () => {
  test("is made once, for its owner only, and found again", () => {
    const first = loadKeyRing({ dataDir });
    expect(loadKeyRing({ dataDir }).current).toBe(first.current);
    expect(readdirSync(join(dataDir, "keys"))).toEqual(["secret.key"]);
    expect(statSync(join(dataDir, "keys", "secret.key")).mode & 0o777).toBe(0o600);
  });

  test("is the winner's when another process made one meanwhile", () => {
    const key = base64();
    loadKeyRing({ dataDir });
    writeFileSync(join(dataDir, "keys", "secret.key"), `${key}\n`);
    const again = loadKeyRing({ dataDir });
    expect(again.keyOf(again.current)?.toString("base64")).toBe(key);
  });

  test("moves aside on rotation, still opens, and is gone once its file is removed", () => {
    const before = loadKeyRing({ dataDir });
    const { from, to } = rotateKeyFile(dataDir);
    const after = loadKeyRing({ dataDir });
    expect([after.current, from]).toEqual([to, before.current]);
    expect(after.ids).toEqual([to, from]);
    removeOldKeyFile(dataDir, from);
    expect(loadKeyRing({ dataDir }).ids).toEqual([to]);
  });

  test("is not removed under a name that leads elsewhere", () => {
    expect(() => removeOldKeyFile(dataDir, "../secret")).toThrow(/not a key id/);
  });
});

describe("derived keys", () => {
  test("differ by purpose and by key, and stay the same otherwise", () => {
    const key = randomBytes(32);
    const ring = keyRingOf([key, randomBytes(32)]);
    expect(ring.deriveKey("a")).toEqual(keyRingOf([key]).deriveKey("a"));
    expect(ring.deriveKey("a")).not.toEqual(ring.deriveKey("b"));
    const [current, older] = ring.deriveKeys("a");
    expect(current).not.toEqual(older);
    expect(current).toHaveLength(32);
  });
});
