/** A place in a round: its share, and what the round owes it (in shares of the whole round). */
export type Seat = {
  readonly userId: string;
  readonly weight: number;
  readonly credit: number;
  readonly position: number;
};

const before = (a: Seat, b: Seat): number =>
  a.position - b.position || (a.userId < b.userId ? -1 : 1);

/**
 * Whose turn it is among these seats, and what each is owed afterwards. Smooth weighted round robin: every turn owes
 * each seat its weight and takes the whole round's from who has it. Among those who are owed enough to have their turn
 * now, the one goes first whose share would be overdue soonest (Tijdeman, 1980): nobody is ever ahead of or behind
 * their share by a whole turn, which taking the largest credit alone does not keep. Deterministic: ties go by position.
 * Undefined when nobody here has a share. Who sits out a turn is owed nothing for it.
 */
export function nextTurn(
  all: readonly Seat[],
): { readonly seat: Seat; readonly credits: ReadonlyMap<string, number> } | undefined {
  const seats = all.filter(({ weight }) => weight > 0).sort(before);
  const round = seats.reduce((sum, { weight }) => sum + weight, 0);
  const owed = seats.map((seat) => ({ ...seat, credit: seat.credit + seat.weight }));
  const scale = Math.max(1, 2 * seats.length - 2);
  const ripe = owed.filter(({ credit }) => seats.length === 1 || credit * scale >= round);
  // Where seats came and went, nobody may be owed that much: then whoever is owed most.
  const largest = Math.max(...owed.map(({ credit }) => credit));
  const may = ripe.length > 0 ? ripe : owed.filter(({ credit }) => credit === largest);
  let chosen: Seat | undefined;
  let soonest = Number.POSITIVE_INFINITY;
  for (const seat of may) {
    const overdueIn = (round * (scale - 1) - seat.credit * scale) / seat.weight;
    if (overdueIn < soonest) {
      soonest = overdueIn;
      chosen = seat;
    }
  }
  if (chosen === undefined) return undefined;
  const { userId } = chosen;
  const credits = new Map(
    owed.map((seat) => [seat.userId, seat.userId === userId ? seat.credit - round : seat.credit]),
  );
  return { seat: chosen, credits };
}
