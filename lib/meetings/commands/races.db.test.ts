import { expect } from "vitest";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { makeSingle, memberOf, tryingSeries } from "@/lib/testing/factories/series";
import type { Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { RACE_ROUNDS } from "@/lib/testing/race-rounds";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, toIso } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { findMeeting, listSeriesMeetings } from "../reads/meeting";
import { meetingChanges, meetingInput } from "../schema";
import { confirmMeeting } from "./answer-request";
import { editMeeting } from "./edit-meeting";
import { editSeries } from "./edit-series";
import { makeMeeting } from "./make-meeting";

const ROUNDS = RACE_ROUNDS;
const LONG = 20_000 + ROUNDS * 1_500;

const NINE = at("2027-02-01T09:00:00Z");
const hour = (place: number): Instant => addMinutes(NINE, place * 60);
const span = (place: number): readonly [string, string] => [
  toIso(hour(place)),
  toIso(hour(place + 1)),
];

async function cast(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben" });
  return { workspaceId, ana, ben };
}

async function drafted(house: House, host: Person, place: number, guest: Person): Promise<Meeting> {
  const [start, end] = span(place);
  const input = meetingInput.parse({
    subject: "Draft",
    start,
    end,
    people: [{ userId: guest.id }],
  });
  const made = await makeMeeting({ actor: memberOf(host), input, confirm: false }, house);
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
}

async function current(house: House, meeting: Meeting): Promise<Meeting> {
  const found = await findMeeting(house.db, meeting);
  if (found === undefined) throw new Error("no meeting");
  return found;
}

const moveTo = (house: House, host: Person, meeting: Meeting, place: number) => {
  const [start, end] = span(place);
  const input = meetingChanges.parse({ start, end });
  return editMeeting({ actor: memberOf(host), meeting, input }, house);
};

/** Every pair of claims that overlap, and every meeting whose claims are not exactly its own. */
async function wrongIn(house: House, workspaceId: string) {
  const [row] = await house.db.$queryRaw<{ overlaps: bigint; adrift: bigint; halves: bigint }[]>`
    SELECT
      (SELECT count(*) FROM meeting_claim a
        JOIN meeting_claim b ON b.workspace_id = a.workspace_id AND b.resource_id = a.resource_id
          AND a.id < b.id AND a.during && b.during AND a.live AND b.live
        WHERE a.workspace_id = ${workspaceId}::uuid) AS overlaps,
      (SELECT count(*) FROM meeting_claim c JOIN meeting m ON m.workspace_id = c.workspace_id AND m.id = c.meeting_id
        WHERE c.workspace_id = ${workspaceId}::uuid
          AND (m.state <> 'confirmed' OR c.during <> tstzrange(m.starts_at, m.ends_at, '[)'))) AS adrift,
      (SELECT count(*) FROM meeting m
        WHERE m.workspace_id = ${workspaceId}::uuid AND m.state = 'confirmed'
          AND (SELECT count(*) FROM meeting_claim c WHERE c.workspace_id = m.workspace_id AND c.meeting_id = m.id)
            <> (SELECT count(*) FROM attendee a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id
              AND a.user_id IS NOT NULL AND a.required AND a.left_at IS NULL)) AS halves`;
  return {
    overlaps: Number(row?.overlaps),
    adrift: Number(row?.adrift),
    halves: Number(row?.halves),
  };
}

const RIGHT = { overlaps: 0, adrift: 0, halves: 0 };

async function deadlocks(house: House): Promise<number> {
  const [row] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT pg_stat_force_next_flush()::text, deadlocks::int AS count
    FROM pg_stat_database WHERE datname = current_database()`;
  return row?.count ?? -1;
}

test("confirm and confirm: of two drafts that overlap one wins, and the other takes nothing", {
  timeout: LONG,
}, async ({ house }) => {
  const { workspaceId, ana, ben } = await cast(house);
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each host asks the other: the same two people, locked from both sides.
    const one = await drafted(house, ana, round, ben);
    const two = await drafted(house, ben, round, ana);
    const results = await Promise.all([
      confirmMeeting({ actor: memberOf(ana), meeting: one }, house),
      confirmMeeting({ actor: memberOf(ben), meeting: two }, house),
    ]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ refusal: "slot-taken" });
  }
  expect(await wrongIn(house, workspaceId)).toEqual(RIGHT);
  expect(await deadlocks(house)).toBe(0);
});

test("two meetings that want each other's time: none is lost, none overlaps", {
  timeout: LONG,
}, async ({ house }) => {
  const { workspaceId, ana, ben } = await cast(house);
  const people = { people: [{ userId: ben.id }] };
  let left = await makeSingle(house, ana, span(0), people);
  let right = await makeSingle(house, ana, span(1), people);
  for (let round = 0; round < ROUNDS; round += 1) {
    const results = await Promise.all([
      moveTo(house, ana, left, right.start === hour(1) ? 1 : 0),
      moveTo(house, ana, right, left.start === hour(0) ? 0 : 1),
    ]);
    // Each stands in the other's way, whoever comes first.
    expect(results.map(({ ok }) => ok)).toEqual([false, false]);
    [left, right] = await Promise.all([current(house, left), current(house, right)]);
    expect([left.start, right.start]).toEqual([hour(0), hour(1)]);
  }
  expect(await wrongIn(house, workspaceId)).toEqual(RIGHT);
  expect(await deadlocks(house)).toBe(0);
});

test("a chain of three, each wanting the place of the next: all that move have moved whole", {
  timeout: LONG,
}, async ({ house }) => {
  const { workspaceId, ana, ben } = await cast(house);
  const people = { people: [{ userId: ben.id }] };
  let chain = await Promise.all(
    [0, 1, 2].map((place) => makeSingle(house, ana, span(place), people)),
  );
  let moves = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = chain.map(({ start }) => start);
    const places = chain.map(({ start }) => Math.round((start - NINE) / 3_600_000));
    const results = await Promise.all(
      chain.map((meeting, index) => moveTo(house, ana, meeting, (places[index] ?? 0) + 1)),
    );
    // The last has nobody before it.
    expect(results.at(-1)?.ok).toBe(true);
    chain = await Promise.all(chain.map((meeting) => current(house, meeting)));
    for (const [index, result] of results.entries()) {
      const moved = addMinutes((before[index] ?? 0) as Instant, 60);
      expect(chain[index]?.start).toBe(result.ok ? moved : before[index]);
      moves += result.ok ? 1 : 0;
    }
  }
  expect(moves).toBeGreaterThanOrEqual(ROUNDS);
  expect(await wrongIn(house, workspaceId)).toEqual(RIGHT);
  expect(await deadlocks(house)).toBe(0);
});

test("a series and a guest who wants one of its dates: the whole series, or the guest", {
  timeout: LONG,
}, async ({ house }) => {
  const { workspaceId, ana, ben } = await cast(house);
  const horizon = { kind: "days", days: 365 };
  const link = await makeLink(house.db, [ana], { duration_minutes: 60, horizon });
  let series = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = addMinutes(NINE, (round % 20) * 60 + Math.floor(round / 20) * 5 * 1_440);
    const wanted = addMinutes(start, (round % 5) * 1_440);
    const [made, booked] = await Promise.all([
      tryingSeries(house, ana, {
        rule: "FREQ=DAILY;COUNT=5",
        zone: "UTC",
        meeting: {
          start: toIso(start),
          end: toIso(addMinutes(start, 60)),
          people: [{ userId: ben.id }],
        },
      }),
      bookMeeting(
        {
          linkToken: link.token,
          input: bookingInput.parse({
            start: toIso(wanted),
            zone: "UTC",
            name: "Racer",
            email: `racer-${round}@kaminari.example`,
          }),
        },
        house,
      ),
    ]);
    expect([made.ok, booked.ok].filter(Boolean)).toHaveLength(1);
    if (made.ok) {
      series += 1;
      const dates = await listSeriesMeetings(
        house.db,
        made.value.series.workspaceId,
        made.value.series.id,
      );
      expect(dates.filter(({ state }) => state === "confirmed")).toHaveLength(5);
    } else expect(made.refusal).toMatchObject({ reason: "conflict", dates: [{ at: wanted }] });
  }
  expect(series).toBeLessThanOrEqual(ROUNDS);
  expect(await house.db.meeting.count({ where: { workspaceId } })).toBe(
    series * 5 + ROUNDS - series,
  );
  expect(await wrongIn(house, workspaceId)).toEqual(RIGHT);
  expect(await deadlocks(house)).toBe(0);
});

test("a series that moves as a whole while one of its dates is moved: one of the two, whole", {
  timeout: LONG,
}, async ({ house }) => {
  const { workspaceId, ana, ben } = await cast(house);
  const made = await tryingSeries(house, ana, {
    rule: "FREQ=DAILY;COUNT=6",
    meeting: { people: [{ userId: ben.id }] },
  });
  if (!made.ok) throw new Error(made.refusal.reason);
  const { series } = made.value;
  const read = () => listSeriesMeetings(house.db, series.workspaceId, series.id);
  for (let round = 0; round < Math.ceil(ROUNDS / 4); round += 1) {
    const dates = await read();
    const [first, second] = dates;
    if (!(first && second)) throw new Error("too few");
    const by = round % 2 === 0 ? 30 : -30;
    const shifted = (meeting: Meeting, minutes: number) =>
      meetingChanges.parse({
        start: toIso(addMinutes(meeting.start as Instant, minutes)),
        end: toIso(addMinutes(meeting.end as Instant, minutes)),
      });
    const actor = memberOf(ana);
    const results = await Promise.all([
      editSeries({ actor, meeting: first, scope: "all", input: shifted(first, by) }, house),
      editMeeting({ actor, meeting: second, input: shifted(second, 90 * (by / 30)) }, house),
    ]);
    expect(results.some(({ ok }) => ok)).toBe(true);
    const after = await read();
    expect(after).toHaveLength(6);
    if (results[0].ok) {
      const moved = after.filter(({ series: own }) => own?.detached !== true);
      for (const date of moved) expect(date.start).toBe(date.series?.recurrenceStart);
    }
  }
  expect(await wrongIn(house, workspaceId)).toEqual(RIGHT);
  expect(await deadlocks(house)).toBe(0);
});
