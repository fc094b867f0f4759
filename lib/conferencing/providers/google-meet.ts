import { setTimeout as sleep } from "node:timers/promises";
import { importPKCS8, SignJWT } from "jose";
import { z } from "zod";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import { parseInstant, toIso } from "@/lib/time/instant";
import type { GoogleCredentials } from "../core/credentials";
import type {
  ConferencingProvider,
  ListedMeeting,
  OnlineMade,
  OnlineWish,
  ProviderAccount,
  ProviderOutcome,
} from "../core/provider";
import { under } from "./address";
import type { Answer, Asked, Line } from "./asked";
import type { ProviderDeps } from "./call";
import { readAnswer } from "./call";
import type { GoogleEvent } from "./google-wire";
import {
  bodyOf,
  conferenceState,
  eventIdOf,
  googleEvent,
  googlePage,
  keyOf,
  madeOf,
  OURS,
  throttles,
  tokenCauseOf,
  troubleOf,
  wordsOf,
} from "./google-wire";
import type { TokenSource } from "./token";
import { callAs } from "./token";

const SCOPE = "https://www.googleapis.com/auth/calendar.events";
/** 600 a minute for each user, with some left for people. */
const PACE = { perSecond: 8, burst: 10, longestWaitMs: 5_000 };
const PAGE_SIZE = 2_500;
const MOST_PAGES = 20;
/** A conference is mostly there at once; what takes longer is asked again by the job. */
const LOOK_AGAIN_MS = [300, 700, 1_500];
const PENDING_SECONDS = 10;

function sourceOf(
  credentials: GoogleCredentials,
  deps: ProviderDeps,
  line: Line,
  account: ProviderAccount,
): TokenSource {
  const { clientEmail, privateKey } = credentials;
  const url = under(deps.addresses.googleAuth, "/token");
  return {
    line: { ...line, name: `${line.name}/token` },
    ask: async () => {
      const assertion = await new SignJWT({ scope: SCOPE })
        .setProtectedHeader({ alg: "RS256", typ: "JWT" })
        .setIssuer(clientEmail)
        // Domain-wide delegation: a service account has no Meet of its own.
        .setSubject(account.name)
        .setAudience(url)
        .setIssuedAt(new Date(deps.now()))
        .setExpirationTime(new Date(deps.now() + 3_600_000))
        .sign(await importPKCS8(privateKey, "RS256"));
      return {
        url,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
          assertion,
        }).toString(),
      };
    },
    wordsOf,
    causeOf: tokenCauseOf(account.name),
  };
}

type AskedEvent = {
  readonly account: ProviderAccount;
  readonly method: Asked["method"];
  readonly path: string;
  readonly body?: string;
};

type Client = {
  readonly ask: (asked: AskedEvent) => Promise<ProviderOutcome<Answer>>;
  readonly call: <Value>(
    asked: AskedEvent,
    shape: z.ZodType<Value>,
    given?: ProviderOutcome<Answer>,
  ) => Promise<ProviderOutcome<Value>>;
};

const EVENTS = "/calendars/primary/events";
/** Nobody is told by Google: our own mails say it. */
const QUIETLY = "conferenceDataVersion=1&sendUpdates=none";

const eventPath = (externalId: string): string => `${EVENTS}/${encodeURIComponent(externalId)}`;

function clientOf(credentials: GoogleCredentials, deps: ProviderDeps): Client {
  const named = deps.store.nameOf([credentials.clientEmail, credentials.privateKey]);
  const root = under(deps.addresses.googleApi, "/calendar/v3");
  // Google counts for each user, and tokens are a user's, too.
  const lineOf = ({ id }: ProviderAccount): Line => ({
    name: `google/${named}/${id}`,
    provider: "Google",
    pace: PACE,
    together: null,
  });
  const askedOf = ({ path, ...rest }: AskedEvent): Asked => ({
    ...rest,
    url: `${root}${path}`,
    writes: rest.method === "POST" || rest.method === "PATCH",
    throttles,
    wordsOf,
  });
  const ask: Client["ask"] = (asked) => {
    const line = lineOf(asked.account);
    const source = sourceOf(credentials, deps, line, asked.account);
    return callAs(deps, source, line, askedOf(asked));
  };
  return {
    ask,
    call: async (asked, shape, given) =>
      readAnswer(lineOf(asked.account), askedOf(asked), given ?? (await ask(asked)), {
        shape,
        troubleOf,
      }),
  };
}

/** The address of an event's conference, waited for a moment. */
async function settled(
  client: Client,
  account: ProviderAccount,
  event: GoogleEvent,
): Promise<ProviderOutcome<OnlineMade>> {
  let now = event;
  for (const pauseMs of [...LOOK_AGAIN_MS, null]) {
    const made = madeOf(now);
    if (made) return ok(made);
    if (conferenceState(now) !== "pending" || pauseMs === null) break;
    await sleep(pauseMs);
    const read = await client.call(
      { account, method: "GET", path: eventPath(event.id) },
      googleEvent,
    );
    if (!read.ok) return read;
    now = read.value;
  }
  const detail = `${EVENTS}: conference ${conferenceState(now) ?? "missing"}`;
  if (conferenceState(now) === "pending") {
    return refuse({
      kind: "limited",
      cause: "Google is still making the Meet address. This goes on by itself.",
      detail,
      retryAfterSeconds: PENDING_SECONDS,
    });
  }
  return refuse({
    kind: "credentials",
    cause: `Google made no Meet address for ${account.name}. Check that Google Meet is switched on for this account.`,
    detail,
  });
}

/** Brings an event of ours to the wish; also one that was deleted, whose id is taken for good. */
async function bring(
  client: Client,
  event: GoogleEvent,
  wish: OnlineWish,
): Promise<ProviderOutcome<OnlineMade>> {
  const hasConference = madeOf(event) !== undefined || conferenceState(event) === "pending";
  const body = JSON.stringify(bodyOf(wish, hasConference ? null : event.sequence + 1));
  const path = `${eventPath(event.id)}?${QUIETLY}`;
  const { account } = wish;
  const changed = await client.call({ account, method: "PATCH", path, body }, googleEvent);
  return changed.ok ? settled(client, account, changed.value) : changed;
}

async function update(
  client: Client,
  externalId: string,
  wish: OnlineWish,
): Promise<ProviderOutcome<OnlineMade>> {
  const { account } = wish;
  const event = await client.call(
    { account, method: "GET", path: eventPath(externalId) },
    googleEvent,
  );
  return event.ok ? bring(client, event.value, wish) : event;
}

/** The id is ours, so a second request finds the first one's event instead of making another. */
async function create(client: Client, wish: OnlineWish): Promise<ProviderOutcome<OnlineMade>> {
  const { account } = wish;
  const id = eventIdOf(wish.key);
  const body = JSON.stringify({ id, ...bodyOf(wish, 0) });
  const asked: AskedEvent = { account, method: "POST", path: `${EVENTS}?${QUIETLY}`, body };
  const answer = await client.ask(asked);
  if (answer.ok && answer.value.status === 409) return update(client, id, wish);
  const made = await client.call(asked, googleEvent, answer);
  return made.ok ? settled(client, account, made.value) : made;
}

async function remove(
  client: Client,
  externalId: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  const path = `${eventPath(externalId)}?sendUpdates=none`;
  const removed = await client.call({ account, method: "DELETE", path }, z.unknown());
  return removed.ok || removed.refusal.kind === "absent" ? ok(undefined) : removed;
}

const startOf = ({ start }: GoogleEvent): Instant | null =>
  parseInstant(start?.dateTime ?? "") ?? null;

async function list(
  client: Client,
  account: ProviderAccount,
  from: Instant,
  to: Instant,
): Promise<ProviderOutcome<readonly ListedMeeting[]>> {
  const found: ListedMeeting[] = [];
  let pageToken: string | undefined;
  for (let read = 0; read < MOST_PAGES; read += 1) {
    const query = new URLSearchParams({
      privateExtendedProperty: `${OURS}=1`,
      timeMin: toIso(from),
      timeMax: toIso(to),
      maxResults: String(PAGE_SIZE),
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    const page = await client.call(
      { account, method: "GET", path: `${EVENTS}?${query}` },
      googlePage,
    );
    if (!page.ok) return page;
    const { items, nextPageToken } = page.value;
    found.push(
      ...items
        .filter(({ status }) => status !== "cancelled")
        .map((event) => ({ externalId: event.id, key: keyOf(event), start: startOf(event) })),
    );
    pageToken = nextPageToken;
    if (pageToken === undefined) break;
  }
  // Google lists what touches the span; a meeting that began before it belongs to the span before.
  return ok(found.filter(({ start }) => start === null || (start >= from && start < to)));
}

async function test(
  client: Client,
  account: ProviderAccount,
): Promise<ProviderOutcome<{ readonly as: string }>> {
  const page = await client.call(
    { account, method: "GET", path: `${EVENTS}?maxResults=1` },
    googlePage,
  );
  return page.ok ? ok({ as: page.value.summary || account.name }) : page;
}

/** Google Meet: the conference of a quiet event in the account's calendar, through a service account. */
export function googleMeetProvider(
  credentials: GoogleCredentials,
  deps: ProviderDeps,
): ConferencingProvider {
  const client = clientOf(credentials, deps);
  return {
    create: (wish) => create(client, wish),
    update: (externalId, wish) => update(client, externalId, wish),
    remove: (externalId, account) => remove(client, externalId, account),
    removeByKey: (key, account) => remove(client, eventIdOf(key), account),
    list: (account, from, to) => list(client, account, from, to),
    test: (account) => test(client, account),
  };
}
