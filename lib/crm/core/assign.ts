import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { AssignmentRule, RuledLead } from "./assignment-rule";
import { ruleFor } from "./assignment-rule";
import type { WorkingHours } from "./business-time";
import { isWorking, nextOpening } from "./business-time";
import type { Seat } from "./turn";
import { nextTurn } from "./turn";

/** Somebody who could be given leads, as they stand at this moment. */
export type Taker = {
  readonly userId: string;
  readonly name: string;
  /** Has an account that works and a part in sales. */
  readonly sells: boolean;
  readonly takesLeads: boolean;
  /** Open leads and opportunities at most; null: no limit. */
  readonly capacity: number | null;
  readonly openLeads: number;
  /** Null: not away. */
  readonly awayUntil: Instant | null;
};

export type TakingTeam = {
  readonly id: string;
  readonly name: string;
  readonly works: WorkingHours;
  readonly seats: readonly Seat[];
};

/** Everybody and every team as they stand; each assignment makes the next floor. */
export type Floor = {
  readonly takers: ReadonlyMap<string, Taker>;
  readonly teams: ReadonlyMap<string, TakingTeam>;
};

/** One who was considered, and what spoke for or against them, in words. */
export type Considered = {
  readonly userId: string;
  readonly name: string;
  readonly outcome: "chosen" | "later" | "cannot";
  readonly why: string;
};

export type Assignment = {
  readonly teamId: string;
  readonly ruleId: string | null;
  readonly reason: string;
  readonly considered: readonly Considered[];
  /** Null: nobody can take it now. */
  readonly ownerId: string | null;
};

const load = ({ openLeads, capacity }: Taker): string =>
  capacity === null ? `${openLeads} open` : `${openLeads} of ${capacity} open`;

/** Why somebody cannot be given anything now; undefined when they can. */
function whyNot(taker: Taker | undefined, { zone }: WorkingHours): string | undefined {
  if (taker === undefined || !taker.sells) return "has no part in sales";
  if (!taker.takesLeads) return "takes no leads";
  if (taker.awayUntil !== null) {
    const reader = { zone, locale: "en", hourCycle: 24 } as const;
    return `is away until ${formatDateShort(taker.awayUntil, reader)}, ${formatTime(taker.awayUntil, reader)}`;
  }
  if (taker.capacity !== null && taker.openLeads >= taker.capacity)
    return `is full: ${load(taker)}`;
  return undefined;
}

const nameIn = (floor: Floor, userId: string): string =>
  floor.takers.get(userId)?.name ?? "Somebody";

type Round = {
  readonly chosen: Seat | undefined;
  readonly credits: ReadonlyMap<string, number>;
  readonly considered: readonly Considered[];
};

/** A turn of the team: everybody is looked at, whoever can and has a share takes part. */
function turnOf(team: TakingTeam, floor: Floor): Round {
  const against = new Map(
    team.seats.map(({ userId, weight }) => [
      userId,
      whyNot(floor.takers.get(userId), team.works) ?? (weight === 0 ? "has no share" : undefined),
    ]),
  );
  const able = team.seats.filter(({ userId }) => against.get(userId) === undefined);
  const turn = nextTurn(able);
  const round = able.reduce((sum, { weight }) => sum + weight, 0);
  const considered = [...team.seats]
    .sort((a, b) => a.position - b.position || (a.userId < b.userId ? -1 : 1))
    .map((seat): Considered => {
      const taker = floor.takers.get(seat.userId);
      const who = { userId: seat.userId, name: nameIn(floor, seat.userId) };
      const why = against.get(seat.userId);
      if (why !== undefined) return { ...who, outcome: "cannot", why };
      const words = `weight ${seat.weight} of ${round}, ${taker === undefined ? "" : load(taker)}`;
      return turn?.seat.userId === seat.userId
        ? { ...who, outcome: "chosen", why: `next in turn: ${words}` }
        : { ...who, outcome: "later", why: words };
    });
  return { chosen: turn?.seat, credits: turn?.credits ?? new Map(), considered };
}

/** The floor after somebody was given one more. */
function after(
  floor: Floor,
  team: TakingTeam,
  given: { ownerId: string; credits: Round["credits"] },
): Floor {
  const taker = floor.takers.get(given.ownerId);
  const takers =
    taker === undefined
      ? floor.takers
      : new Map(floor.takers).set(taker.userId, { ...taker, openLeads: taker.openLeads + 1 });
  const seats = team.seats.map((seat) => ({
    ...seat,
    credit: given.credits.get(seat.userId) ?? seat.credit,
  }));
  return { takers, teams: new Map(floor.teams).set(team.id, { ...team, seats }) };
}

/** The rule's own person, when it names one who can take the lead. */
function personOf(
  rule: Pick<AssignmentRule, "personId">,
  team: TakingTeam,
  floor: Floor,
): { readonly can: Taker | undefined; readonly why: string | undefined } {
  if (rule.personId === null) return { can: undefined, why: undefined };
  const taker = floor.takers.get(rule.personId);
  const why = whyNot(taker, team.works);
  return why === undefined
    ? { can: taker, why: undefined }
    : { can: undefined, why: `${nameIn(floor, rule.personId)} ${why}` };
}

type Way = Pick<AssignmentRule, "personId" | "inHours"> & {
  readonly ruleId: string | null;
  readonly called: string;
};

function closedUntil(team: TakingTeam, now: Instant): string {
  const opens = nextOpening(team.works, now);
  if (opens === undefined) return "does not work";
  const reader = { zone: team.works.zone, locale: "en", hourCycle: 24 } as const;
  return `works again ${formatDateShort(opens, reader)}, ${formatTime(opens, reader)}`;
}

function giveTo(
  team: TakingTeam,
  way: Way,
  floor: Floor,
  now: Instant,
): { readonly assignment: Assignment; readonly floor: Floor } {
  const from = { teamId: team.id, ruleId: way.ruleId };
  if (way.inHours && !isWorking(team.works, now)) {
    const reason = `${way.called}: waits for working hours, ${team.name} ${closedUntil(team, now)}`;
    return { assignment: { ...from, ownerId: null, reason, considered: [] }, floor };
  }
  const named = personOf(way, team, floor);
  if (named.can !== undefined) {
    const { userId, name } = named.can;
    const reason = `${way.called}: always ${name}, ${load(named.can)}`;
    const considered = [{ userId, name, outcome: "chosen" as const, why: "named by the rule" }];
    return {
      assignment: { ...from, ownerId: userId, reason, considered },
      floor: after(floor, team, { ownerId: userId, credits: new Map() }),
    };
  }
  const { chosen, credits, considered } = turnOf(team, floor);
  const instead = named.why === undefined ? "" : `${named.why}; `;
  if (chosen === undefined) {
    const why = team.seats.length === 0 ? "has no members" : "has nobody who can take it";
    const reason = `${way.called}: ${instead}waits, ${team.name} ${why}`;
    return { assignment: { ...from, ownerId: null, reason, considered }, floor };
  }
  const ownerId = chosen.userId;
  const why = considered.find(({ userId }) => userId === ownerId)?.why ?? "next in turn";
  const hours = way.inHours ? ", within working hours" : "";
  const reason = `${way.called}: ${instead}${why}${hours}`;
  return {
    assignment: { ...from, ownerId, reason, considered },
    floor: after(floor, team, { ownerId, credits }),
  };
}

/**
 * Who is given this lead, with the reason in words and everybody who was considered; or, with ownerId null, why it waits.
 * The first rule that takes the lead decides. Without one, a lead that names its team is the team's next turn, and any
 * other is nobody's: undefined. Pure and deterministic: the same floor and the same order give the same answer.
 */
export function assign(
  lead: RuledLead,
  rules: readonly AssignmentRule[],
  floor: Floor,
  now: Instant,
): { readonly assignment: Assignment; readonly floor: Floor } | undefined {
  const rule = ruleFor(rules, lead);
  const team = floor.teams.get(rule?.teamId ?? lead.teamId ?? "");
  if (team === undefined) return undefined;
  const way: Way =
    rule === undefined
      ? { personId: null, inHours: false, ruleId: null, called: `Team ‘${team.name}’` }
      : { ...rule, ruleId: rule.id, called: `Rule ‘${rule.name}’` };
  return giveTo(team, way, floor, now);
}
