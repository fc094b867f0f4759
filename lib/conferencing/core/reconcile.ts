import type { OnlineState } from "./online";
import type { ListedMeeting } from "./provider";

type Known = {
  readonly id: string;
  readonly state: OnlineState;
  readonly externalId: string | null;
  readonly isDue: boolean;
};

/** What has to be done so that a provider has exactly what is wanted. */
export type Differences = {
  /** Names of meetings there that were ours and that nobody wants. */
  readonly orphans: readonly string[];
  /** Ours that should be there and are not. */
  readonly vanished: readonly string[];
};

/**
 * Compares a provider's list with what we know. What carries no key, or a key we never gave out, is somebody else's: of
 * a person, or of another installation with the same account; it is left alone. An open wish is left to its own job.
 */
export function compareOnline(
  listed: readonly ListedMeeting[],
  known: readonly Known[],
): Differences {
  const byKey = new Map(known.map((one) => [one.id, one]));
  const there = new Set(listed.map(({ externalId }) => externalId));
  const orphans = listed.flatMap(({ externalId, key }) => {
    const ours = key === null ? undefined : byKey.get(key);
    if (ours === undefined) return [];
    const isTwin =
      ours.state === "ready" && ours.externalId !== externalId && there.has(ours.externalId ?? "");
    return ours.state === "gone" || isTwin ? [externalId] : [];
  });
  const vanished = known.flatMap(({ id, state, externalId, isDue }) =>
    state === "ready" && isDue && externalId !== null && !there.has(externalId) ? [id] : [],
  );
  return { orphans, vanished };
}
