import { findProcess } from "@/lib/operations/processes";

/** A terminal, npm and a launcher each hand on the same Ctrl-C; only a later one means "now". */
const SAME_SIGNAL_MS = 700;
const PARENT_CHECK_MS = 250;

/** What has to be undone when this process ends, in reverse order of being begun. */
export interface Shutdown {
  /** Adds a step; it is run first. `kill` is its form for a second Ctrl-C, and must not wait. */
  add(stop: () => Promise<void>, kill?: () => void): void;
  /** Runs all steps once. */
  now(): Promise<void>;
  /** Resolves when a signal (or the death of the launcher) has been acted on, with the exit code. */
  readonly finished: Promise<number>;
}

/**
 * Ends this process in order on SIGTERM, SIGINT, SIGHUP, or when `parentPid` is no more; a second signal ends it at
 * once. Signals during a long preparation count too: what was begun until then is undone.
 */
export function listenForShutdown(options: {
  readonly parentPid?: number | undefined;
  readonly say: (line: string) => void;
  readonly exit: (code: number) => void;
}): Shutdown {
  const steps: (() => Promise<void>)[] = [];
  // Kept until the end: the step a second signal comes in the middle of needs its short form most.
  const shortForms: (() => void)[] = [];
  let running: Promise<void> | undefined;
  let begun = 0;
  const { promise: finished, resolve } = Promise.withResolvers<number>();

  const now = () => {
    running ??= (async () => {
      for (let step = steps.pop(); step; step = steps.pop()) {
        await step().catch((error: unknown) => options.say(String(error)));
      }
    })();
    return running;
  };
  const onSignal = (why: string) => {
    if (begun === 0) {
      begun = performance.now();
      options.say(`Stopping (${why}) …`);
      void now().then(() => {
        resolve(0);
        options.exit(0);
      });
    } else if (performance.now() - begun > SAME_SIGNAL_MS) {
      for (const kill of shortForms.reverse()) kill();
      options.exit(130);
    }
  };
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, onSignal);
  const { parentPid } = options;
  if (parentPid !== undefined) {
    setInterval(() => {
      if (!findProcess(parentPid) && begun === 0) onSignal("the launcher is gone");
    }, PARENT_CHECK_MS).unref();
  }
  return {
    add(stop, kill) {
      steps.push(stop);
      if (kill) shortForms.push(kill);
    },
    now,
    finished,
  };
}
