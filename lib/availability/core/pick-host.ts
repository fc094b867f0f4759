/** A one-of host and how many meetings of this link already went to them. */
export type Candidate<Id extends string = string> = {
  readonly id: Id;
  /** Share of the meetings; 1 when left out. Nobody with weight 0 is picked while somebody else can. */
  readonly weight?: number;
  readonly assigned: number;
};

/**
 * Whose turn it is: the smallest number of meetings per weight, so that a host of weight 2 takes two for everybody
 * else's one; ties go to the smaller id. Undefined when there is nobody.
 */
export function pickHost<Id extends string>(candidates: readonly Candidate<Id>[]): Id | undefined {
  let best: { readonly id: Id; readonly load: number } | undefined;
  for (const { id, weight = 1, assigned } of candidates) {
    if (!(weight >= 0) || !(assigned >= 0))
      throw new RangeError(`host ${id}: weight and assigned must not be negative`);
    const load = weight === 0 ? Number.POSITIVE_INFINITY : assigned / weight;
    if (!best || load < best.load || (load === best.load && id < best.id)) best = { id, load };
  }
  return best?.id;
}
