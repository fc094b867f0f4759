import type { Command } from "@/bin/command";
import { say } from "@/bin/terminal";
import { setEnvironment } from "@/lib/env";
import { startWorker } from "@/lib/jobs/worker";
import { openConfiguredDatabase } from "@/lib/operations/open-database";
import { listenForShutdown } from "@/lib/operations/shutdown";

export const command: Command = {
  async run() {
    setEnvironment({ NODE_ENV: "production" });
    const shutdown = listenForShutdown({ say, exit: (code) => process.exit(code) });
    const database = await openConfiguredDatabase({ say, watch: true });
    shutdown.add(
      () => database.close(),
      () => database.kill(),
    );
    try {
      const worker = await startWorker({ databaseUrl: database.url });
      shutdown.add(() => worker.stop());
    } catch (error) {
      await shutdown.now();
      throw error;
    }
    say("The worker runs. Ctrl-C stops it.");
    return shutdown.finished;
  },
};
