import { expect, test } from "vitest";
import { accessFromSettings, accessOf, needsCredentials } from "./credentials";

const zoom = { accountId: "a", clientId: "c", clientSecret: "s" };

test("the environment opens a provider when it holds all that is needed", () => {
  const settings = { ZOOM_ACCOUNT_ID: "a", ZOOM_CLIENT_ID: "c", ZOOM_CLIENT_SECRET: "s" };
  expect(accessFromSettings("zoom", settings)).toEqual({ name: "zoom", credentials: zoom });
  expect(accessFromSettings("zoom", { ...settings, ZOOM_WEBHOOK_SECRET: "w" })).toEqual({
    name: "zoom",
    credentials: { ...zoom, webhookSecret: "w" },
  });
  expect(accessFromSettings("zoom", { ...settings, ZOOM_CLIENT_ID: undefined })).toBeUndefined();
  expect(accessFromSettings("google_meet", settings)).toBeUndefined();
  expect(accessFromSettings("teams", settings)).toBeUndefined();
});

test("stored credentials have exactly the provider's shape", () => {
  expect(accessOf("zoom", zoom)).toEqual({ name: "zoom", credentials: zoom });
  expect(accessOf("zoom", { ...zoom, more: "x" })).toBeUndefined();
  expect(accessOf("zoom", { ...zoom, clientSecret: " " })).toBeUndefined();
  expect(accessOf("teams", zoom)).toBeUndefined();
  expect(accessOf("google_meet", null)).toBeUndefined();
});

test("a tenant is an id or a domain, and cannot lead a call elsewhere", () => {
  const app = { clientId: "c", clientSecret: "s" };
  expect(accessOf("teams", { ...app, tenantId: "contoso.onmicrosoft.com" })).toBeDefined();
  expect(accessOf("teams", { ...app, tenantId: "common/../other" })).toBeUndefined();
});

test("Jitsi and fixed links need no credentials", () => {
  expect(needsCredentials("jitsi")).toBe(false);
  expect(needsCredentials("link")).toBe(false);
  expect(needsCredentials("teams")).toBe(true);
});
