import type { Actor } from "@/lib/access/actor";
import type { UserId } from "@/lib/ids";

/** Who is written into the history for an act. */
export type ActedBy = {
  readonly actor: "user" | "guest" | "system";
  readonly userId: UserId | null;
  readonly actorName: string;
  /** A manager acted where the host would have. */
  readonly override: boolean;
};

export const SYSTEM: ActedBy = {
  actor: "system",
  userId: null,
  actorName: "Meridian",
  override: false,
};

export function actedBy(actor: Actor, override: boolean): ActedBy {
  if (actor.kind === "member") {
    return { actor: "user", userId: actor.userId, actorName: actor.name, override };
  }
  if (actor.kind === "guest") {
    return { actor: "guest", userId: null, actorName: actor.name, override: false };
  }
  // A tablet is nobody: the history names its door.
  return actor.kind === "display" ? { ...SYSTEM, actorName: actor.name } : SYSTEM;
}
