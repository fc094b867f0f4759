import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium =
  process.env.MERIDIAN_CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);

const ALONE = [
  "**/torture.spec.ts",
  "**/kill.spec.ts",
  "**/two-nodes.spec.ts",
  "**/launch.spec.ts",
];

// The address is known once e2e/fixtures/server.ts has started the server; workers read this file again after that.
export default defineConfig({
  testDir: "e2e/journeys",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/server.ts",
  outputDir: "test-results",
  workers: 2,
  projects: [
    { name: "journeys", testIgnore: ALONE },
    // Load and kills are about a machine that does nothing else, and would disturb what runs beside them.
    { name: "alone", testMatch: ALONE, dependencies: ["journeys"], workers: 1 },
  ],
  fullyParallel: false,
  // A test that passes the second time is a bug found.
  retries: 0,
  forbidOnly: true,
  // A slow machine is no failure; what waits for something has a deadline of its own.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...(process.env.MERIDIAN_E2E_URL ? { baseURL: process.env.MERIDIAN_E2E_URL } : {}),
    locale: "en-GB",
    timezoneId: "Asia/Tokyo",
    viewport: { width: 1366, height: 900 },
    // Without a film of the screen, which takes a quarter of a browser's time; a failure has its last picture.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // As root there is no sandbox; the rest keeps a closed network from being asked for updates.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
