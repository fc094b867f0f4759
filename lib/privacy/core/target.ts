import type { Traces } from "./former-guest";
import { erasedAddress } from "./former-guest";

/** One row of somebody who takes part in a meeting, whose details are to go. */
export type Target = {
  readonly id: string;
  readonly meetingId: string;
  readonly kind: "guest" | "extra_guest";
  readonly name: string;
  readonly email: string;
  /** They booked it for themselves: what was typed there are their words. False for a meeting of several guests. */
  readonly own: boolean;
};

export const tracesOf = ({ id, kind, name, email }: Target): Traces => ({
  email,
  name,
  isOwnName: kind === "guest",
  replacement: erasedAddress(id),
});

/** The targets of each meeting. */
export function byMeeting(targets: readonly Target[]): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const target of targets) {
    found.set(target.meetingId, [...(found.get(target.meetingId) ?? []), target]);
  }
  return found;
}
