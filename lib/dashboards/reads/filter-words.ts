import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import type { Split } from "@/lib/metrics/core/fact";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { FILTER_FIELDS } from "@/lib/metrics/core/question";
import type { Period } from "@/lib/metrics/core/range";
import type { Lone } from "../core/metric-page";
import { groupOf } from "../core/metric-page";
import { groupNames } from "./group-names";

/** What a question is filtered by, in words: "team: Japan or Partners; stage: Offer made". "none" without any. */
export async function filterWords(
  db: Db,
  reader: MetricReader,
  {
    filter,
    lone,
    period,
  }: { readonly filter: MetricFilter; readonly lone: Lone | null; readonly period: Period },
): Promise<string> {
  const named = async (by: Split, keys: readonly (string | null)[]) => {
    const nameOf = await groupNames(db, reader, { by, keys, period });
    return `${by.replace("_", " ")}: ${keys.map(nameOf).join(" or ")}`;
  };
  const parts: string[] = [];
  for (const field of FILTER_FIELDS) {
    const keys = filter[field].map((id) => (id === "none" ? null : id));
    if (keys.length > 0) parts.push(await named(field, keys));
  }
  if (lone !== null) parts.push(await named(lone.split, [groupOf(lone).key]));
  return parts.length === 0 ? "none" : parts.join("; ");
}
