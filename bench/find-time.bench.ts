import { v7 as newId } from "uuid";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { insertRows, rangeText } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { suggestTimes } from "@/lib/meetings/core/find-time";
import { soughtOf } from "@/lib/meetings/core/free-busy";
import { listFreeBusy } from "@/lib/meetings/reads/free-busy";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace, OFFICE_HOURS } from "@/lib/testing/factories/workspace";
import { addMinutes, DAY_MS, instantOf, toIso } from "@/lib/time/instant";

const PEOPLE = 20;
const DAYS = 14;
/** Days on either side that are not asked for. */
const AROUND = 60;
const STARTS = [6, 8, 10, 13, 15, 18];
const ROUNDS = 60;
const WARM_UPS = 5;
const LIMIT_MS = 50;

const ZONES = ["Asia/Singapore", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
const FROM = instantOf(Math.floor(Date.now() / DAY_MS) * DAY_MS + 7 * DAY_MS);

/** Six meetings a day of 45 minutes for one person, months long, each claimed. */
async function fill(db: Database, host: Person, index: number): Promise<void> {
  const meetings = Array.from({ length: DAYS + 2 * AROUND }, (_, day) => day - AROUND).flatMap(
    (day) =>
      STARTS.map((hour) => {
        const start = instantOf(FROM + day * DAY_MS + (hour * 60 + index) * 60_000);
        return { id: newId(), start, end: addMinutes(start, 45) };
      }),
  );
  const { workspaceId: workspace_id } = host;
  await insertRows(db, [
    {
      table: "meeting",
      rows: meetings.map(({ id, start, end }) => ({
        workspace_id,
        id,
        host_id: host.id,
        subject: "Review",
        state: "confirmed",
        visibility: "public",
        starts_at: toIso(start),
        ends_at: toIso(end),
        uid: id,
      })),
    },
    {
      table: "meeting_claim",
      rows: meetings.map(({ id, start, end }) => ({
        workspace_id,
        id: newId(),
        resource_id: host.resourceId,
        meeting_id: id,
        during: rangeText({ from: start, to: end }),
        live: true,
      })),
    },
  ]);
}

const row = (name: string, values: readonly number[], limit?: number): BenchRow => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const figure = { name, unit: "ms", median: at(0.5), p95: at(0.95) };
  return limit === undefined ? figure : { ...figure, limit };
};

async function measure(db: Database): Promise<readonly BenchRow[]> {
  const workspaceId = await makeWorkspace(db, { name: "Bench" });
  const people: Person[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    const zone = ZONES[index % ZONES.length] ?? "UTC";
    const person = await makePerson(db, workspaceId, { zone, hours: OFFICE_HOURS });
    await fill(db, person, index);
    people.push(person);
  }
  await db.$executeRaw`ANALYZE meeting, meeting_claim, attendee, app_user, schedule`;
  const window = { from: FROM, to: instantOf(FROM + DAYS * DAY_MS) };
  const asked = {
    workspaceId: workspaceId as WorkspaceId,
    readerId: people[0]?.id as UserId,
    manages: false,
    people: people.map(({ id }) => id),
    rooms: [],
    window,
  };
  const [reads, searches]: [number[], number[]] = [[], []];
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const begun = performance.now();
    const known = await listFreeBusy(db, asked);
    const read = performance.now();
    const found = suggestTimes(
      {
        window,
        now: FROM,
        durationMinutes: 30,
        people: known.people.map((days) => soughtOf(days, true)),
        rooms: [],
      },
      12,
    );
    const done = performance.now();
    if (known.people.length !== PEOPLE || found.length === 0) throw new Error("nothing was found");
    if (round < 0) continue;
    reads.push(read - begun);
    searches.push(done - read);
  }
  const who = `${PEOPLE} people, ${DAYS} days, ${(PEOPLE * DAYS * STARTS.length).toLocaleString("en")} meetings`;
  return [
    row(`when everybody is taken, one statement, ${who}`, reads, LIMIT_MS),
    row(`the best times of these, ${who}`, searches),
  ];
}

/** Finding a time for twenty busy people within two weeks: reading their calendars, and the search itself. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_DEMO: "0", MERIDIAN_WORKER: "0" } });
  const db = openDatabase(databaseUrlOf(server.dataDir), 2);
  try {
    return await measure(db);
  } finally {
    await db.$disconnect();
    await server.dispose();
  }
}
