import { z } from "zod";
import { ok } from "@/lib/result";
import type { TeamsCredentials } from "../core/credentials";
import type {
  ConferencingProvider,
  OnlineMade,
  OnlineWish,
  ProviderAccount,
  ProviderOutcome,
} from "../core/provider";
import { under } from "./address";
import type { Asked, Line } from "./asked";
import type { ProviderDeps } from "./call";
import { readAnswer } from "./call";
import {
  changeBodyOf,
  createBodyOf,
  madeOf,
  teamsMeeting,
  teamsUser,
  tokenCauseOf,
  troubleOf,
  wordsOf,
} from "./teams-wire";
import type { TokenSource } from "./token";
import { callAs } from "./token";

/** 10,000 in ten minutes for app and mailbox, */
const PACE = { perSecond: 10, burst: 10, longestWaitMs: 5_000 };
/** and four at once. */
const TOGETHER = 4;

const OBJECT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function sourceOf(credentials: TeamsCredentials, deps: ProviderDeps, name: string): TokenSource {
  const { tenantId, clientId, clientSecret } = credentials;
  return {
    line: { name: `${name}/token`, provider: "Microsoft", pace: PACE, together: null },
    ask: async () => ({
      url: `${deps.addresses.teamsAuth}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        scope: "https://graph.microsoft.com/.default",
      }).toString(),
    }),
    wordsOf,
    causeOf: tokenCauseOf,
  };
}

type Client = {
  readonly call: <Value>(
    asked: {
      readonly account: ProviderAccount;
      readonly method: Asked["method"];
      readonly path: string;
      readonly body?: string;
    },
    shape: z.ZodType<Value>,
  ) => Promise<ProviderOutcome<Value>>;
  readonly findUser: (
    account: ProviderAccount,
  ) => Promise<ProviderOutcome<z.infer<typeof teamsUser>>>;
};

function clientOf(credentials: TeamsCredentials, deps: ProviderDeps): Client {
  const { tenantId, clientId, clientSecret } = credentials;
  const name = `teams/${deps.store.nameOf([tenantId, clientId, clientSecret])}`;
  const source = sourceOf(credentials, deps, name);
  const root = under(deps.addresses.teamsApi, "/v1.0");
  const users = new Map<string, z.infer<typeof teamsUser>>();

  const call: Client["call"] = async ({ path, ...rest }, shape) => {
    const line: Line = {
      name: `${name}/${rest.account.id}`,
      provider: "Teams",
      pace: PACE,
      together: TOGETHER,
    };
    const writes = rest.method === "POST" || rest.method === "PATCH";
    const asked: Asked = { ...rest, url: `${root}${path}`, writes, wordsOf };
    return readAnswer(line, asked, await callAs(deps, source, line, asked), { shape, troubleOf });
  };

  return {
    call,
    // Meetings are made under an object id; people know an address.
    findUser: async (account) => {
      const known = users.get(account.name);
      if (known) return ok(known);
      if (OBJECT_ID.test(account.name)) return ok({ id: account.name });
      const path = `/users/${encodeURIComponent(account.name)}?$select=id,displayName,userPrincipalName`;
      const found = await call({ account, method: "GET", path }, teamsUser);
      if (found.ok) users.set(account.name, found.value);
      return found;
    },
  };
}

const meetingPath = (userId: string, externalId: string): string =>
  `/users/${userId}/onlineMeetings/${encodeURIComponent(externalId)}`;

async function update(
  client: Client,
  externalId: string,
  wish: OnlineWish,
): Promise<ProviderOutcome<OnlineMade>> {
  const { account } = wish;
  const user = await client.findUser(account);
  if (!user.ok) return user;
  const path = meetingPath(user.value.id, externalId);
  const body = changeBodyOf(wish);
  const changed = await client.call({ account, method: "PATCH", path, body }, teamsMeeting);
  return changed.ok ? ok(madeOf(changed.value)) : changed;
}

/** The key makes it one meeting however often it is asked for; then it is brought to the wish. */
async function create(client: Client, wish: OnlineWish): Promise<ProviderOutcome<OnlineMade>> {
  const { account } = wish;
  const user = await client.findUser(account);
  if (!user.ok) return user;
  const path = `/users/${user.value.id}/onlineMeetings/createOrGet`;
  const body = createBodyOf(wish);
  const made = await client.call({ account, method: "POST", path, body }, teamsMeeting);
  return made.ok ? update(client, made.value.id, wish) : made;
}

async function remove(
  client: Client,
  externalId: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  const user = await client.findUser(account);
  if (!user.ok) return user;
  const path = meetingPath(user.value.id, externalId);
  const removed = await client.call({ account, method: "DELETE", path }, z.unknown());
  return removed.ok || removed.refusal.kind === "absent" ? ok(undefined) : removed;
}

/** Graph finds a meeting by its key only by making it where there is none; then it is removed, too. */
async function removeByKey(
  client: Client,
  key: string,
  account: ProviderAccount,
): Promise<ProviderOutcome<undefined>> {
  const user = await client.findUser(account);
  if (!user.ok) return user;
  const path = `/users/${user.value.id}/onlineMeetings/createOrGet`;
  const body = JSON.stringify({ externalId: key });
  const found = await client.call({ account, method: "POST", path, body }, teamsMeeting);
  return found.ok ? remove(client, found.value.id, account) : found;
}

/** The user is looked up and a meeting that cannot be is asked for: a policy that is missing says so, nothing is made. */
async function test(
  client: Client,
  account: ProviderAccount,
): Promise<ProviderOutcome<{ readonly as: string }>> {
  const user = await client.findUser(account);
  if (!user.ok) return user;
  const { id, displayName, userPrincipalName } = user.value;
  const filter = encodeURIComponent("JoinWebUrl eq 'https://teams.microsoft.com/l/meetup-join/0'");
  const path = `/users/${id}/onlineMeetings?$filter=${filter}`;
  const asked = await client.call({ account, method: "GET", path }, z.unknown());
  const mayAsk = asked.ok || asked.refusal.kind === "absent" || asked.refusal.kind === "refused";
  if (!mayAsk) return asked;
  const address = userPrincipalName ?? account.name;
  return ok({ as: displayName ? `${displayName} (${address})` : address });
}

/** Microsoft Teams, through an app registration that may act for its accounts. */
export function teamsProvider(
  credentials: TeamsCredentials,
  deps: ProviderDeps,
): ConferencingProvider {
  const client = clientOf(credentials, deps);
  return {
    create: (wish) => create(client, wish),
    update: (externalId, wish) => update(client, externalId, wish),
    remove: (externalId, account) => remove(client, externalId, account),
    removeByKey: (key, account) => removeByKey(client, key, account),
    // Graph shows a meeting to who knows its address, and lists none.
    list: async () => ok(null),
    test: (account) => test(client, account),
  };
}
