import { afterEach, beforeEach, describe, expect } from "vitest";
import { createOutbound } from "@/lib/http/outbound";
import { scrub } from "@/lib/log-redaction";
import type { ProviderHome } from "@/lib/testing/factories/online-wish";
import { makeProviderHome, wishOf } from "@/lib/testing/factories/online-wish";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { faultsOfMaking, persist, valueIn } from "@/lib/testing/provider-attempts";
import type { ZoomOptions } from "@/lib/testing/zoom-interface";
import type { ZoomServer } from "@/lib/testing/zoom-server";
import { startZoomServer } from "@/lib/testing/zoom-server";
import { instantOf } from "@/lib/time/instant";
import type { ConferencingProvider } from "../core/provider";
import { listVirtualRooms } from "../reads/rooms";
import { providerStore } from "../writes/provider-store";
import type { ProviderDeps } from "./call";
import { makeProvider } from "./make-provider";

/** What silence is told by where it is the matter; a busy machine is slow, not silent. */
const HASTY_MS = 700;

let zoom: ZoomServer;
let outbound: ReturnType<typeof createOutbound>;
let hasty: ReturnType<typeof createOutbound>;

const start = async (options: ZoomOptions = {}): Promise<void> => {
  zoom = await startZoomServer(options);
  outbound = createOutbound({ trustedOrigins: [zoom.url], timeoutMs: 10_000 });
  hasty = createOutbound({ trustedOrigins: [zoom.url], timeoutMs: HASTY_MS });
};

beforeEach(() => start());
afterEach(async () => {
  await outbound.close();
  await hasty.close();
  await zoom.close();
});

const addresses = () => ({
  zoomApi: zoom.url,
  zoomAuth: zoom.url,
  googleApi: "",
  googleAuth: "",
  teamsApi: "",
  teamsAuth: "",
});

/** The real client on a store of its own, as another node has it. */
const nodeOf = (house: House, home: ProviderHome, given: Partial<ProviderDeps> = {}) =>
  makeProvider(
    { name: "zoom", credentials: zoom.credentials },
    {
      addresses: addresses(),
      fetch: outbound.fetch,
      store: providerStore({ ...house, ...home }),
      now: () => instantOf(Date.now()),
      pace: { perSecond: 1_000, burst: 100 },
      ...given,
    },
  );

async function open(house: House, given: Partial<ProviderDeps> = {}) {
  const home = await makeProviderHome(house.db, "zoom");
  return { home, account: home.account, client: nodeOf(house, home, given) };
}

describe("a meeting at Zoom", () => {
  test("is made in UTC with our key first, unrecorded, and with what the room is set to", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account, {
      agenda: "Dates",
      settings: {
        waitingRoom: true,
        summary: true,
        alternativeHosts: ["a@example.com", "b@example.com"],
      },
    });
    const made = valueIn(await client.create(wish));
    expect(made).toEqual({
      externalId: expect.stringMatching(/^\d{11}$/),
      joinUrl: expect.stringContaining(`/j/${made.externalId}`),
      passcode: expect.any(String),
      hostUrl: expect.stringContaining("/s/"),
      dialIn: "+1 1000200200 US",
    });
    expect(zoom.meetings()).toMatchObject([
      {
        host: "host@example.com",
        type: 2,
        topic: "Delivery plan",
        agenda: `Ref: ${wish.key}\n\nDates`,
        start_time: "2026-12-01T05:00:00Z",
        duration: 60,
        settings: {
          auto_recording: "none",
          auto_start_meeting_summary: true,
          waiting_room: true,
          join_before_host: false,
          alternative_hosts: "a@example.com;b@example.com",
        },
      },
    ]);
  });

  test("of a series has no time of its own", async ({ house }) => {
    const { client, account } = await open(house);
    valueIn(await client.create(wishOf(account, { recurring: true })));
    expect(zoom.meetings()).toMatchObject([{ type: 3, start_time: undefined }]);
  });

  test("is changed in place and keeps its address", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const made = valueIn(await client.create(wish));
    const moved = {
      ...wish,
      subject: "Moved",
      start: at("2026-12-02T05:00:00Z"),
      end: at("2026-12-02T05:30:00Z"),
    };
    const changed = valueIn(await client.update(made.externalId, moved));
    expect(changed).toMatchObject({ externalId: made.externalId, joinUrl: made.joinUrl });
    expect(zoom.meetings()).toMatchObject([
      { topic: "Moved", start_time: "2026-12-02T05:00:00Z", duration: 30 },
    ]);
  });

  test("that somebody deleted is absent for a change and done for a removal", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const { externalId } = valueIn(await client.create(wish));
    zoom.forget(externalId);
    expect(await client.update(externalId, wish)).toMatchObject({
      ok: false,
      refusal: { kind: "absent" },
    });
    expect(await client.remove(externalId, account)).toEqual({ ok: true, value: undefined });
  });

  test("is removed, also when only its key is known", async ({ house }) => {
    const { client, account } = await open(house);
    const [one, other] = [wishOf(account), wishOf(account)];
    const { externalId } = valueIn(await client.create(one));
    valueIn(await client.create(other));
    valueIn(await client.remove(externalId, account));
    valueIn(await client.removeByKey(other.key, account));
    valueIn(await client.removeByKey(other.key, account));
    expect(zoom.meetings()).toEqual([]);
  });

  test("is listed with its key over all pages, made by hand without one", async ({ house }) => {
    await zoom.close();
    await start({ pageSize: 2 });
    const { client, account } = await open(house);
    const wishes = [1, 2, 3, 4].map((day) =>
      wishOf(account, {
        agenda: "x".repeat(1_900),
        start: at(`2026-12-0${day}T05:00:00Z`),
        end: at(`2026-12-0${day}T06:00:00Z`),
      }),
    );
    for (const wish of wishes) valueIn(await client.create(wish));
    const byHand = zoom.addByHand(account.name, "Mine", "2026-12-03T09:00:00Z");
    const listed = valueIn(
      await client.list(account, at("2026-12-02T00:00:00Z"), at("2026-12-04T00:00:00Z")),
    );
    expect(listed?.map(({ key }) => key)).toEqual([wishes[1]?.key, wishes[2]?.key, null]);
    expect(listed?.at(-1)).toEqual({
      externalId: byHand,
      key: null,
      start: at("2026-12-03T09:00:00Z"),
    });
  });
});

describe("whatever goes wrong, there is one meeting in the end", () => {
  const post = /^POST \/v2\/users/;
  for (const [name, fault] of Object.entries(faultsOfMaking(post, HASTY_MS)))
    test(`after ${name}`, async ({ house }) => {
      const { client, account } = await open(house, { fetch: hasty.fetch });
      zoom.misbehave(fault);
      const wish = wishOf(account);
      const made = await persist(client, wish);
      expect(zoom.meetings().map(({ id }) => String(id))).toEqual([made.externalId]);
    });

  test("which is found at once, so that nobody waits for the next attempt", async ({ house }) => {
    const { client, account } = await open(house);
    zoom.misbehave({ kind: "lost-answer", on: post });
    const made = valueIn(await client.create(wishOf(account)));
    expect(made).toMatchObject({
      externalId: String(zoom.meetings()[0]?.id),
      hostUrl: expect.any(String),
    });
    expect(zoom.count(post)).toBe(1);
  });

  test("also when looking for it fails at first", async ({ house }) => {
    const { client, account } = await open(house);
    zoom.misbehave({ kind: "lost-answer", on: post }, { kind: "reset", on: /^GET \/v2\/users/ });
    const wish = wishOf(account);
    expect(await client.create(wish)).toMatchObject({
      ok: false,
      refusal: { kind: "unreachable", ambiguous: true },
    });
    const made = await persist(client, { ...wish, mayExist: true });
    expect(zoom.meetings()).toHaveLength(1);
    expect(made.externalId).toBe(String(zoom.meetings()[0]?.id));
  });

  test("and two that were made after all become one", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    valueIn(await client.create(wish));
    valueIn(await client.create(wish));
    expect(zoom.meetings()).toHaveLength(2);
    valueIn(await client.create({ ...wish, subject: "Newer", mayExist: true }));
    expect(zoom.meetings()).toMatchObject([{ topic: "Newer" }]);
  });

  test("a change is asked again and made once more the same", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const { externalId } = valueIn(await client.create(wish));
    zoom.misbehave({ kind: "lost-answer", on: /^PATCH/ });
    const newer = { ...wish, subject: "Newer" };
    expect(await client.update(externalId, newer)).toMatchObject({
      ok: false,
      refusal: { ambiguous: true },
    });
    valueIn(await client.update(externalId, newer));
    expect(zoom.meetings()).toMatchObject([{ topic: "Newer" }]);
  });

  test("a removal whose answer got lost is done at the second try", async ({ house }) => {
    const { client, account } = await open(house);
    const { externalId } = valueIn(await client.create(wishOf(account)));
    zoom.misbehave({ kind: "lost-answer", on: /^DELETE/ });
    expect(await client.remove(externalId, account)).toMatchObject({ ok: false });
    valueIn(await client.remove(externalId, account));
    expect(zoom.meetings()).toEqual([]);
  });
});

describe("what a person reads", () => {
  const causeOf = async (client: ConferencingProvider, account: ProviderHome["account"]) => {
    const outcome = await client.test(account);
    return outcome.ok ? undefined : outcome.refusal;
  };

  test("a test says who we are", async ({ house }) => {
    const { client, account } = await open(house);
    expect(valueIn(await client.test(account))).toEqual({ as: "host (host@example.com)" });
    expect(zoom.meetings()).toEqual([]);
  });

  test("a user that is not there is named", async ({ house }) => {
    const home = await makeProviderHome(house.db, "zoom", "nobody@example.com");
    const refusal = await causeOf(nodeOf(house, home), home.account);
    expect(refusal).toMatchObject({
      kind: "credentials",
      cause: expect.stringContaining("nobody@example.com"),
      // In the log, which takes addresses out of what providers say, it is nobody's.
      detail: "GET /v2/users/…: 404 1001 User does not exist: nobody@example.com.",
    });
    expect(scrub(JSON.stringify(refusal))).not.toMatch(/nobody/);
  });

  const wrong = {
    clientSecret: /client id and secret/,
    clientId: /client id and secret/,
    accountId: /account id/,
  };
  for (const [field, words] of Object.entries(wrong))
    test(`a wrong ${field} is told from other trouble, and shown nowhere`, async ({ house }) => {
      const home = await makeProviderHome(house.db, "zoom");
      const deps: ProviderDeps = {
        addresses: addresses(),
        fetch: outbound.fetch,
        store: providerStore({ ...house, ...home }),
        now: () => instantOf(Date.now()),
      };
      const credentials = { ...zoom.credentials, [field]: "not-what-it-should-be" };
      const client = makeProvider({ name: "zoom", credentials }, deps);
      const refusal = await causeOf(client, home.account);
      expect(refusal).toMatchObject({ kind: "credentials", cause: expect.stringMatching(words) });
      const told = JSON.stringify(refusal);
      for (const secret of Object.values(credentials)) expect(told).not.toContain(secret);
    });

  test("missing scopes are listed", async ({ house }) => {
    const { client, account } = await open(house);
    const body = {
      code: 4711,
      message: "Invalid access token, does not contain scopes:[user:read:user:admin].",
    };
    zoom.misbehave({ kind: "status", status: 400, body, on: /^GET \/v2\/users/ });
    expect(await causeOf(client, account)).toMatchObject({
      kind: "credentials",
      cause: expect.stringContaining("user:read:user:admin"),
    });
  });

  test("a meeting Zoom does not want is refused for good", async ({ house }) => {
    const { client, account } = await open(house);
    expect(await client.create(wishOf(account, { subject: "" }))).toMatchObject({
      ok: false,
      refusal: { kind: "refused" },
    });
  });

  test("an address that is closed to us is the operator's matter", async ({ house }) => {
    const home = await makeProviderHome(house.db, "zoom");
    const strict = createOutbound({ timeoutMs: HASTY_MS });
    const client = nodeOf(house, home, { fetch: strict.fetch });
    const refusal = await causeOf(client, home.account);
    await strict.close();
    expect(refusal).toMatchObject({
      kind: "credentials",
      cause: expect.stringContaining("settings"),
    });
  });

  test("a server that is not there is unreachable, and certainly did nothing", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    valueIn(await client.test(account));
    await zoom.close();
    const outcome = await client.create(wishOf(account));
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: "unreachable" } });
    expect(outcome.ok ? {} : outcome.refusal).not.toHaveProperty("ambiguous");
  });
});

describe("a token", () => {
  const asked = /^POST \/oauth\/token/;

  test("is asked for once by fifty creates on two nodes", async ({ house }) => {
    const home = await makeProviderHome(house.db, "zoom");
    const nodes = [nodeOf(house, home), nodeOf(house, home)] as const;
    const wishes = Array.from({ length: 50 }, () => wishOf(home.account));
    const made = await Promise.all(
      wishes.map((wish, at) => nodes[at % 2 === 0 ? 0 : 1].create(wish)),
    );
    expect(made.filter((outcome) => outcome.ok)).toHaveLength(50);
    expect(zoom.meetings()).toHaveLength(50);
    expect(zoom.count(asked)).toBe(1);
  });

  test("is kept sealed", async ({ house }) => {
    const { client, account, home } = await open(house);
    valueIn(await client.test(account));
    const rows = await house.db.providerState.findMany({
      where: { workspaceId: home.workspaceId },
    });
    const sealed = rows.flatMap(({ sealedToken }) =>
      sealedToken ? [Buffer.from(sealedToken)] : [],
    );
    expect(sealed).toHaveLength(1);
    expect(sealed[0]?.subarray(0, 3).toString("latin1")).toBe("v1.");
  });

  test("is replaced when it was revoked, once for everybody", async ({ house }) => {
    const home = await makeProviderHome(house.db, "zoom");
    const nodes = [nodeOf(house, home), nodeOf(house, home)] as const;
    valueIn(await nodes[0].test(home.account));
    zoom.revokeToken();
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        nodes[at % 2 === 0 ? 0 : 1].create(wishOf(home.account)),
      ),
    );
    expect(made.filter((outcome) => outcome.ok)).toHaveLength(20);
    expect(zoom.count(asked)).toBe(2);
  });

  test("is not used in its last minute", async ({ house }) => {
    let now = Date.now();
    const { client, account } = await open(house, { now: () => instantOf(now) });
    valueIn(await client.test(account));
    now += 3_530_000;
    valueIn(await client.test(account));
    expect(zoom.count(asked)).toBe(1);
    now += 20_000;
    valueIn(await client.test(account));
    expect(zoom.count(asked)).toBe(2);
  });

  test("that Zoom gives and does not take is the credentials' matter, after one more try", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    zoom.misbehave({
      kind: "status",
      status: 401,
      times: 9,
      body: { code: 124, message: "Invalid access token." },
      on: /\/v2\//,
    });
    expect(await client.test(account)).toMatchObject({
      ok: false,
      refusal: { kind: "credentials" },
    });
    expect(zoom.count(/\/v2\//)).toBe(2);
    expect(zoom.count(asked)).toBe(2);
  });

  test("that does not come leaves nobody's meeting in doubt", async ({ house }) => {
    const { client, account } = await open(house);
    zoom.misbehave({ kind: "status", status: 500, on: asked });
    const outcome = await client.create(wishOf(account));
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: "unreachable" } });
    expect(outcome.ok ? {} : outcome.refusal).not.toHaveProperty("ambiguous");
  });
});

describe("limits hold on all nodes", () => {
  const api = /\/v2\//;

  test("a pause Zoom asks for is kept by everybody, and then it goes on", async ({ house }) => {
    let now = Date.now();
    const clock = { now: () => instantOf(now) };
    const home = await makeProviderHome(house.db, "zoom");
    const [one, other] = [nodeOf(house, home, clock), nodeOf(house, home, clock)];
    valueIn(await one.test(home.account));
    zoom.misbehave({ kind: "status", status: 429, retryAfter: "7", on: api });
    const limited = { ok: false, refusal: { kind: "limited", retryAfterSeconds: 7 } };
    expect(await one.create(wishOf(home.account))).toMatchObject(limited);
    const before = zoom.count(api);
    expect(await other.create(wishOf(home.account))).toMatchObject(limited);
    expect(zoom.count(api)).toBe(before);
    now += 7_001;
    valueIn(await other.create(wishOf(home.account)));
  });

  test("too many calls at once wait for their turn, and beyond that are sent away", async ({
    house,
  }) => {
    const home = await makeProviderHome(house.db, "zoom");
    const pace = { perSecond: 4, burst: 5, longestWaitMs: 500 };
    const nodes = [nodeOf(house, home, { pace }), nodeOf(house, home, { pace })] as const;
    valueIn(await nodes[0].test(home.account));
    const began = Date.now();
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        nodes[at % 2 === 0 ? 0 : 1].create(wishOf(home.account)),
      ),
    );
    const tookMs = Date.now() - began;
    const refused = outcomes.flatMap((outcome) => (!outcome.ok ? [outcome.refusal] : []));
    const made = outcomes.length - refused.length;
    // Four more at once, two in the half second one may wait, and what trickles in while forty ask.
    expect(made).toBeGreaterThanOrEqual(6);
    expect(made).toBeLessThanOrEqual(5 + Math.ceil((tookMs / 1_000) * 4) + 1);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ kind }) => kind === "limited")).toBe(true);
    expect(zoom.meetings()).toHaveLength(made);
  });

  test("the breaker opens after five silences, for both, lets one through, and closes", async ({
    house,
  }) => {
    let now = Date.now();
    const clock = { now: () => instantOf(now) };
    const home = await makeProviderHome(house.db, "zoom");
    const [one, other] = [nodeOf(house, home, clock), nodeOf(house, home, clock)];
    valueIn(await one.test(home.account));
    zoom.misbehave({ kind: "status", status: 502, times: 6, on: api });
    for (let at = 0; at < 5; at += 1) await (at % 2 ? one : other).test(home.account);
    const opened = zoom.count(api);
    expect(await other.test(home.account)).toMatchObject({
      ok: false,
      refusal: { kind: "unreachable", retryAfterSeconds: 15 },
    });
    expect(zoom.count(api)).toBe(opened);

    // What the screen of virtual rooms says.
    const shown = await listVirtualRooms(house.db, home.workspaceId, instantOf(now));
    // A workspace has a room of its own from its first day, and that one is left in peace.
    expect(shown.map(({ openUntil }) => openUntil).filter(Boolean)).toEqual([now + 15_000]);

    now += 15_001;
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 ? one : other).test(home.account)),
    );
    expect(zoom.count(api)).toBe(opened + 1);
    // That probe failed, too: twice as long.
    expect(await one.test(home.account)).toMatchObject({
      ok: false,
      refusal: { retryAfterSeconds: 30 },
    });

    now += 30_001;
    valueIn(await other.test(home.account));
    valueIn(await one.test(home.account));
  });

  test("the hundred and first write of a host's day is refused before the call, other calls and days are not", async ({
    house,
  }) => {
    let now: number = at("2026-12-01T22:00:00Z");
    const home = await makeProviderHome(house.db, "zoom");
    const clock = { now: () => instantOf(now) };
    const nodes = [nodeOf(house, home, clock), nodeOf(house, home, clock)] as const;
    const wishes = Array.from({ length: 110 }, () => wishOf(home.account));
    const outcomes = await Promise.all(
      wishes.map((wish, index) => nodes[index % 2 === 0 ? 0 : 1].create(wish)),
    );
    expect(zoom.count(/^POST \/v2/)).toBe(100);
    const refusals = outcomes.flatMap((outcome) => (!outcome.ok ? [outcome.refusal] : []));
    expect(refusals).toHaveLength(10);
    expect(refusals[0]).toMatchObject({
      kind: "limited",
      cause: expect.stringContaining("2026-12-02 00:00 UTC"),
      retryAfterSeconds: 7_200,
    });
    const [client] = nodes;
    const [kept] = zoom.meetings();
    valueIn(await client.remove(String(kept?.id), home.account));
    now = at("2026-12-02T00:00:01Z");
    valueIn(await client.create(wishOf(home.account)));
    const days = await house.db.providerDay.findMany({
      where: { workspaceId: home.workspaceId },
      orderBy: { onDate: "asc" },
    });
    expect(days.map(({ writes }) => writes)).toEqual([100, 1]);
  });

  test("when Zoom says the host's day is over, only that host waits", async ({ house }) => {
    await zoom.close();
    await start({ writesADay: 2, users: ["host@example.com", "other@example.com"] });
    const { client, account, home } = await open(house);
    const other = { ...account, id: home.virtualRoomId, name: "other@example.com" };
    for (let made = 0; made < 2; made += 1) valueIn(await client.create(wishOf(account)));
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited" },
    });
    const before = zoom.count(api);
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited", cause: expect.stringContaining("host@example.com") },
    });
    expect(zoom.count(api)).toBe(before);
    valueIn(await client.create(wishOf(other)));
  });

  test("calls, failures and pauses of a day are counted", async ({ house }) => {
    const { client, account, home } = await open(house);
    valueIn(await client.create(wishOf(account)));
    zoom.misbehave(
      { kind: "status", status: 500, on: /^GET/ },
      { kind: "status", status: 429, on: /^GET/ },
    );
    await client.test(account);
    await client.test(account);
    const [day] = await house.db.providerDay.findMany({ where: { workspaceId: home.workspaceId } });
    expect(day).toMatchObject({ calls: 3, writes: 1, failures: 1, throttled: 1 });
  });
});

describe("a summary", () => {
  const summary = {
    meeting_topic: "Delivery plan",
    summary_overview: "Dates.",
    next_steps: ["Ana: book"],
  };

  test("is that of the instance nearest to the meeting, also when its id holds slashes", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    const { externalId } = valueIn(await client.create(wishOf(account)));
    const near = at("2026-12-08T05:00:00Z");
    zoom.summarise(
      externalId,
      { ...summary, summary_overview: "Earlier." },
      { start: "2026-12-01T05:00:00Z" },
    );
    zoom.summarise(externalId, summary, { uuid: "/abc//d==", start: "2026-12-08T05:01:00Z" });
    expect(
      valueIn((await client.findSummary?.(externalId, account, near)) ?? { ok: true, value: null }),
    ).toEqual({
      title: "Delivery plan",
      overview: "Dates.",
      details: [],
      nextSteps: ["Ana: book"],
    });
  });

  test("that is not there is none", async ({ house }) => {
    const { client, account } = await open(house);
    const { externalId } = valueIn(await client.create(wishOf(account)));
    expect(await client.findSummary?.(externalId, account, at("2026-12-01T05:00:00Z"))).toEqual({
      ok: true,
      value: null,
    });
  });
});
