import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeSecretKey, EnvironmentError, env, readEnvironment } from "@/lib/env";

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
};

describe("settings", () => {
  test("nothing set is a working demonstration on port 3000", () => {
    const settings = readEnvironment({});
    expect(settings).toMatchObject({
      PORT: 3000,
      APP_URL: "http://localhost:3000",
      MERIDIAN_DATA_DIR: ".data",
      TRUSTED_PROXIES: [],
      MERIDIAN_DEMO: true,
      DEMONSTRATION: false,
    });
    expect(settings.DATABASE_URL).toBeUndefined();
  });

  test("the address in mails follows the port, and loses a trailing slash", () => {
    expect(readEnvironment({ PORT: "8080" }).APP_URL).toBe("http://localhost:8080");
    expect(readEnvironment({ APP_URL: "https://meet.example.org/" }).APP_URL).toBe(
      "https://meet.example.org",
    );
  });

  test("an empty value is the same as none", () => {
    expect(readEnvironment({ PORT: "", DATABASE_URL: "" }).PORT).toBe(3000);
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["APP_URL", "meet.example.org"],
    ["SMTP_URL", "mail.example.org:25"],
    ["MAIL_FROM", "a@b.c\r\nBcc: d@e.f"],
    ["MAIL_FROM", "a@b.c, d@e.f"],
    ["MERIDIAN_SECRET_KEY", "correct horse battery staple"],
    ["MERIDIAN_DEMO", "maybe"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["LOG_LEVEL", "loud"],
    ["MERIDIAN_DIST", "../elsewhere"],
  ])("a bad %s (%s) is refused by a sentence that names it", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must .+\\.$`));
  });

  test("a refusal never repeats the value, which may be a password", () => {
    expect(problemsOf({ DATABASE_URL: "mysql://root:hunter2@db/x" }).join()).not.toContain(
      "hunter2",
    );
  });

  test("all that is wrong is said at once", () => {
    expect(problemsOf({ PORT: "x", LOG_LEVEL: "y" })).toHaveLength(2);
  });

  test("proxies are a list of addresses and networks", () => {
    expect(readEnvironment({ TRUSTED_PROXIES: "10.0.0.0/8, ::1" }).TRUSTED_PROXIES).toEqual([
      "10.0.0.0/8",
      "::1",
    ]);
  });

  test("a key is 32 bytes in base64 or hex", () => {
    const bytes = Buffer.alloc(32, 7);
    expect(decodeSecretKey(bytes.toString("base64"))).toEqual(bytes);
    expect(decodeSecretKey(bytes.toString("hex"))).toEqual(bytes);
    expect(decodeSecretKey(Buffer.alloc(31).toString("base64"))).toBeUndefined();
  });

  test(".env.example names every setting a person may set", () => {
    const example = readFileSync(".env.example", "utf8");
    const ours = ["MERIDIAN_EMBEDDED", "DEMONSTRATION", "NODE_ENV"];
    const settable = Object.keys(readEnvironment({ DATABASE_URL: "postgres://a/b" }));
    expect(settable.length).toBeGreaterThan(10);
    for (const name of settable.filter((key) => !ours.includes(key))) {
      expect(example).toContain(`# ${name}=`);
    }
  });

  test("the settings of the process can be listed and read one by one", () => {
    expect(Object.keys(env)).toContain("PORT");
    expect("PORT" in env).toBe(true);
    expect(env.NODE_ENV).toBe("test");
  });
});

test("an identity provider's settings are set whole or not at all", () => {
  const whole = {
    OIDC_ISSUER: "https://id.example.org/",
    OIDC_CLIENT_ID: "meridian",
    OIDC_CLIENT_SECRET: "secret",
  };
  expect(readEnvironment(whole).OIDC_ISSUER).toBe("https://id.example.org");
  expect(() => readEnvironment({ ...whole, OIDC_CLIENT_SECRET: "" })).toThrow(
    /^OIDC_CLIENT_SECRET must be set too/,
  );
  expect(() => readEnvironment({ GOOGLE_OIDC_CLIENT_ID: "x" })).toThrow(
    /^GOOGLE_OIDC_CLIENT_SECRET must be set too/,
  );
  expect(() =>
    readEnvironment({ ENTRA_TENANT_ID: "contoso", ENTRA_CLIENT_ID: "x", ENTRA_CLIENT_SECRET: "y" }),
  ).toThrow(/^ENTRA_TENANT_ID must be the tenant's id/);
});

test("an identity provider without TLS is taken only where everything is on this machine", () => {
  const plain = {
    OIDC_ISSUER: "http://localhost:9000",
    OIDC_CLIENT_ID: "meridian",
    OIDC_CLIENT_SECRET: "secret",
  };
  expect(readEnvironment(plain).OIDC_ISSUER).toBe("http://localhost:9000");
  expect(() => readEnvironment({ ...plain, APP_URL: "https://meet.example.org" })).toThrow(
    /^OIDC_ISSUER must be an https/,
  );
  expect(() => readEnvironment({ ...plain, OIDC_ISSUER: "http://id.example.org" })).toThrow(
    /^OIDC_ISSUER must be an https/,
  );
  expect(() => readEnvironment({ ...plain, OIDC_ISSUER: "http://localhost.evil.example" })).toThrow(
    /^OIDC_ISSUER must be an https/,
  );
});

test("credentials of the providers of online meetings are whole or absent, and each may be moved", () => {
  const { ZOOM_API_URL, ZOOM_AUTH_URL, GOOGLE_API_URL, TEAMS_AUTH_URL } = readEnvironment({
    ZOOM_API_URL: "http://127.0.0.1:4000/",
  });
  expect(ZOOM_API_URL).toBe("http://127.0.0.1:4000");
  expect(ZOOM_AUTH_URL).toBe("https://zoom.us");
  expect(GOOGLE_API_URL).toBe("https://www.googleapis.com");
  expect(TEAMS_AUTH_URL).toBe("https://login.microsoftonline.com");
  expect(() => readEnvironment({ ZOOM_CLIENT_ID: "x" })).toThrow(
    /^ZOOM_ACCOUNT_ID and ZOOM_CLIENT_SECRET must be set too/,
  );
  expect(() => readEnvironment({ GOOGLE_CLIENT_EMAIL: "x" })).toThrow(
    /^GOOGLE_PRIVATE_KEY must be set too/,
  );
  expect(() => readEnvironment({ TEAMS_TENANT_ID: "x", TEAMS_CLIENT_ID: "y" })).toThrow(
    /^TEAMS_CLIENT_SECRET must be set too/,
  );
});
