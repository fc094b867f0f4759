import { afterEach, expect, test } from "vitest";
import { setEnvironment } from "@/lib/env";
import { isOperatorCall } from "./operator-call";

const TOKEN = "a-token-for-monitoring";
const asks = (headers: Record<string, string>) => isOperatorCall(new Headers(headers));

afterEach(() => setEnvironment({ MERIDIAN_MONITOR_TOKEN: "", TRUSTED_PROXIES: "" }));

test.each(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])(
  "a program on this machine is told: %s",
  (peer) => {
    expect(asks({ "x-meridian-peer": peer })).toBe(true);
    expect(asks({ "x-meridian-peer": peer, "x-forwarded-for": peer })).toBe(true);
  },
);

test.each([
  ["another machine", { "x-meridian-peer": "203.0.113.9" }],
  ["nobody our server knows", {}],
  ["nobody our server knows, who says so", { "x-forwarded-for": "127.0.0.1" }],
  ["a proxy's client", { "x-meridian-peer": "127.0.0.1", "x-forwarded-for": "203.0.113.9" }],
  [
    "a proxy's client who lies",
    { "x-meridian-peer": "::1", "x-forwarded-for": "::1, 203.0.113.9" },
  ],
  ["a proxy's client", { "x-meridian-peer": "127.0.0.1", via: "1.1 proxy" }],
  ["a proxy's client", { "x-meridian-peer": "127.0.0.1", forwarded: "for=203.0.113.9" }],
])("%s is not told: %j", (_who, headers) => {
  expect(asks(headers as Record<string, string>)).toBe(false);
});

test("whoever holds the token is told, and only then", () => {
  const far = { "x-meridian-peer": "203.0.113.9" };
  expect(asks({ ...far, authorization: `Bearer ${TOKEN}` })).toBe(false);
  setEnvironment({ MERIDIAN_MONITOR_TOKEN: TOKEN });
  expect(asks({ ...far, authorization: `Bearer ${TOKEN}` })).toBe(true);
  expect(asks({ ...far, authorization: `Bearer ${TOKEN}x` })).toBe(false);
  expect(asks({ ...far, authorization: "Bearer " })).toBe(false);
});
