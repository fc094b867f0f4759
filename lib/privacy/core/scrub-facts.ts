import { jsonWithoutTraces } from "./former-guest";
import type { Target } from "./target";
import { tracesOf } from "./target";

type Facts = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Facts =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a guest said to the host, and how they are reached: of their own booking all of it is theirs. */
function withoutWords(facts: Facts): Facts {
  if (!isObject(facts.meeting)) return facts;
  const { note, answers, place, reason, ...meeting } = facts.meeting;
  const kept = meeting.changedBy === "guest" || reason === undefined ? {} : { reason };
  return { ...facts, meeting: { ...meeting, ...kept } };
}

/**
 * A mail's facts without these people, as one that was sent to somebody else keeps them; undefined when they say
 * nothing of them. What remains can still be rendered: the host of a meeting is told of its end all the same.
 */
export function scrubFacts(facts: unknown, targets: readonly Target[]): Facts | undefined {
  if (!isObject(facts)) return undefined;
  const text = JSON.stringify(facts).toLowerCase();
  // A name alone may be somebody else's; the address is theirs.
  const named = targets.filter(({ own, email }) => own || text.includes(email));
  if (named.length === 0) return undefined;
  const scrubbed = named.map(tracesOf).reduce<unknown>(jsonWithoutTraces, facts);
  const left = named.some(({ own }) => own) ? withoutWords(scrubbed as Facts) : (scrubbed as Facts);
  return JSON.stringify(left) === JSON.stringify(facts) ? undefined : left;
}
