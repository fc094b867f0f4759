import { z } from "zod";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import { parseInstant } from "@/lib/time/instant";
import type { ZoomCredentials } from "../core/credentials";
import type {
  ConferencingProvider,
  ListedMeeting,
  OnlineMade,
  OnlineWish,
  ProviderAccount,
  ProviderOutcome,
} from "../core/provider";
import { readZoomSummary } from "../core/zoom-summary";
import { under } from "./address";
import type { Asked, Line } from "./asked";
import type { ProviderDeps } from "./call";
import { readAnswer } from "./call";
import type { TokenSource } from "./token";
import { callAs } from "./token";
import type { ZoomEntry } from "./zoom-wire";
import {
  bodyOf,
  encodeUuid,
  keyOf,
  madeOf,
  tellsHostsDay,
  tokenCauseOf,
  troubleOf,
  wordsOf,
  zoomInstances,
  zoomMeeting,
  zoomPage,
  zoomUser,
} from "./zoom-wire";

/** Meetings Zoom lets be made or changed for one host on one UTC day, whatever the plan. */
const WRITES_A_DAY = 100;
/** Zoom counts for the whole account; ten a second is what its paid plans take of the heaviest calls. */
const PACE = { perSecond: 10, burst: 10, longestWaitMs: 5_000 };
const PAGE_SIZE = 300;
/** 6,000 meetings of one host; more are not looked through. */
const MOST_PAGES = 20;
/** Zoom's free plan ends a meeting of several people after 40 minutes. */
const BASIC_PLAN = 1;

function sourceOf(credentials: ZoomCredentials, deps: ProviderDeps, line: Line): TokenSource {
  const { accountId, clientId, clientSecret } = credentials;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return {
    // A line of its own: trouble with tokens is not trouble with meetings.
    line: { ...line, name: `${line.name}/token` },
    ask: async () => ({
      url: under(deps.addresses.zoomAuth, "/oauth/token"),
      headers: {
        authorization: `Basic ${basic}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({
        grant_type: "account_credentials",
        account_id: accountId,
      }).toString(),
    }),
    wordsOf,
    causeOf: tokenCauseOf,
  };
}

type Client = {
  readonly call: <Value>(
    asked: Omit<Asked, "url" | "wordsOf"> & { readonly path: string },
    shape: z.ZodType<Value>,
  ) => Promise<ProviderOutcome<Value>>;
};

function clientOf(credentials: ZoomCredentials, deps: ProviderDeps): Client {
  const { accountId, clientId, clientSecret } = credentials;
  const name = `zoom/${deps.store.nameOf([accountId, clientId, clientSecret])}`;
  const line: Line = { name, provider: "Zoom", pace: PACE, together: null };
  const source = sourceOf(credentials, deps, line);
  const root = under(deps.addresses.zoomApi, "/v2");
  return {
    call: async ({ path, ...rest }, shape) => {
      const asked: Asked = { ...rest, url: `${root}${path}`, wordsOf, spendsDay: tellsHostsDay };
      return readAnswer(line, asked, await callAs(deps, source, line, asked), { shape, troubleOf });
    },
  };
}

const userPath = ({ name }: ProviderAccount): string => `/users/${encodeURIComponent(name)}`;
const meetingPath = (externalId: string): string => `/meetings/${encodeURIComponent(externalId)}`;

const NOTHING = z.unknown();

/** Every meeting of the account that is not over for good, one page after the other. */
async function listAll(
  { call }: Client,
  account: ProviderAccount,
): Promise<ProviderOutcome<readonly ZoomEntry[]>> {
  const found: ZoomEntry[] = [];
  let token = "";
  for (let read = 0; read < MOST_PAGES; read += 1) {
    const query = new URLSearchParams({
      type: "scheduled",
      page_size: String(PAGE_SIZE),
      ...(token === "" ? {} : { next_page_token: token }),
    });
    const path = `${userPath(account)}/meetings?${query}`;
    const page = await call({ method: "GET", path, account }, zoomPage);
    if (!page.ok) return page;
    found.push(...page.value.meetings);
    token = page.value.next_page_token;
    if (token === "") break;
  }
  return ok(found);
}

async function get(
  { call }: Client,
  externalId: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<OnlineMade>> {
  const read = await call({ method: "GET", path: meetingPath(externalId), account }, zoomMeeting);
  return read.ok ? ok(madeOf(read.value)) : read;
}

/** Zoom answers a change with nothing, so what it became is asked. */
async function update(
  client: Client,
  externalId: string,
  wish: OnlineWish,
): Promise<ProviderOutcome<OnlineMade>> {
  const { account } = wish;
  const changed = await client.call(
    {
      method: "PATCH",
      path: meetingPath(externalId),
      account,
      body: bodyOf(wish),
      writes: true,
      quota: WRITES_A_DAY,
    },
    NOTHING,
  );
  return changed.ok ? get(client, externalId, account) : changed;
}

async function listByKey(
  client: Client,
  key: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<readonly string[]>> {
  const all = await listAll(client, account);
  return all.ok ? ok(all.value.filter((entry) => keyOf(entry) === key).map(({ id }) => id)) : all;
}

async function removeEach(
  client: Client,
  externalIds: readonly string[],
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  for (const externalId of externalIds) {
    const removed = await remove(client, externalId, account);
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}

/** What earlier attempts made, brought to the wish; undefined when they made nothing. */
async function adopt(
  client: Client,
  wish: OnlineWish,
): Promise<ProviderOutcome<OnlineMade | undefined>> {
  const before = await listByKey(client, wish.key, wish.account);
  if (!before.ok) return before;
  const [first, ...others] = before.value;
  if (first === undefined) return ok(undefined);
  const tidied = await removeEach(client, others, wish.account);
  return tidied.ok ? update(client, first, wish) : tidied;
}

/**
 * Zoom makes another meeting for every request it understands. So whoever may have asked before looks first, and
 * after an answer that did not come it is looked for at once: it was mostly made.
 */
async function create(client: Client, wish: OnlineWish): Promise<ProviderOutcome<OnlineMade>> {
  if (wish.mayExist) {
    const adopted = await adopt(client, wish);
    if (!adopted.ok) return adopted;
    if (adopted.value !== undefined) return ok(adopted.value);
  }
  const { account } = wish;
  const made = await client.call(
    {
      method: "POST",
      path: `${userPath(account)}/meetings`,
      account,
      body: bodyOf(wish),
      writes: true,
      quota: WRITES_A_DAY,
    },
    zoomMeeting,
  );
  if (made.ok) return ok(madeOf(made.value));
  if (made.refusal.ambiguous !== true) return made;
  const listed = await listByKey(client, wish.key, account);
  const [found] = listed.ok ? listed.value : [];
  if (found === undefined) return made;
  const read = await get(client, found, account);
  return read.ok ? read : made;
}

async function removeByKey(
  client: Client,
  key: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  const found = await listByKey(client, key, account);
  return found.ok ? removeEach(client, found.value, account) : found;
}

async function remove(
  { call }: Client,
  externalId: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  // Nobody but us tells people: a mail of Zoom's to alternative hosts would be a second one.
  const path = `${meetingPath(externalId)}?schedule_for_reminder=false&cancel_meeting_reminder=false`;
  const removed = await call({ method: "DELETE", path, account }, NOTHING);
  return removed.ok || removed.refusal.kind === "absent" ? ok(undefined) : removed;
}

async function list(
  client: Client,
  account: ProviderAccount,
  from: Instant,
  to: Instant,
): Promise<ProviderOutcome<readonly ListedMeeting[]>> {
  const all = await listAll(client, account);
  if (!all.ok) return all;
  const listed = all.value.map((entry) => ({
    externalId: entry.id,
    key: keyOf(entry),
    start: parseInstant(entry.start_time ?? "") ?? null,
  }));
  return ok(listed.filter(({ start }) => start === null || (start >= from && start < to)));
}

async function test(
  { call }: Client,
  account: ProviderAccount,
): Promise<ProviderOutcome<{ readonly as: string }>> {
  const read = await call({ method: "GET", path: userPath(account), account }, zoomUser);
  if (!read.ok) return read;
  const { email, display_name: name, type } = read.value;
  const who = name ? `${name} (${email})` : email;
  return ok({ as: type === BASIC_PLAN ? `${who}, on the basic plan: 40 minutes at most` : who });
}

async function findSummary(
  { call }: Client,
  externalId: string,
  account: ProviderAccount,
  near: Instant,
): ReturnType<NonNullable<ConferencingProvider["findSummary"]>> {
  const path = `/past_meetings/${encodeURIComponent(externalId)}/instances`;
  const held = await call({ method: "GET", path, account }, zoomInstances);
  if (!held.ok) return held.refusal.kind === "absent" ? ok(null) : held;
  const away = ({ start_time: start }: { readonly start_time: string }): number =>
    Math.abs((parseInstant(start) ?? Number.POSITIVE_INFINITY) - near);
  const nearest = held.value.meetings.toSorted((one, other) => away(one) - away(other))[0];
  if (nearest === undefined) return ok(null);
  const summaryPath = `/meetings/${encodeUuid(nearest.uuid)}/meeting_summary`;
  const summary = await call({ method: "GET", path: summaryPath, account }, NOTHING);
  if (!summary.ok) return summary.refusal.kind === "absent" ? ok(null) : refuse(summary.refusal);
  return ok(readZoomSummary(summary.value));
}

/** Zoom, through a Server-to-Server OAuth app. */
export function zoomProvider(
  credentials: ZoomCredentials,
  deps: ProviderDeps,
): ConferencingProvider {
  const client = clientOf(credentials, deps);
  return {
    create: (wish) => create(client, wish),
    update: (externalId, wish) => update(client, externalId, wish),
    remove: (externalId, account) => remove(client, externalId, account),
    removeByKey: (key, account) => removeByKey(client, key, account),
    list: (account, from, to) => list(client, account, from, to),
    test: (account) => test(client, account),
    findSummary: (externalId, account, near) => findSummary(client, externalId, account, near),
  };
}
