/** How often something may happen: `points` times in `seconds`, counted from the first. */
export type Limit = {
  readonly points: number;
  readonly seconds: number;
  /** What happens when the counter cannot be read: a door stays shut, a window stays open. */
  readonly whenBroken: "refuse" | "allow";
};

/**
 * The limits of this house. An office of a few hundred people behind one address, and a person who types a
 * password wrong a few times, must not meet them; a script must.
 */
export const limits = {
  /** Failed tries on one account, from anywhere. */
  "sign-in-account": { points: 5, seconds: 900, whenBroken: "refuse" },
  /** Failed tries from one address, on any account. */
  "sign-in-address": { points: 60, seconds: 900, whenBroken: "refuse" },
  /** Failed sign-ins written into one workspace's audit log; beyond that the log alone tells. */
  "sign-in-audit": { points: 200, seconds: 3600, whenBroken: "refuse" },
  /** Tries of the one-time code of an installation that is being set up. */
  "set-up-address": { points: 20, seconds: 900, whenBroken: "refuse" },
  "booking-address": { points: 60, seconds: 600, whenBroken: "refuse" },
  /** Bookings made, not tried: a link that is passed around may fill a whole month in an hour. */
  "booking-link": { points: 5000, seconds: 3600, whenBroken: "refuse" },
  /** Bookings that send mail to one unproven address. */
  "booking-email": { points: 10, seconds: 3600, whenBroken: "refuse" },
  /** One successful booking of one guest through one link, then a pause. */
  "after-success": { points: 1, seconds: 60, whenBroken: "refuse" },
  /** Changes through a guest's own capability. */
  "guest-change": { points: 30, seconds: 600, whenBroken: "refuse" },
  /** Capabilities that led nowhere, from one address: somebody is guessing. */
  "token-miss": { points: 30, seconds: 60, whenBroken: "allow" },
  "read-address": { points: 1200, seconds: 60, whenBroken: "allow" },
  "api-member": { points: 1200, seconds: 60, whenBroken: "allow" },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

const isLimitName = (name: string): name is LimitName => Object.hasOwn(limits, name);

/**
 * Reads changed limits as they stand in MERIDIAN_LIMITS: `booking-address=500/600,sign-in-address=200/900`, each
 * `points/seconds`. Throws with the part that cannot be read.
 */
export function readLimits(written: string): Partial<Record<LimitName, Limit>> {
  const changed: Partial<Record<LimitName, Limit>> = {};
  for (const part of written.split(",").filter((text) => text.trim() !== "")) {
    const [, name = "", points, seconds] = /^\s*([\w-]+)=(\d{1,9})\/(\d{1,7})\s*$/.exec(part) ?? [];
    if (!isLimitName(name)) {
      throw new RangeError(`MERIDIAN_LIMITS: "${part.trim()}" is not <limit>=<points>/<seconds>`);
    }
    changed[name] = { ...limits[name], points: Number(points), seconds: Number(seconds) };
  }
  return changed;
}
