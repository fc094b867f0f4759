import { afterEach, beforeEach, describe, expect } from "vitest";
import { createOutbound } from "@/lib/http/outbound";
import type { ProviderHome } from "@/lib/testing/factories/online-wish";
import { makeProviderHome, wishOf } from "@/lib/testing/factories/online-wish";
import type { GoogleServer } from "@/lib/testing/google-server";
import { startGoogleServer } from "@/lib/testing/google-server";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { faultsOfMaking, persist, valueIn } from "@/lib/testing/provider-attempts";
import { instantOf } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { accessOf } from "../core/credentials";
import { providerStore } from "../writes/provider-store";
import type { ProviderDeps } from "./call";
import { makeProvider } from "./make-provider";

/** What silence is told by where it is the matter; a busy machine is slow, not silent. */
const HASTY_MS = 700;

let google: GoogleServer;
let outbound: ReturnType<typeof createOutbound>;
let hasty: ReturnType<typeof createOutbound>;

beforeEach(async () => {
  google = await startGoogleServer({ users: ["host@example.com", "other@example.com"] });
  outbound = createOutbound({ trustedOrigins: [google.url], timeoutMs: 10_000 });
  hasty = createOutbound({ trustedOrigins: [google.url], timeoutMs: HASTY_MS });
});
afterEach(async () => {
  await outbound.close();
  await hasty.close();
  await google.close();
});

const nodeOf = (
  house: House,
  home: ProviderHome,
  given: Partial<ProviderDeps> & { readonly credentials?: object } = {},
) => {
  const { credentials = google.credentials, ...deps } = given;
  const access = accessOf("google_meet", credentials);
  if (!access) throw new Error("not credentials");
  return makeProvider(access, {
    addresses: {
      zoomApi: "",
      zoomAuth: "",
      googleApi: google.url,
      googleAuth: google.url,
      teamsApi: "",
      teamsAuth: "",
    },
    fetch: outbound.fetch,
    store: providerStore({ ...house, ...home }),
    now: () => instantOf(Date.now()),
    pace: { perSecond: 1_000, burst: 100 },
    ...deps,
  });
};

async function open(house: House, given: Partial<ProviderDeps> = {}) {
  const home = await makeProviderHome(house.db, "google_meet");
  return { home, account: home.account, client: nodeOf(house, home, given) };
}

describe("a meeting at Google", () => {
  test("is a quiet private event with a conference", async ({ house }) => {
    const { client, account } = await open(house);
    const zone = parseTimeZone("Asia/Tokyo") ?? UTC;
    const wish = wishOf(account, { agenda: "Dates", zone });
    const made = valueIn(await client.create(wish));
    expect(made).toEqual({
      externalId: expect.stringMatching(/^[a-v0-9]{5,1024}$/),
      joinUrl: expect.stringContaining("https://meet.google.example/"),
      dialIn: "+1 555-0100 PIN 123456789",
    });
    expect(google.events()).toMatchObject([
      {
        id: made.externalId,
        account: "host@example.com",
        body: {
          summary: "Delivery plan",
          description: "Dates",
          start: { dateTime: "2026-12-01T05:00:00.000Z", timeZone: "Asia/Tokyo" },
          end: { dateTime: "2026-12-01T06:00:00.000Z", timeZone: "Asia/Tokyo" },
          transparency: "transparent",
          visibility: "private",
          extendedProperties: { private: { meridian: "1", meridianKey: wish.key } },
        },
        conference: { requestId: wish.key },
      },
    ]);
  });

  test("is changed in place and keeps its address", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const made = valueIn(await client.create(wish));
    const changed = valueIn(await client.update(made.externalId, { ...wish, subject: "Moved" }));
    expect(changed).toEqual(made);
    expect(google.events()).toMatchObject([{ body: { summary: "Moved" } }]);
  });

  test("whose address takes a moment is waited for", async ({ house }) => {
    google.delayConferences(2);
    const { client, account } = await open(house);
    expect(valueIn(await client.create(wishOf(account))).joinUrl).toContain("meet.google.example");
  });

  test("whose address takes long is found at the next attempt", async ({ house }) => {
    google.delayConferences(6);
    const { client, account } = await open(house);
    const wish = wishOf(account);
    expect(await client.create(wish)).toMatchObject({
      ok: false,
      refusal: { kind: "limited", retryAfterSeconds: 10 },
    });
    valueIn(await client.create({ ...wish, mayExist: true }));
    expect(google.events()).toHaveLength(1);
  });

  test("for which Google makes no conference names the account", async ({ house }) => {
    google.delayConferences(Number.POSITIVE_INFINITY);
    const { client, account } = await open(house);
    const wish = wishOf(account);
    expect(await client.create(wish)).toMatchObject({
      ok: false,
      refusal: { kind: "credentials", cause: expect.stringContaining("host@example.com") },
    });
    // Once somebody switched Meet on, the same event gets one.
    google.delayConferences(0);
    valueIn(await client.create({ ...wish, mayExist: true }));
    expect(google.events()).toHaveLength(1);
  });

  test("comes back under its own id when it was removed", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const { externalId } = valueIn(await client.create(wish));
    valueIn(await client.remove(externalId, account));
    expect(google.events()).toEqual([]);
    expect(valueIn(await client.create(wish)).externalId).toBe(externalId);
    expect(google.events()).toHaveLength(1);
  });

  test("that somebody deleted in the calendar comes back with a change", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    const { externalId } = valueIn(await client.create(wish));
    google.deleteByHand(externalId);
    valueIn(await client.update(externalId, wish));
    expect(google.events()).toHaveLength(1);
  });

  test("that never was is absent for a change and done for a removal", async ({ house }) => {
    const { client, account } = await open(house);
    expect(await client.update("mrdn00000", wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "absent" },
    });
    valueIn(await client.remove("mrdn00000", account));
    valueIn(await client.removeByKey("never", account));
  });

  test("is removed, also when only its key is known, and twice", async ({ house }) => {
    const { client, account } = await open(house);
    const wish = wishOf(account);
    valueIn(await client.create(wish));
    valueIn(await client.removeByKey(wish.key, account));
    valueIn(await client.removeByKey(wish.key, account));
    expect(google.events()).toEqual([]);
  });

  test("is listed over all pages, and what people have in the calendar is not", async ({
    house,
  }) => {
    const { client, account } = await open(house);
    const wishes = [1, 2, 3, 4, 5].map((day) =>
      wishOf(account, {
        start: at(`2026-12-0${day}T05:00:00Z`),
        end: at(`2026-12-0${day}T06:00:00Z`),
      }),
    );
    for (const wish of wishes) valueIn(await client.create(wish));
    const listed = valueIn(
      await client.list(account, at("2026-12-02T05:30:00Z"), at("2026-12-05T05:00:00Z")),
    );
    // The second began before the span, the fifth begins at its end.
    expect(listed?.map(({ key }) => key)).toEqual([wishes[2]?.key, wishes[3]?.key]);
  });
});

describe("whatever goes wrong, there is one event in the end", () => {
  const post = /^POST \/calendar/;
  for (const [name, fault] of Object.entries(faultsOfMaking(post, HASTY_MS)))
    test(`after ${name}`, async ({ house }) => {
      const { client, account } = await open(house, { fetch: hasty.fetch });
      google.misbehave(fault);
      const wish = wishOf(account);
      const made = await persist(client, wish);
      expect(google.events().map(({ id }) => id)).toEqual([made.externalId]);
    });

  test("also when two nodes make it at the same moment", async ({ house }) => {
    const home = await makeProviderHome(house.db, "google_meet");
    const wish = wishOf(home.account);
    const made = await Promise.all(
      [nodeOf(house, home), nodeOf(house, home)].map((node) => node.create(wish)),
    );
    expect(new Set(made.map((outcome) => valueIn(outcome).joinUrl)).size).toBe(1);
    expect(google.events()).toHaveLength(1);
  });

  test("a removal whose answer got lost is done at the second try", async ({ house }) => {
    const { client, account } = await open(house);
    const { externalId } = valueIn(await client.create(wishOf(account)));
    google.misbehave({ kind: "lost-answer", on: /^DELETE/ });
    expect(await client.remove(externalId, account)).toMatchObject({ ok: false });
    valueIn(await client.remove(externalId, account));
    expect(google.events()).toEqual([]);
  });
});

describe("what a person reads", () => {
  test("a test says whose calendar it is and changes nothing", async ({ house }) => {
    const { client, account } = await open(house);
    expect(valueIn(await client.test(account))).toEqual({ as: "host@example.com" });
    expect(google.events()).toEqual([]);
  });

  test("a user who is not in the domain is named", async ({ house }) => {
    const home = await makeProviderHome(house.db, "google_meet", "nobody@example.com");
    expect(await nodeOf(house, home).test(home.account)).toMatchObject({
      ok: false,
      refusal: { kind: "credentials", cause: expect.stringContaining("nobody@example.com") },
    });
  });

  test("a key of another account is told, and not shown", async ({ house }) => {
    const other = await startGoogleServer();
    await other.close();
    const home = await makeProviderHome(house.db, "google_meet");
    const credentials = { ...google.credentials, privateKey: other.credentials.privateKey };
    const outcome = await nodeOf(house, home, { credentials }).test(home.account);
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { kind: "credentials", cause: expect.stringContaining("private key") },
    });
    expect(JSON.stringify(outcome)).not.toContain("BEGIN");
  });

  test("a scope that was not delegated is named with where to do it", async ({ house }) => {
    const { client, account } = await open(house);
    google.misbehave({
      kind: "status",
      status: 401,
      body: {
        error: "unauthorized_client",
        error_description: "Client is unauthorized to retrieve access tokens using this method.",
      },
      on: /\/token$/,
    });
    expect(await client.test(account)).toMatchObject({
      ok: false,
      refusal: { kind: "credentials", cause: expect.stringContaining("domain-wide delegation") },
    });
  });

  test("a key with written line ends is read, and one that is no key is not", () => {
    const { clientEmail, privateKey } = google.credentials;
    const written = { clientEmail, privateKey: privateKey.replaceAll("\n", "\\n") };
    expect(accessOf("google_meet", written)).toMatchObject({ credentials: { privateKey } });
    expect(accessOf("google_meet", { clientEmail, privateKey: "secret" })).toBeUndefined();
  });
});

describe("limits", () => {
  test("too many is understood also where Google says it with 403, and only this account waits", async ({
    house,
  }) => {
    const { client, account, home } = await open(house);
    valueIn(await client.test(account));
    const body = {
      error: {
        code: 403,
        message: "Rate Limit Exceeded",
        errors: [{ reason: "userRateLimitExceeded" }],
      },
    };
    google.misbehave({ kind: "status", status: 403, body, on: /\/calendar\// });
    expect(await client.create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited", retryAfterSeconds: 5 },
    });
    const before = google.calls.length;
    expect(await nodeOf(house, home).create(wishOf(account))).toMatchObject({
      ok: false,
      refusal: { kind: "limited" },
    });
    expect(google.calls).toHaveLength(before);
    const other = { id: home.virtualRoomId, name: "other@example.com" };
    valueIn(await client.create(wishOf(other)));
  });

  test("each account has a token of its own, asked for once by many", async ({ house }) => {
    const { client, account, home } = await open(house);
    const other = { id: home.virtualRoomId, name: "other@example.com" };
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        client.create(wishOf(index % 2 === 0 ? account : other)),
      ),
    );
    expect(made.every(({ ok }) => ok)).toBe(true);
    expect(google.count(/\/token$/)).toBe(2);
  });

  test("a revoked token is replaced", async ({ house }) => {
    const { client, account } = await open(house);
    valueIn(await client.test(account));
    google.revokeTokens();
    valueIn(await client.test(account));
    expect(google.count(/\/token$/)).toBe(2);
  });
});
