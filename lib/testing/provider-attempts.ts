import type {
  ConferencingProvider,
  OnlineMade,
  OnlineWish,
  ProviderOutcome,
} from "@/lib/conferencing/core/provider";
import type { ProviderFault } from "./provider-server";

/** The value of an outcome that must be good. */
export function valueIn<Value>(outcome: ProviderOutcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.refusal.kind}: ${outcome.refusal.detail}`);
  return outcome.value;
}

/** Asks for a meeting until it is made, as the job does; five times at most. */
export async function persist(client: ConferencingProvider, wish: OnlineWish): Promise<OnlineMade> {
  let last = "";
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const outcome = await client.create({ ...wish, mayExist: wish.mayExist || attempt > 0 });
    if (outcome.ok) return outcome.value;
    last = outcome.refusal.detail;
  }
  throw new Error(`never made: ${last}`);
}

/** Every way in which making a meeting can go wrong once, by name. */
export const faultsOfMaking = (
  on: RegExp,
  timeoutMs: number,
): Readonly<Record<string, ProviderFault>> => ({
  "an answer that got lost": { kind: "lost-answer", on },
  "a connection that broke before": { kind: "reset", on },
  "no answer, nothing done": { kind: "hang", on },
  "no answer, but done": { kind: "done-and-hang", on },
  "an answer that came too late": { kind: "slow", ms: timeoutMs + 200, on },
  "half an answer": { kind: "malformed", on },
  "an answer of another shape": { kind: "odd", on },
  "500, nothing done": { kind: "status", status: 500, on },
  "503 for two times": { kind: "status", status: 503, times: 2, on },
  "a token that was revoked": { kind: "status", status: 401, on },
});
