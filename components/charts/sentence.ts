import { t } from "./chart-text";
import type { Bucket, Series } from "./series";
import { shortText } from "./series";

/**
 * What a series did, as one sentence: "Won revenue rose from S$1.2 M in Oct to S$1.65 M so far in Nov." Starts with the
 * first figure there is and ends with the last.
 */
export function sentenceOf(series: Series, buckets: readonly Bucket[]): string {
  const { name, values, format } = series;
  const known = buckets.flatMap((bucket, at) => {
    const value = values[at];
    return typeof value === "number" ? [{ bucket, value }] : [];
  });
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return t("sentence.none", { name });
  const soFar = last.bucket.partial === true;
  const end = { name, last: shortText(last.value, format), end: last.bucket.name };
  if (first === last) return t(soFar ? "sentence.oneSoFar" : "sentence.one", end);
  const words = { ...end, first: shortText(first.value, format), start: first.bucket.name };
  if (words.first === words.last) return t(soFar ? "sentence.levelSoFar" : "sentence.level", words);
  if (last.value > first.value) return t(soFar ? "sentence.roseSoFar" : "sentence.rose", words);
  return t(soFar ? "sentence.fellSoFar" : "sentence.fell", words);
}
