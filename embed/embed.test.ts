import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { embedScript } from "@/bin/embed-script";

/** What a website pays for offering our times, bytes after compression. */
const MOST_BYTES = 6_000;

test("the script other websites load stays under 6 kB compressed, and makes nothing from text", async () => {
  const script = await embedScript(process.cwd());
  const size = gzipSync(script, { level: 9 }).byteLength;
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThan(MOST_BYTES);
  expect(script).not.toMatch(/\beval\b|new Function|innerHTML|document\.write|insertAdjacentHTML/);
  expect(script).not.toMatch(/document\.cookie|localStorage|sessionStorage/);
});
