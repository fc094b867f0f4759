import { randomBytes } from "node:crypto";
import { PgBoss } from "pg-boss";
import { test as base } from "vitest";
import { keyRingOf } from "@/lib/crypto/keys";
import { openDatabase } from "@/lib/db/client";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { parseInstant } from "@/lib/time/instant";
import { cloneDatabase } from "./database";

export const at = (iso: string): Instant => {
  const moment = parseInstant(iso);
  if (moment === undefined) throw new Error(`not an instant: ${iso}`);
  return moment;
};

export const NOW = at("2026-11-23T08:00:00Z");

export type House = Deps & {
  readonly databaseUrl: string;
  /** Tokens of every page that was withdrawn so far. */
  readonly withdrawn: string[];
};

/**
 * A test with a real database and queue. One clone per file: tests in a file share rows, so each makes its own
 * workspace instead of counting on an empty table. The clock stands at NOW.
 */
export const test = base.extend<"house", House>(
  "house",
  { scope: "file" },
  async ({}, { onCleanup }): Promise<House> => {
    const { url, drop } = await cloneDatabase();
    const db = openDatabase(url);
    const queue = new PgBoss({
      connectionString: url,
      supervise: false,
      schedule: false,
      migrate: false,
      max: 2,
    });
    await queue.start();
    const withdrawn: string[] = [];
    onCleanup(async () => {
      await queue.stop({ graceful: false });
      await db.$disconnect();
      await drop();
    });
    return {
      db,
      queue,
      now: () => NOW,
      keys: keyRingOf([randomBytes(32)]),
      appUrl: "https://meridian.example",
      senderAddress: "meetings@meridian.example",
      invalidate: async (tokens) => {
        withdrawn.push(...tokens);
      },
      databaseUrl: url,
      withdrawn,
    };
  },
);
