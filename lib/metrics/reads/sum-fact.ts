import type { Db } from "@/lib/db/client";
import type { MetricReader } from "../core/answer";
import { isRowFact, isSpanFact } from "../core/fact";
import type { FactQuestion, FactSums } from "./scan";
import { scanFact } from "./scan";
import { scanAccounts } from "./scan-accounts";
import { scanSpans } from "./scan-spans";
import { scanTargets } from "./scan-targets";

/** Adds up what is asked of one fact, the fastest way that is exact. */
export function sumFact(db: Db, reader: MetricReader, question: FactQuestion): Promise<FactSums> {
  const { fact } = question;
  if (isRowFact(fact)) return scanFact(db, reader, { ...question, fact });
  if (isSpanFact(fact)) return scanSpans(db, reader, { ...question, fact });
  return fact === "account"
    ? scanAccounts(db, reader, { ...question, fact })
    : scanTargets(db, reader, { ...question, fact });
}
