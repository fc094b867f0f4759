import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { startWorker } from "@/lib/jobs/worker";

/** "Nice" value: about a tenth of a core where somebody else wants it, a whole one otherwise. */
const MAIL_PRIORITY = 10;

// Runs in a thread of its own (see worker-thread.ts): rendering a hundred mails must not hold up a request.
const { databaseUrl } = workerData as { readonly databaseUrl: string };
yieldToRequests();
const worker = await startWorker({ databaseUrl });

parentPort?.postMessage("started");
parentPort?.once("message", () => {
  void worker.stop().then(() => parentPort?.close());
});

/**
 * On Linux a thread has a priority of its own: where the cores are busy, whoever waits for a page goes before a mail
 * that is being drawn. Elsewhere, or where it is not allowed, both get the same.
 */
function yieldToRequests(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    if (thread > 0) setPriority(thread, MAIL_PRIORITY);
  } catch {
    // No /proc, no threads with names.
  }
}
