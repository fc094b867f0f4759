import { Worker } from "node:worker_threads";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** After this long a thread was well, and its next death starts from the shortest pause again. */
const WELL_AFTER_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

export interface WorkerThreadOptions {
  readonly databaseUrl: string;
  /** Module that runs in the thread: posts "started", and ends after any message to it. */
  readonly entry?: URL;
  readonly firstPauseMs?: number;
  readonly onDefect: (error: unknown) => void;
}

/** A job worker in a thread of this process. */
export interface WorkerThread {
  /** Finishes the jobs in progress, within 30 s. */
  stop(): Promise<void>;
}

/** Starts the job worker in a thread with its own event loop, and again whenever it dies. */
export function startWorkerThread(options: WorkerThreadOptions): WorkerThread {
  const entry = options.entry ?? new URL("./worker-entry.ts", import.meta.url);
  const firstPause = options.firstPauseMs ?? FIRST_PAUSE_MS;
  let pause = firstPause;
  let stopping = false;
  let again: NodeJS.Timeout | undefined;
  let current: Worker | undefined;

  const begin = () => {
    const begun = performance.now();
    const worker = new Worker(entry, { workerData: { databaseUrl: options.databaseUrl } });
    current = worker;
    worker.on("error", options.onDefect);
    worker.on("exit", (code) => {
      current = undefined;
      if (stopping) return;
      if (performance.now() - begun > WELL_AFTER_MS) pause = firstPause;
      options.onDefect(
        new Error(`The job worker ended (${code}); starting it again in ${pause} ms.`),
      );
      again = setTimeout(begin, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  begin();

  return {
    async stop() {
      stopping = true;
      clearTimeout(again);
      const worker = current;
      if (!worker) return;
      const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      worker.postMessage("stop");
      const hard = setTimeout(() => void worker.terminate(), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}
