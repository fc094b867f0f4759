/** Rounds of each race: a few with every change of the code, or MERIDIAN_RACE_ROUNDS of them. */
export const RACE_ROUNDS = Number(process.env.MERIDIAN_RACE_ROUNDS ?? 40);
