import { Worker } from "node:worker_threads";

export type ThreadLimits = {
  readonly limitMs: number;
  /** What the thread is started with; absent, as this one was. */
  readonly execArgv?: readonly string[];
};

/**
 * Runs a module in a thread of its own, hands it `input` as its `workerData`, and answers the first message it posts:
 * long computing holds up nobody else's jobs. Throws what the thread throws, and after the limit ends it.
 */
export function runInThread<Answer>(
  entry: URL,
  input: object,
  { limitMs, execArgv }: ThreadLimits,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, {
      workerData: input,
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    });
    const late = setTimeout(() => {
      reject(new Error(`A thread was ended after ${limitMs} ms.`));
      void worker.terminate();
    }, limitMs);
    worker.once("message", (answer: Answer) => {
      resolve(answer);
      void worker.terminate();
    });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      clearTimeout(late);
      // After an answer or an error this says nothing any more.
      reject(new Error(`A thread ended (${code}) without an answer.`));
    });
  });
}
