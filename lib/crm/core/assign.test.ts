import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMinutes, instantOf, parseInstant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Floor, Taker } from "./assign";
import { assign } from "./assign";
import type { AssignmentRule, RuledLead } from "./assignment-rule";
import { assignmentConditions, takes } from "./assignment-rule";
import type { DailyHours } from "./business-time";
import type { Seat } from "./turn";
import { nextTurn } from "./turn";

const NOW = parseInstant("2026-11-23T08:00:00Z") ?? instantOf(0);
const TEAM = "team";

const taker = (userId: string, given: Partial<Taker> = {}): Taker => ({
  userId,
  name: userId.toUpperCase(),
  sells: true,
  takesLeads: true,
  capacity: null,
  openLeads: 0,
  awayUntil: null,
  ...given,
});

const seat = (userId: string, weight = 1, position = 0): Seat => ({
  userId,
  weight,
  credit: 0,
  position,
});

const floorOf = (
  takers: readonly Taker[],
  seats: readonly Seat[] = takers.map(({ userId }, position) => seat(userId, 1, position)),
  hours: readonly DailyHours[] = [],
): Floor => ({
  takers: new Map(takers.map((one) => [one.userId, one])),
  teams: new Map([
    [
      TEAM,
      {
        id: TEAM,
        name: "East",
        works: { zone: "Europe/Berlin" as TimeZone, hours, holidays: new Set() },
        seats,
      },
    ],
  ]),
});

const rule = (given: Partial<AssignmentRule> = {}): AssignmentRule => ({
  id: "r",
  name: "Everything",
  position: 0,
  active: true,
  conditions: {},
  teamId: TEAM,
  personId: null,
  inHours: false,
  version: 1,
  ...given,
});

const lead: RuledLead = {
  id: "l",
  kind: "lead",
  sourceId: null,
  country: "ID",
  industry: "Retail",
  baseMinor: 500_000,
  email: "wati@mail.example.co.id",
  teamId: null,
};

/** Who is given each of so many leads, one after the other. */
function deal(floor: Floor, rules: readonly AssignmentRule[], count: number): (string | null)[] {
  const owners: (string | null)[] = [];
  let at = floor;
  for (let turn = 0; turn < count; turn += 1) {
    const given = assign(lead, rules, at, NOW);
    owners.push(given?.assignment.ownerId ?? null);
    at = given?.floor ?? at;
  }
  return owners;
}

const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 10 });

test("after any number of turns everybody is within one turn of their share", () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 400 }), (shares, turns) => {
      let seats = shares.map((weight, position) => seat(`p${position}`, weight, position));
      const round = shares.reduce((sum, weight) => sum + weight, 0);
      const had = new Map<string, number>();
      for (let turn = 1; turn <= turns; turn += 1) {
        const next = nextTurn(seats);
        if (next === undefined) return false;
        had.set(next.seat.userId, (had.get(next.seat.userId) ?? 0) + 1);
        seats = seats.map((one) => ({ ...one, credit: next.credits.get(one.userId) ?? 0 }));
        const fair = seats.every(
          ({ userId, weight }) =>
            Math.abs((had.get(userId) ?? 0) - (turn * weight) / round) < 1 + 1e-9,
        );
        if (!fair) return false;
      }
      return true;
    }),
    { numRuns: 300 },
  );
});

test("the order in which members are listed changes nothing, and the same floor gives the same answer", () => {
  fc.assert(
    fc.property(weights, fc.integer(), (shares, seed) => {
      const takers = shares.map((_, at) => taker(`p${at}`));
      const seats = shares.map((weight, at) => seat(`p${at}`, weight, at % 3));
      const shuffled = [...seats].sort(
        (a, b) => ((a.weight * 31 + seed) % 7) - ((b.weight * 31 + seed) % 7),
      );
      const first = deal(floorOf(takers, seats), [rule()], 40);
      expect(deal(floorOf(takers, shuffled), [rule()], 40)).toEqual(first);
    }),
    { numRuns: 50 },
  );
});

test("nobody is given more than their capacity, whatever the weights; when all are full the lead waits", () => {
  const people = fc.array(
    fc.record({
      weight: fc.integer({ min: 0, max: 9 }),
      capacity: fc.option(fc.integer({ min: 0, max: 12 })),
      openLeads: fc.integer({ min: 0, max: 15 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(people, (given) => {
      const takers = given.map(({ capacity, openLeads }, at) =>
        taker(`p${at}`, { capacity, openLeads }),
      );
      const seats = given.map(({ weight }, at) => seat(`p${at}`, weight, at));
      const owners = deal(floorOf(takers, seats), [rule()], 60);
      for (const [at, { weight, capacity, openLeads }] of given.entries()) {
        const got = owners.filter((owner) => owner === `p${at}`).length;
        const room =
          capacity === null ? Number.POSITIVE_INFINITY : Math.max(0, capacity - openLeads);
        expect(got).toBeLessThanOrEqual(weight === 0 ? 0 : room);
      }
      const roomFor = ({ weight, capacity, openLeads }: (typeof given)[number]): number => {
        if (weight === 0) return 0;
        return capacity === null ? 60 : Math.max(0, capacity - openLeads);
      };
      const room = given.reduce((sum, one) => sum + roomFor(one), 0);
      expect(owners.filter((owner) => owner !== null)).toHaveLength(Math.min(60, room));
    }),
    { numRuns: 200 },
  );
});

test("who was away comes back to their share, and not to everything they missed", () => {
  const both = [taker("a"), taker("b")];
  let at = floorOf([taker("a"), taker("b", { awayUntil: addMinutes(NOW, 60) })]);
  for (let turn = 0; turn < 20; turn += 1) at = assign(lead, [rule()], at, NOW)?.floor ?? at;
  const back = { ...at, takers: floorOf(both).takers };
  const owners = deal(back, [rule()], 10);
  expect(owners.filter((owner) => owner === "b")).toHaveLength(5);
});

describe("the reason", () => {
  test("says the rule, the share and the load, and everybody else with what spoke against them", () => {
    const takers = [
      taker("ana", { capacity: 40, openLeads: 14 }),
      taker("ben", { awayUntil: parseInstant("2026-12-03T07:00:00Z") ?? NOW }),
      taker("cy", { capacity: 5, openLeads: 5 }),
      taker("dee", { takesLeads: false }),
      taker("eve", { sells: false }),
      taker("fay"),
      taker("gus"),
    ];
    const seats = [2, 2, 1, 1, 1, 0, 3].map((weight, at) =>
      seat(takers[at]?.userId ?? "", weight, at),
    );
    const given = assign(lead, [rule({ name: "Indonesia" })], floorOf(takers, seats), NOW);
    expect(given?.assignment).toMatchObject({ ownerId: "gus", ruleId: "r", teamId: TEAM });
    expect(given?.assignment.reason).toBe("Rule ‘Indonesia’: next in turn: weight 3 of 5, 0 open");
    expect(given?.assignment.considered.map(({ name, why }) => `${name} ${why}`)).toEqual([
      "ANA weight 2 of 5, 14 of 40 open",
      "BEN is away until Thu 3 Dec, 08:00",
      "CY is full: 5 of 5 open",
      "DEE takes no leads",
      "EVE has no part in sales",
      "FAY has no share",
      "GUS next in turn: weight 3 of 5, 0 open",
    ]);
  });

  test("a rule's own person is taken, and while they are away the team is, in turn", () => {
    const always = rule({ name: "Key accounts", personId: "b" });
    const given = (away: Partial<Taker>) =>
      assign(lead, [always], floorOf([taker("a"), taker("b", away)]), NOW)?.assignment;
    expect(given({})).toMatchObject({
      ownerId: "b",
      reason: "Rule ‘Key accounts’: always B, 0 open",
    });
    expect(given({ takesLeads: false })).toMatchObject({
      ownerId: "a",
      reason: "Rule ‘Key accounts’: B takes no leads; next in turn: weight 1 of 1, 0 open",
    });
  });

  test("outside working hours the lead waits for them, and says until when", () => {
    const office = [1, 2, 3, 4, 5].map((day) => ({
      day: day as 1,
      fromMinute: 540,
      toMinute: 1020,
    }));
    const floor = floorOf([taker("a")], undefined, office);
    const sunday = parseInstant("2026-11-22T12:00:00Z") ?? NOW;
    const waits = assign(lead, [rule({ inHours: true })], floor, sunday)?.assignment;
    expect(waits).toMatchObject({
      ownerId: null,
      reason: "Rule ‘Everything’: waits for working hours, East works again Mon 23 Nov, 09:00",
    });
    expect(assign(lead, [rule()], floor, sunday)?.assignment.ownerId).toBe("a");
    expect(
      assign(lead, [rule({ inHours: true })], floor, addMinutes(NOW, 1))?.assignment.reason,
    ).toBe("Rule ‘Everything’: next in turn: weight 1 of 1, 0 open, within working hours");
  });
});

test("the first rule in their order that takes the lead decides, and none decides nothing", () => {
  const floor = floorOf([taker("a"), taker("b")]);
  const rules = [
    rule({ id: "2", position: 2, personId: "a" }),
    rule({ id: "1", position: 1, personId: "b", conditions: { countries: ["ID"] } }),
    rule({ id: "0", position: 0, personId: "a", active: false }),
    rule({ id: "-", position: 0, personId: "a", conditions: { countries: ["DE"] } }),
  ];
  expect(assign(lead, rules, floor, NOW)?.assignment).toMatchObject({ ownerId: "b", ruleId: "1" });
  expect(assign(lead, [], floor, NOW)).toBeUndefined();
  expect(assign({ ...lead, teamId: TEAM }, [], floor, NOW)?.assignment).toMatchObject({
    ownerId: "a",
    ruleId: null,
  });
});

test("conditions look at source, country, industry, kind, amount and the address's domain", () => {
  const ask = (conditions: unknown) => takes(assignmentConditions.parse(conditions), lead);
  expect(ask({})).toBe(true);
  expect(ask({ countries: ["id"], industries: ["retail"], kinds: ["lead"] })).toBe(true);
  expect(ask({ kinds: ["opportunity"] })).toBe(false);
  expect(ask({ minAmountMinor: 500_000 })).toBe(true);
  expect(ask({ minAmountMinor: 500_001 })).toBe(false);
  expect(ask({ emailDomains: ["@example.co.id"] })).toBe(true);
  expect(ask({ emailDomains: ["ample.co.id"] })).toBe(false);
  expect(ask({ sources: ["0198c000-0000-7000-8000-000000000000"] })).toBe(false);
  expect(assignmentConditions.safeParse({ cities: ["x"] }).success).toBe(false);
});
