import { afterAll, beforeAll, beforeEach, describe, expect } from "vitest";
import { accountToken } from "@/lib/crypto/capability";
import { createOutbound } from "@/lib/http/outbound";
import { makePerson } from "@/lib/testing/factories/people";
import type { Member } from "@/lib/testing/factories/sign-in";
import { makeMember, tokenOf, withTotp } from "@/lib/testing/factories/sign-in";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { Fault, OidcServer } from "@/lib/testing/oidc-server";
import { startOidcServer } from "@/lib/testing/oidc-server";
import { instantOf } from "@/lib/time/instant";
import { issueAccountToken } from "./account-token";
import type { OidcPurpose } from "./oidc";
import { beginRoundTrip } from "./oidc";
import { arrive } from "./oidc-arrival";
import type { Provider } from "./oidc-providers";
import { findSession, insertSession } from "./session-rows";

let server: OidcServer;
let outbound: ReturnType<typeof createOutbound>;
const visitor = { address: "203.0.113.5", userAgent: "test" };

beforeAll(async () => {
  server = await startOidcServer();
  outbound = createOutbound({ trustedOrigins: [server.issuer], timeoutMs: 1_000 });
});
afterAll(async () => {
  await outbound.close();
  await server.close();
});
beforeEach(() => {
  server.fault = undefined;
  server.skewSeconds = 0;
  server.subject = { sub: "somebody" };
});

const provider = (): Provider => ({
  id: "oidc",
  name: "Example ID",
  issuer: server.issuer,
  clientId: server.clientId,
  clientSecret: server.clientSecret,
});

// The provider's clock is the machine's, so ours is too.
const depsOf = (house: House) => ({
  ...house,
  now: () => instantOf(Date.now()),
  callOut: outbound.fetch,
});

const begin = async (
  house: House,
  purpose: OidcPurpose,
  more: { person?: Member; token?: string } = {},
) => {
  const { person, token } = more;
  const about = { purpose, next: "/inbox", person: person ?? null, ...(token ? { token } : {}) };
  const begun = await beginRoundTrip(provider(), about, depsOf(house));
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value;
};

const openFor = async (house: House, member: Member) => {
  const now = instantOf(Date.now());
  const about = { ...member, ...visitor, method: "password", now };
  const { token } = await insertSession(house.db, about);
  const session = await findSession(house.db, token, now);
  if (!session) throw new Error("no session");
  return session;
};

/** A whole round trip, as this browser makes it. */
const trip = async (
  house: House,
  purpose: OidcPurpose,
  more: { person?: Member; token?: string } = {},
) => {
  const { url, stepToken } = await begin(house, purpose, more);
  const back = await server.visit(url);
  const session = more.person ? await openFor(house, more.person) : undefined;
  const input = { stepToken, query: back.searchParams, session, visitor };
  return arrive(provider(), input, depsOf(house));
};

const join = async (house: House, member: Member) => trip(house, "join", { person: member });

describe("signing in with an identity provider", () => {
  test("opens the account the identity was joined to, and goes where the person wanted", async ({
    house,
  }) => {
    const member = await makeMember(house);
    server.subject = { sub: "mika-at-example" };
    expect(await join(house, member)).toEqual({ path: "/settings/security?notice=joined" });
    const arrived = await trip(house, "sign-in");
    if (!arrived.entered) throw new Error(arrived.path);
    expect(arrived.path).toBe("/inbox");
    const token = tokenOf(arrived.entered);
    expect(await findSession(house.db, token, instantOf(Date.now()))).toMatchObject({
      actor: { userId: member.userId },
    });
  });

  test("asks for the authenticator app all the same", async ({ house }) => {
    const member = await makeMember(house);
    server.subject = { sub: "with-app" };
    await join(house, member);
    await withTotp(house, member, instantOf(Date.now()));
    const arrived = await trip(house, "sign-in");
    expect(arrived.entered?.kind).toBe("second-factor");
  });

  test.for([
    ["the very address", (email: string) => email],
    ["the address in capitals", (email: string) => email.toUpperCase()],
    ["the address with a Cyrillic letter", (email: string) => email.replace("a", "\u0430")],
    ["the address in full-width letters", (email: string) => email.replace("a", "\uff41")],
    ["the address with an invisible character", (email: string) => `\u200b${email}`],
    ["the address with a plus", (email: string) => email.replace("@", "+x@")],
    ["the address decomposed", (email: string) => email.replace("a", "a\u0301")],
  ] as const)(
    "never opens an account because of %s, verified or not",
    async ([name, written], { house }) => {
      const member = await makeMember(house, `ana.${name.length}.${Date.now()}@example.org`);
      for (const email_verified of [true, false]) {
        server.subject = { sub: `stranger-${name}`, email: written(member.email), email_verified };
        const arrived = await trip(house, "sign-in");
        expect(arrived).toEqual({ path: "/sign-in/trouble?why=not-joined&provider=oidc" });
      }
      expect(await house.db.session.count({ where: { userId: member.userId } })).toBe(0);
      expect(await house.db.userIdentity.count({ where: { userId: member.userId } })).toBe(0);
    },
  );

  test("an identity of another issuer with the same subject is another identity", async ({
    house,
  }) => {
    const member = await makeMember(house);
    await house.db.userIdentity.create({
      data: {
        workspaceId: member.workspaceId,
        id: crypto.randomUUID(),
        userId: member.userId,
        issuer: "https://elsewhere.example",
        subject: "same-subject",
      },
    });
    server.subject = { sub: "same-subject" };
    expect((await trip(house, "sign-in")).path).toContain("not-joined");
  });

  test("a joined identity belongs to one account of its workspace: a second one is refused it", async ({
    house,
  }) => {
    const first = await makeMember(house);
    const second = await makePerson(house.db, house.keys, { workspaceId: first.workspaceId });
    server.subject = { sub: "one-only" };
    await join(house, first);
    const other = { ...first, userId: second.id, email: second.email };
    expect(await join(house, other)).toEqual({ path: "/settings/security?notice=taken" });
    expect(await join(house, first)).toEqual({ path: "/settings/security?notice=joined" });
    const joined = await house.db.userIdentity.findMany({ where: { subject: "one-only" } });
    expect(joined.map(({ userId }) => userId)).toEqual([first.userId]);
  });
});

describe("a round trip", () => {
  test.for([
    ["wrong-nonce", "not-genuine"],
    ["no-nonce", "not-genuine"],
    ["wrong-audience", "not-genuine"],
    ["other-issuer-in-token", "not-genuine"],
    ["other-issuer-in-answer", "not-genuine"],
    ["expired", "not-genuine"],
    ["not-yet", "not-genuine"],
    ["alg-none", "not-genuine"],
    ["foreign-key", "not-genuine"],
    ["no-id-token", "not-genuine"],
    ["wrong-state", "no-step"],
    ["token-500", "unreachable"],
    ["token-slow", "unreachable"],
    ["token-huge", "unreachable"],
    ["token-redirect", "unreachable"],
    ["not-json", "unreachable"],
  ] as const satisfies readonly (readonly [Fault, string])[])(
    "ends without a session when the provider sends %s",
    async ([fault, why], { house }) => {
      const member = await makeMember(house);
      server.subject = { sub: `faulty-${fault}` };
      await join(house, member);
      server.fault = fault;
      const arrived = await trip(house, "sign-in");
      expect(arrived).toEqual({ path: `/sign-in/trouble?why=${why}&provider=oidc` });
      server.fault = undefined;
      expect((await trip(house, "sign-in")).entered).toBeDefined();
    },
  );

  test("is this browser's: another one's step, or none, opens nothing", async ({ house }) => {
    const mine = await begin(house, "sign-in");
    const other = await begin(house, "sign-in");
    const back = await server.visit(mine.url);
    for (const stepToken of [undefined, other.stepToken, "A".repeat(43)]) {
      const input = { stepToken, query: back.searchParams, session: undefined, visitor };
      expect((await arrive(provider(), input, depsOf(house))).path).toContain("why=no-step");
    }
  });

  test("is good once: the same answer again leads nowhere", async ({ house }) => {
    const member = await makeMember(house);
    server.subject = { sub: "once" };
    await join(house, member);
    const { url, stepToken } = await begin(house, "sign-in");
    const input = {
      stepToken,
      query: (await server.visit(url)).searchParams,
      session: undefined,
      visitor,
    };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => arrive(provider(), input, depsOf(house))),
    );
    expect(answers.filter(({ entered }) => entered)).toHaveLength(1);
  });

  test("for signing in joins nothing, and one of another provider is not taken for this one's", async ({
    house,
  }) => {
    const member = await makeMember(house);
    server.subject = { sub: "not-to-be-joined" };
    const { url, stepToken } = await begin(house, "sign-in", { person: member });
    const query = (await server.visit(url)).searchParams;
    const session = await openFor(house, member);
    const elsewhere = { ...provider(), id: "google" as const };
    const input = { stepToken, query, session, visitor };
    expect((await arrive(elsewhere, input, depsOf(house))).path).toContain("why=no-step");
    expect((await arrive(provider(), input, depsOf(house))).path).toContain("not-joined");
    expect(await house.db.userIdentity.count({ where: { userId: member.userId } })).toBe(0);
  });

  test("for joining ends when somebody else is signed in by then, or nobody", async ({ house }) => {
    const [member, other] = [await makeMember(house), await makeMember(house)];
    server.subject = { sub: "joined-by-whom" };
    for (const session of [undefined, await openFor(house, other)]) {
      const { url, stepToken } = await begin(house, "join", { person: member });
      const query = (await server.visit(url)).searchParams;
      const arrived = await arrive(
        provider(),
        { stepToken, query, session, visitor },
        depsOf(house),
      );
      expect(arrived.path).toContain("why=no-step");
    }
    expect(await house.db.userIdentity.count({ where: { subject: "joined-by-whom" } })).toBe(0);
  });

  test("goes on with keys the provider changed a moment ago, and bears clocks a minute apart", async ({
    house,
  }) => {
    const member = await makeMember(house);
    server.subject = { sub: "rotated" };
    await join(house, member);
    await server.rotateKeys();
    expect((await trip(house, "sign-in")).entered).toBeDefined();
    server.skewSeconds = 55;
    expect((await trip(house, "sign-in")).entered).toBeDefined();
    server.skewSeconds = -300 - 55;
    expect((await trip(house, "sign-in")).entered).toBeDefined();
    server.skewSeconds = -300 - 65;
    expect((await trip(house, "sign-in")).path).toContain("not-genuine");
  });

  test("shows once more who is signed in, with their own identity only", async ({ house }) => {
    const [member, other] = [await makeMember(house), await makeMember(house)];
    server.subject = { sub: "proof-of-mine" };
    await join(house, member);
    expect(await trip(house, "prove", { person: member })).toEqual({ path: "/inbox" });
    expect(await trip(house, "prove", { person: other })).toEqual({
      path: "/settings/security?notice=other",
    });
  });
});

test("an invitation is accepted with an identity, which is joined, once", async ({ house }) => {
  const member = await makeMember(house);
  const deps = depsOf(house);
  const about = { ...member, purpose: "invitation" } as const;
  const { tokenId } = await house.db.$transaction((tx) => issueAccountToken(tx, about, deps));
  const token = accountToken(house.keys, tokenId);
  server.subject = { sub: "invited" };
  expect((await trip(house, "invitation", { token })).entered?.kind).toBe("session");
  expect((await trip(house, "sign-in")).entered?.kind).toBe("session");
  server.subject = { sub: "too-late" };
  expect((await trip(house, "invitation", { token })).path).toContain("why=invitation");
});

test("a provider inside the own network is reached only when the operator named it", async ({
  house,
}) => {
  const strict = createOutbound({ timeoutMs: 1_000 });
  const elsewhere = { ...provider(), issuer: server.issuer.replace("localhost", "127.0.0.1") };
  const before = [...server.asked.values()].reduce((sum, count) => sum + count, 0);
  const begun = await beginRoundTrip(
    elsewhere,
    { purpose: "sign-in", next: "/", person: null },
    { ...depsOf(house), callOut: strict.fetch },
  );
  await strict.close();
  expect(begun).toEqual({ ok: false, refusal: "unreachable" });
  expect([...server.asked.values()].reduce((sum, count) => sum + count, 0)).toBe(before);
});
