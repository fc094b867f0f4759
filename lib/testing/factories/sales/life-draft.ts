import type { Lead, LeadPatch } from "@/lib/crm/core/lead";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Dice } from "./dice";
import type { SalesWorld, Seller, SellingTeam } from "./world";

export type Birth = Omit<Lead, "number" | "baseMinor">;

/** One change of a lead, by whom; every step is its next version. */
export type Step = {
  readonly at: Instant;
  readonly actorId: string | null;
  readonly patch: LeadPatch;
};

export type MadeActivity = {
  readonly id: string;
  readonly kind: "call" | "mail" | "meeting" | "task";
  readonly subject: string;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  readonly minutes: number | null;
  readonly direction: "in" | "out" | null;
  readonly assigneeId: string | null;
  readonly createdAt: Instant;
};

/** What happens to one lead: how it came, what was changed when, what was done and planned. */
export type LeadLife = {
  readonly birth: Birth;
  readonly steps: readonly Step[];
  readonly activities: readonly MadeActivity[];
};

/** How good the leads of a source are. */
export type Quality = { readonly converts: number; readonly lift: number; readonly junk: number };
/** A life in the making. */
export type Draft = {
  readonly dice: Dice;
  readonly world: SalesWorld;
  readonly team: SellingTeam;
  readonly quality: Quality;
  readonly seller: Seller;
  readonly birth: Birth;
  readonly steps: Step[];
};

/** Adds a change at a moment, never before the one before it; a moment still to come adds nothing. */
export const step = (
  { steps, world, birth }: Draft,
  at: number,
  actorId: string | null,
  patch: LeadPatch,
) => {
  if (at > world.now) return false;
  steps.push({
    at: instantOf(Math.floor(Math.max(at, steps.at(-1)?.at ?? birth.createdAt))),
    actorId,
    patch,
  });
  return true;
};

const TYPICAL_MINOR = 1_450_000;

/** A round amount of the team's currency, log-normal; in minor units. */
export function amountOf({ dice, team, quality, birth }: Draft): number {
  const worth = WORTH[birth.currency] ?? 1;
  const units = dice.logNormal(0, 0.72) * team.size * Math.sqrt(quality.lift);
  const raw = (TYPICAL_MINOR * units) / worth;
  const grain = 10 ** Math.max(2, Math.floor(Math.log10(raw)) - 2);
  return Math.max(grain, Math.round(raw / grain) * grain);
}

/** Minor units of the base for one of a currency, roughly: to make deals of all currencies alike in size. */
const WORTH: Readonly<Record<string, number>> = { IDR: 0.000_08, JPY: 0.9, VND: 0.000_05 };

export const dayOf = (moment: number): CalendarDate =>
  new Date(moment).toISOString().slice(0, 10) as CalendarDate;
