import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { OutboundAnswer, OutboundInit } from "@/lib/http/outbound";
import { retryAfterSeconds } from "@/lib/http/retry-after";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { ProviderAddresses } from "../core/credentials";
import type { ProviderOutcome, ProviderTrouble } from "../core/provider";
import type { Breaker, Pace, ProviderStore } from "../core/provider-store";
import type { Answer, Asked, Line } from "./asked";
import { detailed, detailOf } from "./asked";
import { inWords, quotaTrouble, troubleOfSilence, troubleOfTurn } from "./trouble";

export type ProviderDeps = {
  readonly addresses: ProviderAddresses;
  /** lib/http's fetchProvider: ten seconds, one megabyte, no redirects. */
  readonly fetch: (address: string, init?: OutboundInit) => Promise<OutboundAnswer>;
  readonly store: ProviderStore;
  readonly now: () => Instant;
  /** Other rules than the provider's own, for trying things out. */
  readonly pace?: Partial<Pace>;
  readonly breaker?: Partial<Breaker>;
};

/** Longer than a call may take, so that a probe or a lease never ends under one that is still running. */
const CALL_LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 50;
/** What "too many" without a time means. */
const SOON_SECONDS = 5;

const BREAKER: Breaker = { failures: 5, openMs: 15_000 };

const breakerOf = (deps: ProviderDeps): Breaker => ({ ...BREAKER, ...deps.breaker });
const paceOf = (deps: ProviderDeps, line: Line): Pace => ({ ...line.pace, ...deps.pace });

const later = (at: Instant, ms: number): Instant => instantOf(Math.ceil(at + ms));

/** One of `line.together` places; undefined when none came free in time. */
async function placeOn(deps: ProviderDeps, line: Line): Promise<string | undefined> {
  const id = randomUUID();
  if (line.together === null) return id;
  const giveUpAt = Date.now() + paceOf(deps, line).longestWaitMs;
  for (;;) {
    const now = deps.now();
    const until = later(now, CALL_LEASE_MS);
    const asked = { id, kind: "call", limit: line.together, until, now };
    if (await deps.store.lease(line.name, asked)) return id;
    if (Date.now() >= giveUpAt) return undefined;
    await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
  }
}

type Sent =
  | { readonly silent: true; readonly trouble: ProviderTrouble }
  | { readonly silent: false; readonly answer: Answer };

const parsed = (text: string): { readonly json: unknown } | undefined => {
  if (text.trim() === "") return { json: undefined };
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

async function send(deps: ProviderDeps, line: Line, asked: Asked): Promise<Sent> {
  const { method, url, headers = {}, body } = asked;
  try {
    const response = await deps.fetch(url, {
      method,
      headers: { accept: "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const { status } = response;
    const read = parsed(await response.text());
    const answer: Answer = { status, json: read?.json, headers: response.headers };
    if (status < 500 && (read !== undefined || status >= 400)) return { silent: false, answer };
    const wait = retryAfterSeconds(
      response.headers.get("retry-after"),
      response.headers.get("date"),
    );
    const trouble: ProviderTrouble = {
      kind: "unreachable",
      cause: `${line.provider} has trouble of its own. This is tried again by itself.`,
      detail: detailed(asked, `${status} ${read ? asked.wordsOf(read.json) : "not JSON"}`),
      ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
      ...(method === "GET" ? {} : { ambiguous: true }),
    };
    return { silent: true, trouble };
  } catch (error) {
    return { silent: true, trouble: troubleOfSilence(line, asked, error) };
  }
}

/** Told to wait: everybody on this line waits, unless it is only this account's day that is over. */
async function throttled(
  deps: ProviderDeps,
  line: Line,
  asked: Asked,
  answer: Answer,
): Promise<ProviderTrouble> {
  const { store } = deps;
  const now = deps.now();
  if (asked.account) await store.countTrouble(asked.account, "throttled", now);
  if (asked.account && typeof asked.quota === "number" && asked.spendsDay?.(answer) === true) {
    await store.spendDay(asked.account, asked.quota, now);
    return quotaTrouble(line, asked, now);
  }
  const { headers } = answer;
  const seconds =
    retryAfterSeconds(headers.get("retry-after"), headers.get("date")) ?? SOON_SECONDS;
  await store.pause(line.name, later(now, seconds * 1_000));
  return {
    kind: "limited",
    cause: `${line.provider} asked for a pause. This goes on by itself in ${inWords(seconds)}.`,
    detail: detailOf(asked, answer),
    retryAfterSeconds: seconds,
  };
}

async function exchange(
  deps: ProviderDeps,
  line: Line,
  asked: Asked,
  probing: boolean,
): Promise<ProviderOutcome<Answer>> {
  const { store } = deps;
  const breaker = breakerOf(deps);
  const { account, writes = false, quota = null } = asked;
  if (account && !(await store.countCall(account, { writes, quota }, deps.now()))) {
    return refuse(quotaTrouble(line, asked, deps.now()));
  }
  const sent = await send(deps, line, asked);
  if (sent.silent) {
    const now = deps.now();
    const { retryAfterSeconds: wait } = sent.trouble;
    if (account) await store.countTrouble(account, "failures", now);
    // Who names a time is there, and will be again then.
    if (wait === undefined) await store.noteSilence(line.name, { breaker, probing, now });
    else await store.pause(line.name, later(now, wait * 1_000));
    return refuse(sent.trouble);
  }
  const { answer } = sent;
  if (answer.status === 429 || asked.throttles?.(answer) === true) {
    return refuse(await throttled(deps, line, asked, answer));
  }
  await store.noteAnswer(line.name, breaker);
  return ok(answer);
}

/**
 * The one place where a provider is called. In this order: breaker, pause and bucket (one statement, all nodes), a
 * place among those who call at once, the day's quota, the call, and what it says about the provider's health.
 * Any status below 500 but "too many" is an answer for the caller to judge; everything else is trouble.
 */
export async function callProvider(
  deps: ProviderDeps,
  line: Line,
  asked: Asked,
): Promise<ProviderOutcome<Answer>> {
  const now = deps.now();
  const turn = await deps.store.takeTurn(line.name, {
    pace: paceOf(deps, line),
    breaker: breakerOf(deps),
    now,
    probeUntil: later(now, CALL_LEASE_MS),
  });
  if (!turn.granted) return refuse(troubleOfTurn(line, asked, turn.why, turn.seconds));
  if (turn.waitMs > 0) await sleep(turn.waitMs);
  const place = await placeOn(deps, line);
  if (place === undefined) return refuse(troubleOfTurn(line, asked, "together", SOON_SECONDS));
  try {
    return await exchange(deps, line, asked, turn.probing);
  } finally {
    if (line.together !== null) await deps.store.giveBack(line.name, "call", place);
  }
}

/** How a provider's answer to one call is judged. */
export type Reading<Value> = {
  /** The shape of a good answer. */
  readonly shape: z.ZodType<Value>;
  readonly troubleOf: (asked: Asked, answer: Answer) => ProviderTrouble;
};

/** The value of an answer below 300. A good status with a body of another shape may have been a change. */
export function readAnswer<Value>(
  line: Line,
  asked: Asked,
  outcome: ProviderOutcome<Answer>,
  { shape, troubleOf }: Reading<Value>,
): ProviderOutcome<Value> {
  if (!outcome.ok) return outcome;
  const answer = outcome.value;
  if (answer.status >= 300) return refuse(troubleOf(asked, answer));
  const { data, success } = shape.safeParse(answer.json);
  if (success) return ok(data);
  return refuse({
    kind: "unreachable",
    cause: `${line.provider} answered in a way that is not understood here. This is tried again by itself.`,
    detail: detailed(asked, `${answer.status} of another shape`),
    ...(asked.method === "GET" ? {} : { ambiguous: true }),
  });
}
