import { defineConfig } from "vitest/config";

const shared = {
  resolve: {
    tsconfigPaths: true,
    // "server-only" throws outside React's server graph; the suites are the server.
    alias: { "server-only": new URL("./lib/testing/server-only.ts", import.meta.url).pathname },
  },
};

// Neither suite may depend on the server's own zone, so each runs in an unusual one.
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "pure",
          include: ["{lib,components,app,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts"],
          setupFiles: ["lib/testing/quiet-console.ts"],
          // Pure files leave nothing behind, so they share the modules they load: half of the suite's time.
          isolate: false,
          // Laws run thousands of cases; a busy machine is slow, not wrong.
          testTimeout: 30_000,
          env: { TZ: "Asia/Kathmandu" },
        },
      },
      {
        ...shared,
        test: {
          name: "db",
          include: ["lib/**/*.db.test.ts"],
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
