/** A source of numbers in [0, 1) that is the same for the same seed. Not for secrets. */
export type Random = () => number;

/** Mulberry32: small, fast, and good enough to choose times and clients with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of `choices`, each as likely. Throws when there is none. */
export function pick<Choice>(random: Random, choices: readonly Choice[]): Choice {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}
