import { afterEach, beforeEach, describe, expect } from "vitest";
import { createOutbound } from "@/lib/http/outbound";
import type { ProviderHome } from "@/lib/testing/factories/online-wish";
import { makeProviderHome, wishOf } from "@/lib/testing/factories/online-wish";
import type { GraphOptions, GraphServer } from "@/lib/testing/graph-server";
import { startGraphServer } from "@/lib/testing/graph-server";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { faultsOfMaking, persist, valueIn } from "@/lib/testing/provider-attempts";
import { instantOf } from "@/lib/time/instant";
import { PLAIN_SETTINGS } from "../core/provider";
import { providerStore } from "../writes/provider-store";
import type { ProviderDeps } from "./call";
import { makeProvider } from "./make-provider";

/** What silence is told by where it is the matter; a busy machine is slow, not silent. */
const HASTY_MS = 700;

let graph: GraphServer;
let outbound: ReturnType<typeof createOutbound>;
let hasty: ReturnType<typeof createOutbound>;

const start = async (options: GraphOptions = {}): Promise<void> => {
  graph = await startGraphServer(options);
  outbound = createOutbound({ trustedOrigins: [graph.url], timeoutMs: 10_000 });
  hasty = createOutbound({ trustedOrigins: [graph.url], timeoutMs: HASTY_MS });
};
beforeEach(() => start());
afterEach(async () => {
  await outbound.close();
  await hasty.close();
  await graph.close();
});

const nodeOf = (
  house: House,
  home: ProviderHome,
  given: Partial<ProviderDeps> & {
    readonly credentials?: Partial<GraphServer["credentials"]>;
  } = {},
) => {
  const { credentials, ...deps } = given;
  return makeProvider(
    { name: "teams", credentials: { ...graph.credentials, ...credentials } },
    {
      addresses: {
        zoomApi: "",
        zoomAuth: "",
        googleApi: "",
        googleAuth: "",
        // Whoever moves it may name the part all calls share, or not.
        teamsApi: `${graph.url}/v1.0`,
        teamsAuth: graph.url,
      },
      fetch: outbound.fetch,
      store: providerStore({ ...house, ...home }),
      now: () => instantOf(Date.now()),
      pace: { perSecond: 1_000, burst: 100 },
      ...deps,
    },
  );
};

async function open(house: House, given: Partial<ProviderDeps> & { readonly name?: string } = {}) {
  const { name, ...deps } = given;
  const home = await makeProviderHome(house.db, "teams", name);
  return { home, account: home.account, client: nodeOf(house, home, deps) };
}

describe("a meeting in Teams", () => {
  test("is made for the user with our key, unrecorded, with or without a lobby", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account, { settings: { ...PLAIN_SETTINGS, waitingRoom: true } });
    const made = valueIn(await client.create(wish));
    expect(made).toEqual({
      externalId: graph.meetings()[0]?.id,
      joinUrl: expect.stringContaining("https://teams.example/l/meetup-join/"),
      passcode: "Xk29ab",
      dialIn: "+1 555-0101 ID 987654321",
    });
    expect(graph.meetings()).toMatchObject([
      {
        userId: graph.userId("host@example.com"),
        externalId: wish.key,
        body: {
          subject: "Delivery plan",
          startDateTime: "2026-12-01T05:00:00.000Z",
          endDateTime: "2026-12-01T06:00:00.000Z",
          recordAutomatically: false,
          lobbyBypassSettings: { scope: "organizer" },
        },
      },
    ]);
    valueIn(await client.update(made.externalId, { ...wish, settings: PLAIN_SETTINGS }));
    expect(graph.meetings()).toMatchObject([
      { body: { lobbyBypassSettings: { scope: "everyone" } } },
    ]);
  });

  test("is changed in place and keeps its address", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const made = valueIn(await client.create(wish));
    const moved = { ...wish, start: at("2026-12-02T05:00:00Z"), end: at("2026-12-02T06:00:00Z") };
    expect(valueIn(await client.update(made.externalId, moved))).toEqual(made);
    expect(graph.meetings()).toMatchObject([
      { body: { startDateTime: "2026-12-02T05:00:00.000Z" } },
    ]);
  });

  test("that an earlier attempt made is brought to the newer wish", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    valueIn(await client.create(wish));
    valueIn(await client.create({ ...wish, subject: "Newer", mayExist: true }));
    expect(graph.meetings()).toMatchObject([{ body: { subject: "Newer" } }]);
  });

  test("that somebody deleted is absent for a change and done for a removal", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const { externalId } = valueIn(await client.create(wish));
    graph.forget(externalId);
    expect(await client.update(externalId, wish)).toMatchObject({
      ok: false,
      refusal: { kind: "absent" },
    });
    valueIn(await client.remove(externalId, account));
  });

  test("is removed, also when only its key is known, and nothing is left", async ({ house }) => {
    const { client, account } = await open(house);
    const [one, other] = [wishOf(account), wishOf(account)];
    const { externalId } = valueIn(await client.create(one));
    valueIn(await client.create(other));
    valueIn(await client.remove(externalId, account));
    valueIn(await client.removeByKey(other.key, account));
    valueIn(await client.removeByKey("never-made", account));
    expect(graph.meetings()).toEqual([]);
  });

  test("can be found by nobody but who knows it, so there is no list", async ({ house }) => {
    const { client, account } = await open(house);
    expect(
      valueIn(await client.list(account, at("2026-12-01T00:00:00Z"), at("2026-12-02T00:00:00Z"))),
    ).toBeNull();
  });

  test("of an account that is named by its object id needs no look-up", async ({ house }) => {
    const { client } = await open(house);
    const account = {
      id: "0190b3a0-0000-7000-8000-000000000001",
      name: graph.userId("host@example.com"),
    };
    valueIn(await client.create(wishOf(account)));
    expect(graph.count(/^GET \/v1\.0\/users\/[^/]+$/)).toBe(0);
  });
});

describe("whatever goes wrong, there is one meeting in the end", () => {
  for (const [name, fault] of Object.entries(faultsOfMaking(/^POST \/v1\.0/, HASTY_MS)))
    test(`after ${name}`, async ({ house }) => {
      const { client, account } = await open(house, { fetch: hasty.fetch });
      graph.misbehave(fault);
      const made = await persist(client, wishOf(account));
      expect(graph.meetings().map(({ id }) => id)).toEqual([made.externalId]);
    });

  test("also when it is made and then cannot be brought to the wish", async ({ house }) => {
    const { client, account } = await open(house);
    graph.misbehave({ kind: "lost-answer", on: /^PATCH/ });
    await persist(client, wishOf(account));
    expect(graph.meetings()).toMatchObject([{ body: { recordAutomatically: false } }]);
  });
});

describe("what a person reads", () => {
  test("a test says who it is and makes nothing", async ({ house }) => {
    const { client, account } = await open(house);
    expect(valueIn(await client.test(account))).toEqual({ as: "host (host@example.com)" });
    expect(graph.meetings()).toEqual([]);
  });

  test("a missing application access policy is told by its name, already in the test", async ({
    house,
  }) => {
    graph.grantPolicy(false);
    const { client, account } = await open(house);
    const refusal = {
      kind: "credentials",
      cause: expect.stringMatching(/application access policy.*Grant-CsApplicationAccessPolicy/),
    };
    expect(await client.test(account)).toMatchObject({ ok: false, refusal });
    expect(await client.create(wishOf(account))).toMatchObject({ ok: false, refusal });
  });

  test("a user that is not there is named", async ({ house }) => {
    const { client, account } = await open(house, { name: "nobody@example.com" });
    expect(await client.test(account)).toMatchObject({
      ok: false,
      refusal: { kind: "credentials", cause: expect.stringContaining("nobody@example.com") },
    });
  });

  const wrong = {
    clientSecret: ["not-the-secret", /secret's value/],
    clientId: ["0190b3a0-0000-7000-8000-000000000002", /client id/],
    tenantId: ["0190b3a0-0000-7000-8000-000000000003", /tenant/],
  } as const;
  for (const [field, [value, words]] of Object.entries(wrong))
    test(`a wrong ${field} is told from other trouble, and no secret is shown`, async ({
      house,
    }) => {
      const home = await makeProviderHome(house.db, "teams");
      const outcome = await nodeOf(house, home, { credentials: { [field]: value } }).test(
        home.account,
      );
      expect(outcome).toMatchObject({
        ok: false,
        refusal: { kind: "credentials", cause: expect.stringMatching(words) },
      });
      expect(JSON.stringify(outcome)).not.toContain(graph.credentials.clientSecret);
      expect(JSON.stringify(outcome)).not.toContain("not-the-secret");
    });

  test("a secret that is over is told from a wrong one", async ({ house }) => {
    graph.expireSecret();
    const { client, account } = await open(house);
    expect(await client.test(account)).toMatchObject({
      ok: false,
      refusal: { cause: expect.stringContaining("is over") },
    });
  });
});

describe("limits hold on all nodes", () => {
  test("a mailbox is never asked five things at once", async ({ house }) => {
    await graph.close();
    await start({ workMs: 25 });
    const home = await makeProviderHome(house.db, "teams");
    const nodes = [nodeOf(house, home), nodeOf(house, home)] as const;
    const wishes = Array.from({ length: 16 }, () => wishOf(home.account));
    const made = await Promise.all(
      wishes.map((wish, index) => nodes[index % 2 === 0 ? 0 : 1].create(wish)),
    );
    expect(made.map((outcome) => outcome.ok || outcome.refusal.detail)).toEqual(
      wishes.map(() => true),
    );
    expect(graph.tooMany()).toBe(0);
    expect(graph.meetings()).toHaveLength(16);
    expect(graph.count(/\/token$/)).toBe(1);
  });

  test("places of a node that died are free again after half a minute", async ({ house }) => {
    const home = await makeProviderHome(house.db, "teams");
    let now = Date.now();
    const clock = { now: () => instantOf(now) };
    const client = nodeOf(house, home, {
      ...clock,
      pace: { perSecond: 1_000, burst: 100, longestWaitMs: 100 },
    });
    valueIn(await client.test(home.account));
    const store = providerStore({ ...house, ...home });
    const rows = await house.db.providerState.findMany({
      where: { workspaceId: home.workspaceId },
    });
    const line = rows.map(({ key }) => key).find((key) => key.endsWith(home.account.id)) ?? "";
    for (const id of ["a", "b", "c", "d"]) {
      const until = instantOf(now + 30_000);
      expect(
        await store.lease(line, { id, kind: "call", limit: 4, until, now: instantOf(now) }),
      ).toBe(true);
    }
    expect(await client.test(home.account)).toMatchObject({
      ok: false,
      refusal: { kind: "limited" },
    });
    now += 30_001;
    valueIn(await client.test(home.account));
  });

  test("Retry-After is obeyed, also as a date", async ({ house }) => {
    const { client, account, home } = await open(house);
    valueIn(await client.test(account));
    graph.misbehave({
      kind: "status",
      status: 429,
      headers: { date: "Tue, 01 Dec 2026 05:00:00 GMT" },
      retryAfter: "Tue, 01 Dec 2026 05:00:09 GMT",
      on: /onlineMeetings/,
    });
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited", retryAfterSeconds: 9 },
    });
    const before = graph.calls.length;
    expect(await nodeOf(house, home).create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited" },
    });
    expect(graph.calls).toHaveLength(before);
  });

  test("503 with a time is a pause, not a failure", async ({ house }) => {
    const { client, account } = await open(house);
    graph.misbehave({ kind: "status", status: 503, retryAfter: "20", on: /createOrGet/ });
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "unreachable", retryAfterSeconds: 20, ambiguous: true },
    });
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited", cause: expect.stringContaining("asked for a pause") },
    });
  });
});
