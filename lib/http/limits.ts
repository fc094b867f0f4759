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
  /** Failed tries on one account from a browser that signed in to it before: strangers cannot use these up. */
  "sign-in-known": { points: 5, seconds: 900, whenBroken: "refuse" },
  /** Wrong second factors and wrong proofs of one account, whichever way they come. */
  "second-factor": { points: 5, seconds: 900, whenBroken: "refuse" },
  /** Mails with a link that one address is asked to get, known to us or not, */
  "account-mail-email": { points: 3, seconds: 900, whenBroken: "refuse" },
  /** and that one visitor asks for. */
  "account-mail-address": { points: 20, seconds: 900, whenBroken: "refuse" },
  /** Challenges of passkeys and round trips to identity providers that one visitor begins. */
  "sign-in-step": { points: 600, seconds: 900, whenBroken: "refuse" },
  /** Failed tries from one address, on any account. */
  "sign-in-address": { points: 60, seconds: 900, whenBroken: "refuse" },
  /** Failed sign-ins written into one workspace's audit log; beyond that the log alone tells. */
  "sign-in-audit": { points: 200, seconds: 3600, whenBroken: "refuse" },
  /** Tries of the one-time code of an installation that is being set up. */
  "set-up-address": { points: 20, seconds: 900, whenBroken: "refuse" },
  /** Forms of invitations, each of up to fifty addresses, that one admin sends. */
  "invite-member": { points: 20, seconds: 3600, whenBroken: "refuse" },
  "api-key-member": { points: 10, seconds: 3600, whenBroken: "refuse" },
  /** Pictures one person sends: each is decoded, which costs a core for a moment. */
  "photo-member": { points: 20, seconds: 600, whenBroken: "refuse" },
  /** Letters one seller sends to leads: a person writes, a script does not. */
  "letter-member": { points: 60, seconds: 3600, whenBroken: "refuse" },
  /** Calendars elsewhere that one person has looked for, or read at once. */
  "calendar-member": { points: 30, seconds: 600, whenBroken: "refuse" },
  /** Codes that tablets at doors ask for from one address: each shows a new one every ten minutes. */
  "display-pairing": { points: 120, seconds: 600, whenBroken: "refuse" },
  /** Codes one manager types: there are a million million of them. */
  "display-code-member": { points: 30, seconds: 900, whenBroken: "refuse" },
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
  /** Readings of one secret calendar, by all programs that subscribed to it. */
  "calendar-feed": { points: 600, seconds: 3600, whenBroken: "allow" },
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
