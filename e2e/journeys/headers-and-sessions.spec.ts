import { expect, test } from "@playwright/test";
import type { RunningServer } from "../fixtures/run-server";
import { callAction } from "../matrix/ask";
import { builtActions } from "../matrix/manifests";
import type { World } from "../matrix/world";
import { makeWorld, quietServer } from "../matrix/world";

test.describe.configure({ mode: "default", timeout: 60_000 });

let server: RunningServer;
let world: World;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await quietServer();
  world = await makeWorld(server);
});
test.afterAll(async () => {
  await world?.close();
  await server?.dispose();
});

const PAGES = [
  "/",
  "/book/demo",
  "/book/nothing-here",
  "/m/0123456789abcdef",
  "/api/health",
  "/nowhere",
];

for (const path of PAGES) {
  test(`${path} is answered with the house's security headers`, async () => {
    const { headers } = await fetch(`${world.url}${path}`, { redirect: "manual" });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toMatch(
      /^(?:no-referrer|strict-origin-when-cross-origin)$/,
    );
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
  });
}

for (const path of PAGES.filter((one) => !one.startsWith("/api"))) {
  test(`${path} lets no script run that is not ours`, async () => {
    const answer = await fetch(`${world.url}${path}`);
    const policy = new Map(
      (answer.headers.get("content-security-policy") ?? "").split(";").map((part) => {
        const [name = "", ...values] = part.trim().split(/\s+/);
        return [name, values] as const;
      }),
    );
    const scripts = policy.get("script-src") ?? [];
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain("'unsafe-eval'");
    expect(scripts.some((source) => /^'(?:nonce-|sha256-)/.test(source))).toBe(true);
    expect(scripts.filter((source) => /^(?:https?:|\*|data:|blob:)/.test(source))).toEqual([]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.get("form-action")).toEqual(["'self'"]);
  });
}

test("a nonce is never used twice", async () => {
  const nonces = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { headers } = await fetch(`${world.url}/`);
      return /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
    }),
  );
  expect(new Set(nonces).size).toBe(20);
  expect(nonces).not.toContain(undefined);
});

test("a guest's own pages tell nobody where they are, and are not indexed", async () => {
  for (const path of ["/book/demo/details", "/m/0123456789abcdef"]) {
    const { headers } = await fetch(`${world.url}${path}`);
    expect(headers.get("referrer-policy"), path).toBe("no-referrer");
    expect(headers.get("x-robots-tag"), path).toContain("noindex");
  }
});

test("an answer with somebody's data is kept by no cache", async () => {
  const about = await world.book();
  const cookie = world.cookieOf("host", about);
  const paths = ["/", "/meetings", `/meetings/${about.id}`, "/api/v1/meetings", "/api/ready"];
  for (const path of paths) {
    const { headers } = await fetch(`${world.url}${path}`, { headers: { cookie } });
    expect(headers.get("cache-control"), path).toMatch(/no-store/);
  }
});

async function signIn(fields: Record<string, string>, cookie = ""): Promise<Response> {
  const action = builtActions().find(({ name }) => name === "lib/auth/actions.ts#signInAction");
  if (!action) throw new Error("not built");
  const about = await world.book();
  const headers = { cookie };
  return callAction(world, { ...action, page: "/", role: "anonymous", about, fields, headers });
}

const HOST = { email: "host@meridian.example", password: "meridian-demo" };

const sessionOf = (answer: Response): string =>
  answer.headers.getSetCookie().find((one) => one.startsWith("meridian=")) ?? "";

const whoIs = async (cookie: string): Promise<number> =>
  (await fetch(`${world.url}/api/v1/meetings`, { headers: { cookie } })).status;

test("the session cookie is out of reach for scripts and other sites, and new at each sign-in", async () => {
  const [first, second] = [sessionOf(await signIn(HOST)), sessionOf(await signIn(HOST))];
  expect(first).toMatch(/^meridian=[\w-]{43};/);
  expect(first).toMatch(/; HttpOnly/i);
  expect(first).toMatch(/; SameSite=lax/i);
  expect(first).toMatch(/; Path=\//i);
  expect(first).not.toMatch(/; Domain=/i);
  expect(second.split(";")[0]).not.toBe(first.split(";")[0]);
});

test("a token somebody else put into the browser is not the one that is signed in", async () => {
  const planted = `meridian=${"A".repeat(43)}`;
  const cookie = sessionOf(await signIn(HOST, planted)).split(";")[0] ?? "";
  expect(await whoIs(cookie)).toBe(200);
  expect(await whoIs(planted)).toBe(401);
});

test("signing in anew ends the session this browser had", async () => {
  const old = sessionOf(await signIn(HOST)).split(";")[0] ?? "";
  expect(await whoIs(old)).toBe(200);
  await signIn(HOST, old);
  expect(await whoIs(old)).toBe(401);
});

test("after signing out the token is dead at once, wherever it was copied to", async () => {
  const cookie = sessionOf(await signIn(HOST)).split(";")[0] ?? "";
  const action = builtActions().find(({ name }) => name === "lib/auth/actions.ts#signOutAction");
  if (!action) throw new Error("not built");
  const about = await world.book();
  const out = await callAction(world, {
    ...action,
    role: "anonymous",
    about,
    fields: {},
    headers: { cookie },
  });
  expect(out.headers.getSetCookie().join()).toMatch(
    /meridian=;.*(?:Max-Age=0|Expires=Thu, 01 Jan 1970)/i,
  );
  expect(await whoIs(cookie)).toBe(401);
});

test("a person who is disabled is out with their next request, and so is one who lost the group", async () => {
  const about = await world.book();
  const cookie = world.cookieOf("crmUser", about);
  expect(await whoIs(cookie)).toBe(403);
  const email = "sales@meridian.example";
  await world.db.query("UPDATE app_user SET disabled_at = now() WHERE email = $1", [email]);
  expect(await whoIs(cookie)).toBe(401);
  await world.db.query("UPDATE app_user SET disabled_at = NULL WHERE email = $1", [email]);
  expect(await whoIs(cookie)).toBe(403);
});

test("a wrong password and an unknown address get the same answer", async () => {
  const texts = await Promise.all(
    [
      { ...HOST, password: "wrong" },
      { email: "nobody@meridian.example", password: "wrong" },
    ].map(async (fields) => {
      const answer = await signIn(fields);
      // What was typed comes back as it was typed; nothing else may differ.
      const text = (await answer.text()).replaceAll(fields.email, "<typed>");
      return [answer.status, sessionOf(answer), /\{"status":"refused"[^}]*\}/.exec(text)?.[0]];
    }),
  );
  expect(texts[0]).toEqual(texts[1]);
  expect(texts[0]?.[2]).toContain("do not match");
});

test("signing in leads to a path of ours, whatever was asked for", async () => {
  for (const next of ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"]) {
    const answer = await signIn({ ...HOST, next });
    const target = answer.headers.get("x-action-redirect") ?? answer.headers.get("location") ?? "";
    expect(target, next).not.toBe("");
    expect(target.split(";")[0], next).toBe("/");
  }
});
