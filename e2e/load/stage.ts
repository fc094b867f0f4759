import { openDatabase } from "@/lib/db/client";
import type { Link, Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";
import type { Target } from "./guests";

/** One host with three links, and the starts they fight for. */
export type Stage = {
  readonly workspaceId: string;
  readonly host: Person;
  /** 30 minutes: most of the crowd. */
  readonly hot: Link;
  readonly quarter: Link;
  readonly hour: Link;
  readonly targets: readonly Target[];
  /** Starts no target uses, a quarter of an hour apart, epoch milliseconds. */
  readonly spareStarts: readonly number[];
};

const GRID_MS = 15 * MINUTE_MS;

const gridFrom = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index * GRID_MS);

/**
 * Sets up one host, open around the clock, behind links of 15, 30 and 60 minutes on one grid of quarters of an hour.
 * `contested` is how many neighbouring starts the crowd fights for.
 */
export async function setStage(databaseUrl: string, contested = 48): Promise<Stage> {
  const db = openDatabase(databaseUrl, 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Torture" });
    const host = await makePerson(db, workspaceId);
    const link = (duration_minutes: number) =>
      makeLink(db, [host], { duration_minutes, interval_minutes: 15 });
    const [quarter, hot, hour] = [await link(15), await link(30), await link(60)];
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const starts = gridFrom(today + 3 * DAY_MS, contested);
    return {
      workspaceId,
      host,
      hot,
      quarter,
      hour,
      targets: [
        { token: hot.token, weight: 6, starts },
        { token: quarter.token, weight: 2, starts },
        { token: hour.token, weight: 2, starts },
      ],
      spareStarts: gridFrom(today + 10 * DAY_MS, 96 * 4),
    };
  } finally {
    await db.$disconnect();
  }
}
