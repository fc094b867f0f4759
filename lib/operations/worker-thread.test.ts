import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startWorkerThread } from "@/lib/operations/worker-thread";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-thread-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const journal = (): string => readFileSync(join(folder, "journal"), "utf8");

/** A worker that notes its start, and its orderly end; it dies by itself as often as `deaths` says. */
function writeWorker(deaths: number): URL {
  const path = join(folder, "worker.mjs");
  writeFileSync(
    path,
    `import { parentPort, workerData } from "node:worker_threads";
     import { appendFileSync, readFileSync } from "node:fs";
     const journal = ${JSON.stringify(join(folder, "journal"))};
     appendFileSync(journal, "start ");
     const starts = readFileSync(journal, "utf8").match(/start/g).length;
     if (starts <= ${deaths}) process.exit(3);
     parentPort.once("message", () => setTimeout(() => {
       appendFileSync(journal, "end " + workerData.databaseUrl);
       parentPort.close();
     }, 50));`,
  );
  writeFileSync(join(folder, "journal"), "");
  return pathToFileURL(path);
}

test("a worker that dies is started again until it lives", async () => {
  const defects: unknown[] = [];
  const thread = startWorkerThread({
    databaseUrl: "db",
    entry: writeWorker(2),
    firstPauseMs: 5,
    onDefect: (error) => defects.push(error),
  });
  await vi.waitFor(() => expect(journal()).toBe("start start start "));
  await thread.stop();
  expect(defects).toHaveLength(2);
  expect(String(defects[0])).toContain("ended (3)");
});

test("stopping waits for the work in progress, and nothing is started afterwards", async () => {
  const thread = startWorkerThread({
    databaseUrl: "db",
    entry: writeWorker(0),
    firstPauseMs: 5,
    onDefect: (error) => {
      throw error;
    },
  });
  await vi.waitFor(() => expect(journal()).toBe("start "));
  await thread.stop();
  expect(journal()).toBe("start end db");
});
