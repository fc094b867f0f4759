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

/** What somebody wrote with an answer to an invitation, or with a time they would like better, and who it was. */
function saidIn({ meeting }: Facts): readonly Facts[] {
  if (!isObject(meeting)) return [];
  return [meeting.answer, meeting.proposal].filter(isObject);
}

/** Without the answer or the proposal of one of these people. */
function withoutSaid(facts: Facts, targets: readonly Target[]): Facts {
  if (!saidIn(facts).some(({ by }) => targets.some(({ name }) => name === by))) return facts;
  const { answer: _answer, proposal: _proposal, ...meeting } = facts.meeting as Facts;
  return { ...facts, meeting };
}

/**
 * A mail's facts without these people, as one that was sent to somebody else keeps them; undefined when they say
 * nothing of them. What remains can still be rendered: the host of a meeting is told of its end all the same.
 */
export function scrubFacts(facts: unknown, targets: readonly Target[]): Facts | undefined {
  if (!isObject(facts)) return undefined;
  const kept = withoutSaid(facts, targets);
  const text = JSON.stringify(kept).toLowerCase();
  // A name alone may be somebody else's; the address is theirs.
  const named = targets.filter(({ own, email }) => own || text.includes(email));
  if (named.length === 0) return kept === facts ? undefined : kept;
  const scrubbed = named.map(tracesOf).reduce<unknown>(jsonWithoutTraces, kept);
  const left = named.some(({ own }) => own) ? withoutWords(scrubbed as Facts) : (scrubbed as Facts);
  return JSON.stringify(left) === JSON.stringify(facts) ? undefined : left;
}
