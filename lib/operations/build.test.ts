import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources, isBuilt } from "@/lib/operations/build";

let root: string;

function write(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "meridian-build-"));
  write("node_modules/next/package.json", JSON.stringify({ version: "16.0.0" }));
  write("app/page.tsx", "page");
  write("next.config.ts", "config");
});

afterEach(() => rmSync(root, { recursive: true }));

/** What changes between two digests of the same folder. */
function changesHash(change: () => void): boolean {
  const before = hashSources(root);
  change();
  return hashSources(root) !== before;
}

test.each(["app/page.tsx", "app/new/page.tsx", "messages/ja/guest.json", "next.config.ts"])(
  "a change of %s makes the build stale",
  (path) => {
    expect(changesHash(() => write(path, "changed"))).toBe(true);
  },
);

test("another version of the framework makes the build stale", () => {
  const newer = JSON.stringify({ version: "16.0.1" });
  expect(changesHash(() => write("node_modules/next/package.json", newer))).toBe(true);
});

test.each(["tsconfig.json", "lib/rooms/core/room.test.ts", "README.md", "e2e/x.spec.ts"])(
  "a change of %s does not: it is no part of the build, or the build itself writes it",
  (path) => {
    expect(changesHash(() => write(path, "changed"))).toBe(false);
  },
);

test("a build counts when it was finished, and for exactly its sources", () => {
  expect(isBuilt(root, ".next")).toBe(false);
  write(".next/meridian-build.json", JSON.stringify({ sources: hashSources(root) }));
  expect(isBuilt(root, ".next")).toBe(false);
  write(".next/BUILD_ID", "1");
  expect(isBuilt(root, ".next")).toBe(true);
  write("app/page.tsx", "changed");
  expect(isBuilt(root, ".next")).toBe(false);
});
