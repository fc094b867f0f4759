import type { LeadPatch, Stage } from "@/lib/crm/core/lead";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Dice } from "./dice";
import type { Draft } from "./life-draft";
import { amountOf, dayOf, step } from "./life-draft";
import type { SalesWorld } from "./world";

/** Where in its course a deal enters each stage. */
const ENTERS = [0, 0.16, 0.36, 0.56, 0.76, 0.91];
/** Nobody closes at the weekend: the Friday before, or the Monday after. */
function onAWorkday(moment: number): number {
  const weekday = new Date(moment).getUTCDay();
  if (weekday === 6) return moment - DAY_MS;
  return weekday === 0 ? moment + DAY_MS : moment;
}

export function answer(draft: Draft): void {
  const { dice, seller, birth, world } = draft;
  const recent = world.now - birth.createdAt < 2 * DAY_MS;
  if (birth.ownerId === null && recent && dice.chance(0.5)) return;
  if (birth.ownerId === null) {
    const at = birth.createdAt + dice.logNormal(4, 1) * MINUTE_MS;
    const patch = {
      ownerId: seller.id,
      teamId: draft.team.id,
      assignedAt: instantOf(Math.floor(at)),
    };
    if (!step(draft, at, null, patch)) return;
  }
  if (dice.chance(0.035 * seller.slow)) return;
  const minutes = Math.max(3, dice.logNormal(4.1, 0.95) * seller.slow);
  const at = (draft.steps.at(-1)?.at ?? birth.createdAt) + minutes * 2.2 * MINUTE_MS;
  step(draft, at, seller.id, {
    firstResponseAt: instantOf(Math.floor(at)),
    responseMinutes: Math.round(minutes),
  });
}

/** Ends as a lead: junk soon, or given up after some weeks. Whether it did, or will. */
export function endsAsLead(draft: Draft): boolean {
  const { dice, world, birth, quality, seller } = draft;
  const after = (days: number) => onAWorkday(birth.createdAt + days * DAY_MS);
  const close = (at: number, status: "junked" | "lost", reasons: SalesWorld["lostReasons"]) => {
    const moment = instantOf(Math.floor(Math.max(at, draft.steps.at(-1)?.at ?? birth.createdAt)));
    step(draft, moment, seller.id, {
      status,
      closedAt: moment,
      lostReasonId: dice.pick(reasons).id,
    });
  };
  if (dice.chance(quality.junk)) {
    close(after(dice.logNormal(0.2, 0.9)), "junked", world.junkReasons);
    return true;
  }
  if (dice.chance(quality.converts * (0.55 + 0.8 * seller.skill))) return false;
  if (dice.chance(0.93)) close(after(12 + dice.logNormal(3, 0.6)), "lost", world.lostReasons);
  return true;
}

const enter = (stage: Stage, at: Instant): LeadPatch => ({
  pipelineId: stage.pipelineId,
  stageId: stage.id,
  stageType: stage.type,
  stageEnteredAt: at,
});

function become(draft: Draft, first: Stage, at: number, expected: number): boolean {
  const { birth, seller } = draft;
  if (birth.kind === "opportunity") return true;
  const moment = instantOf(Math.floor(Math.max(at, draft.steps.at(-1)?.at ?? 0)));
  return step(draft, moment, seller.id, {
    kind: "opportunity",
    convertedAt: moment,
    opportunityAt: moment,
    ...enter(first, moment),
    ...(birth.amountMinor === null && draft.dice.chance(0.95)
      ? { amountMinor: amountOf(draft) }
      : {}),
    expectedClose: dayOf(expected),
  });
}

type Course = {
  readonly from: number;
  readonly length: number;
  readonly wins: boolean;
  readonly expected: number;
};

export function courseOf({ dice, birth, quality, seller }: Draft): Course {
  const wins = dice.chance(Math.min(0.86, 0.52 * seller.skill * quality.lift));
  const cycle = Math.max(9, dice.logNormal(3.78, 0.5));
  const days = wins ? cycle : cycle * (1.25 + 0.6 * dice.next());
  const from =
    birth.kind === "opportunity"
      ? birth.createdAt
      : birth.createdAt + dice.logNormal(1.35, 0.75) * DAY_MS;
  const length = onAWorkday(from + days * DAY_MS) - from;
  const hopeful = dice.chance(0.12) ? -24 - 20 * dice.next() : 6;
  return { from, length, wins, expected: from + length + (dice.normal() * 9 + hopeful) * DAY_MS };
}

/** Slips of the close, new amounts, new hands: what changes on the way, by the moment it does. */
function incidents(
  draft: Draft,
  { from, length, expected }: Course,
): (readonly [at: number, patch: LeadPatch])[] {
  const { dice, team } = draft;
  const found: [number, LeadPatch][] = [];
  let day = expected;
  for (
    let slips = Math.floor(dice.next() * (length > 75 * DAY_MS ? 4.4 : 1.6));
    slips > 0;
    slips -= 1
  ) {
    day += dice.whole(7, 35) * DAY_MS;
    found.push([from + length * (0.35 + 0.6 * dice.next()), { expectedClose: dayOf(day) }]);
  }
  if (dice.chance(0.34)) {
    const amountMinor = amountOf(draft);
    found.push([from + length * (0.3 + 0.5 * dice.next()), { amountMinor }]);
  }
  if (dice.chance(0.06)) {
    found.push([from + length * dice.next(), { ownerId: dice.pick(team.sellers).id }]);
  }
  if (dice.chance(0.08)) {
    found.push([from + length * dice.next(), { probabilityManual: dice.whole(2, 18) * 5 }]);
  }
  return found;
}

/** Moves through the stages, skipping one now and then; what changes nothing when its time comes is left out. */
export function runCourse(draft: Draft, course: Course): void {
  const { dice, world, seller } = draft;
  const open = world.stages.filter(({ type }) => type === "open");
  const [first] = open;
  if (first === undefined || !become(draft, first, course.from, course.expected)) return;
  const stopsAt = course.wins ? open.length : dice.whole(1, open.length);
  const moves = open.slice(1, stopsAt).flatMap((stage, index): (readonly [number, Stage])[] => {
    const share = (ENTERS[index + 1] ?? 0.95) * (0.85 + 0.15 * dice.next());
    return dice.chance(0.1) ? [] : [[course.from + course.length * share, stage]];
  });
  const events = [
    ...moves.map(([at, stage]) => ({ at, patchAt: (moment: Instant) => enter(stage, moment) })),
    ...incidents(draft, course).map(([at, patch]) => ({ at, patchAt: () => patch })),
  ].sort((a, b) => a.at - b.at);
  let owner: string | null = seller.id;
  for (const { at, patchAt } of events) {
    const moment = instantOf(
      Math.floor(Math.max(at, draft.steps.at(-1)?.at ?? draft.birth.createdAt)),
    );
    const patch = patchAt(moment);
    if (patch.ownerId !== undefined && patch.ownerId === owner) continue;
    if (!step(draft, moment, owner, patch)) return;
    if (patch.ownerId !== undefined) owner = patch.ownerId;
  }
  closeDeal(draft, course, owner);
}

function closeDeal(draft: Draft, { from, length, wins }: Course, owner: string | null): void {
  const { world, dice } = draft;
  const type = wins ? "won" : "lost";
  const last = world.stages.find((stage) => stage.type === type);
  if (last === undefined) return;
  const at = instantOf(Math.floor(Math.max(from + length, draft.steps.at(-1)?.at ?? 0)));
  step(draft, at, owner, {
    status: type,
    closedAt: at,
    ...enter(last, at),
    ...(wins ? {} : { lostReasonId: reasonOf(world, dice) }),
  });
}

/** Early reasons in a workspace's list are the usual ones. */
const reasonOf = ({ lostReasons }: SalesWorld, dice: Dice): string =>
  lostReasons[Math.floor(dice.next() ** 1.6 * lostReasons.length)]?.id ?? dice.pick(lostReasons).id;
