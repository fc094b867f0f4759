import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "@/lib/operations/file-lock";
import { findProcess } from "@/lib/operations/processes";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-lock-"));
  path = join(folder, "lock");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("work under one lock never overlaps", async () => {
  let inside = 0;
  let most = 0;
  const work = () =>
    withFileLock(path, 5_000, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(10);
      inside -= 1;
    });
  await Promise.all([work(), work(), work(), work()]);
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

test("the lock of a process that died is taken over, also when its number lives on in another process", async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: "some other time" }));
  expect(await withFileLock(path, 1_000, async () => "done")).toBe("done");
});

test("waiting for a living process ends with words that name it", async () => {
  writeFileSync(path, JSON.stringify(findProcess(process.pid)));
  await expect(withFileLock(path, 60, async () => undefined)).rejects.toThrow(
    `Process ${process.pid} has held`,
  );
});

test("a failure inside gives the lock back", async () => {
  await expect(withFileLock(path, 100, () => Promise.reject(new Error("inside")))).rejects.toThrow(
    "inside",
  );
  expect(existsSync(path)).toBe(false);
});
