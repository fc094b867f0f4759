import { expect, test } from "vitest";
import { nodeAddress } from "@/lib/cache/node-address";

const own = { PORT: 3000, MERIDIAN_EMBEDDED: false } as const;

test("the operator's word about a node's address is final", () => {
  expect(nodeAddress({ ...own, HOST: "10.0.0.1", MERIDIAN_NODE_URL: "http://node-a:8080" })).toBe(
    "http://node-a:8080",
  );
});

test("a node is reached where it listens", () => {
  expect(nodeAddress({ ...own, HOST: "10.0.0.1" })).toBe("http://10.0.0.1:3000");
  expect(nodeAddress({ ...own, HOST: "::1" })).toBe("http://[::1]:3000");
  expect(nodeAddress({ ...own, MERIDIAN_EMBEDDED: true })).toBe("http://127.0.0.1:3000");
});

test("a node that listens everywhere names an address of its own", () => {
  expect(nodeAddress(own)).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:3000$/);
  expect(nodeAddress(own)).not.toContain("0.0.0.0");
});
