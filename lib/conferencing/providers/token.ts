import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ok, refuse } from "@/lib/result";
import { instantOf } from "@/lib/time/instant";
import type { ProviderOutcome, ProviderTrouble } from "../core/provider";
import type { Answer, Asked, Line } from "./asked";
import { detailOf } from "./asked";
import type { ProviderDeps } from "./call";
import { callProvider } from "./call";

/** How a provider gives tokens to one set of credentials. */
export type TokenSource = {
  readonly line: Line;
  /** The request for a token. Made anew each time: it may be signed with the present time. */
  readonly ask: () => Promise<Pick<Asked, "url" | "headers" | "body">>;
  /** The provider's words in a refusal. */
  readonly wordsOf: (json: unknown) => string;
  /** What a person has to mend when the provider gives no token. */
  readonly causeOf: (answer: Answer) => string;
};

/** A token is not used in its last minute: it would end on the way. */
const SPARE_MS = 60_000;
/** Longer than a call for a token may take with its wait for a turn. */
const FETCH_LEASE_MS = 30_000;
const GIVE_UP_MS = 20_000;
const LOOK_AGAIN_MS = 60;

const given = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

async function fetchToken(
  deps: ProviderDeps,
  source: TokenSource,
): Promise<ProviderOutcome<string>> {
  const { line, wordsOf } = source;
  const asked: Asked = {
    method: "POST",
    account: null,
    wordsOf,
    ...(await source.ask()),
  };
  const outcome = await callProvider(deps, line, asked);
  if (!outcome.ok) {
    // Nobody's meeting is in doubt because a token did not come.
    const { ambiguous: _, ...trouble } = outcome.refusal;
    return refuse(trouble);
  }
  const answer = outcome.value;
  const { data } = given.safeParse(answer.json);
  if (answer.status >= 300 || data === undefined) {
    return refuse({
      kind: "credentials",
      cause: source.causeOf(answer),
      detail: detailOf(asked, answer),
    });
  }
  const now = deps.now();
  const expiresAt = instantOf(now + Math.floor(data.expires_in * 1_000));
  await deps.store.keepToken(line.name, { token: data.access_token, expiresAt }, now);
  return ok(data.access_token);
}

/**
 * A token that is good for the next minute at least: the kept one, or a new one. Over all nodes only one asks for it
 * at a time (a lease, because no transaction may stay open over a call); the others wait for what it brings. A new
 * token of Zoom ends the one before, so two that ask together would take each other's away.
 *
 * `rejected` is a token the provider would not take although it is not over: it is replaced unless somebody else has
 * done that meanwhile.
 */
async function tokenFor(
  deps: ProviderDeps,
  source: TokenSource,
  rejected?: string,
): Promise<ProviderOutcome<string>> {
  const { store } = deps;
  const line = source.line.name;
  const kept = async (): Promise<string | undefined> => {
    const found = await store.findToken(line);
    const isGood = found && found.token !== rejected && found.expiresAt - SPARE_MS > deps.now();
    return isGood ? found.token : undefined;
  };
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    const token = await kept();
    if (token !== undefined) return ok(token);
    const id = randomUUID();
    const now = deps.now();
    const until = instantOf(now + FETCH_LEASE_MS);
    if (await store.lease(line, { id, kind: "token", limit: 1, until, now })) {
      try {
        // Between looking and taking the lease somebody may have brought one.
        const brought = await kept();
        return brought === undefined ? await fetchToken(deps, source) : ok(brought);
      } finally {
        await store.giveBack(line, "token", id);
      }
    }
    if (Date.now() >= giveUpAt) {
      return refuse<ProviderTrouble>({
        kind: "unreachable",
        cause: `${source.line.provider} does not answer. This is tried again by itself.`,
        detail: "waited for a token that somebody else asked for",
      });
    }
    await sleep(LOOK_AGAIN_MS * (0.5 + Math.random()));
  }
}

/** A call with a token. A token that is refused is replaced once; refused again, it is the credentials. */
export async function callAs(
  deps: ProviderDeps,
  source: TokenSource,
  line: Line,
  asked: Asked,
): Promise<ProviderOutcome<Answer>> {
  const attempt = async (token: string) =>
    callProvider(deps, line, {
      ...asked,
      headers: {
        ...asked.headers,
        authorization: `Bearer ${token}`,
        ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
      },
    });
  const first = await tokenFor(deps, source);
  if (!first.ok) return first;
  const outcome = await attempt(first.value);
  if (!outcome.ok || outcome.value.status !== 401) return outcome;
  const second = await tokenFor(deps, source, first.value);
  if (!second.ok) return second;
  const again = await attempt(second.value);
  if (!again.ok || again.value.status !== 401) return again;
  return refuse({
    kind: "credentials",
    cause: `${line.provider} gives us a token and then does not take it. Check the app's credentials and permissions.`,
    detail:
      `${asked.method} ${new URL(asked.url).pathname}: 401 ${asked.wordsOf(again.value.json)}`.slice(
        0,
        300,
      ),
  });
}
