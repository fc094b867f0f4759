import { sumFact } from "@/lib/metrics/reads/sum-fact";
import type { ResponseBlock, ResponseRow } from "../../core/executive";
import { byKey } from "../../core/rows";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

const FASTEST = 3;
const SLOWEST = 2;
/** Fewer leads say nothing of how fast somebody answers. */
const LEAST_LEADS = 3;

const NONE = { value: null, reason: "nothing-counted", n: 0 } as const;

type Unnamed = Omit<ResponseRow, "name">;

/** Who never answered stands behind everybody who did. */
const byMedian = (a: Unnamed, b: Unnamed): number =>
  (a.p50.value ?? Number.POSITIVE_INFINITY) - (b.p50.value ?? Number.POSITIVE_INFINITY) ||
  a.unanswered / a.leads - b.unanswered / b.leads ||
  b.leads - a.leads;

/**
 * How fast leads of the range were first answered by a person, in working minutes from the assignment, by who was given
 * them first. Those nobody answered are counted beside it: leaving leads alone must not look fast.
 */
export async function readResponse(context: BlockContext): Promise<ResponseBlock> {
  const { db, reader, state, period } = context;
  const [times, counts] = await Promise.all([
    ask(context, ["response_minutes_median", "response_minutes_p90"], { by: "owner" }),
    sumFact(db, reader, {
      fact: "created",
      measures: ["created_sound", "created_unanswered"],
      days: period,
      filter: state.filter,
      by: "owner",
    }),
  ]);
  const p50 = byKey(times.response_minutes_median.groups);
  const p90 = byKey(times.response_minutes_p90.groups);
  const ranked = [...counts.groups]
    .map(
      ([key, counted]): Unnamed => ({
        key,
        p50: p50(key) ?? NONE,
        p90: p90(key) ?? NONE,
        unanswered: counted.created_unanswered ?? 0,
        leads: counted.created_sound ?? 0,
      }),
    )
    .filter(({ key, leads }) => key !== null && leads >= LEAST_LEADS)
    .sort(byMedian);
  const fastest = ranked.slice(0, FASTEST).filter(({ p50: median }) => median.value !== null);
  const slowest = ranked.slice(Math.max(fastest.length, ranked.length - SLOWEST));
  const named = await namesOf(
    db,
    reader.place.workspaceId,
    "owner",
    [...fastest, ...slowest].map(({ key }) => key),
  );
  const withName = (row: Unnamed): ResponseRow => ({ ...row, ...named(row.key) });
  return {
    fastest: fastest.map(withName),
    slowest: slowest.map(withName),
    everyone: {
      p50: times.response_minutes_median.total,
      p90: times.response_minutes_p90.total,
      unanswered: counts.total.created_unanswered ?? 0,
      leads: counts.total.created_sound ?? 0,
    },
    people: ranked.length,
  };
}
