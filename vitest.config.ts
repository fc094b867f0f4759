import { defineConfig } from "vitest/config";

const shared = {
  resolve: {
    tsconfigPaths: true,
    // "server-only" throws outside React's server graph; the suites are the server.
    alias: { "server-only": new URL("./lib/testing/server-only.ts", import.meta.url).pathname },
  },
};

// Laws over every zone and date: briefly in the quick suite, with all their cases beside the database.
const LAWS = ["lib/availability/core/slots.{laws,property}.test.ts", "lib/time/offset.test.ts"];

// Neither suite may depend on the server's own zone, so each runs in an unusual one.
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "pure",
          include: ["{lib,components,app,bench,embed}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts"],
          setupFiles: ["lib/testing/quiet-console.ts"],
          // Pure files leave nothing behind, so they share the modules they load: half of the suite's time.
          isolate: false,
          // Every core: the default leaves one idle, which is half of a small machine.
          maxWorkers: "100%",
          // Laws run thousands of cases; a busy machine is slow, not wrong.
          testTimeout: 30_000,
          env: { TZ: "Asia/Kathmandu", MERIDIAN_PROPERTY_SHARE: "0.3" },
        },
      },
      {
        ...shared,
        test: {
          name: "db",
          include: ["lib/**/*.db.test.ts", ...LAWS],
          globalSetup: ["lib/testing/database.ts"],
          setupFiles: ["lib/testing/quiet-console.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          env: { TZ: "America/St_Johns" },
        },
      },
    ],
  },
});
