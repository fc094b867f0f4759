import { parentPort, workerData } from "node:worker_threads";
import type { Calculation } from "../core/calculation";
import { calculate } from "../core/calculation";

// Runs in a thread of its own (lib/jobs/thread.ts).
parentPort?.postMessage(calculate(workerData as Calculation));
