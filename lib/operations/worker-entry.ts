import { parentPort, workerData } from "node:worker_threads";
import { startWorker } from "@/lib/jobs/worker";

// Runs in a thread of its own (see worker-thread.ts): rendering a hundred mails must not hold up a request.
const { databaseUrl } = workerData as { readonly databaseUrl: string };
const worker = await startWorker({ databaseUrl });

parentPort?.postMessage("started");
parentPort?.once("message", () => {
  void worker.stop().then(() => parentPort?.close());
});
