import { describe, expect, test } from "vitest";
import { addressAmong } from "./client-address";

const from = (peer: string, forwarded?: string, proxies: readonly string[] = []) =>
  addressAmong(
    new Headers({
      "x-meridian-peer": peer,
      ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
    }),
    proxies,
  );

describe("without a trusted proxy", () => {
  test.each(["6.6.6.6", "127.0.0.1", "6.6.6.6, 7.7.7.7", "::1", "unknown", ""])(
    "X-Forwarded-For is not believed: %s",
    (forged) => {
      expect(from("203.0.113.9", forged).address).toBe("203.0.113.9");
    },
  );

  test("no other header is believed either", () => {
    const headers = new Headers({
      "x-meridian-peer": "203.0.113.9",
      "x-real-ip": "6.6.6.6",
      forwarded: "for=6.6.6.6",
      "x-client-ip": "6.6.6.6",
      "cf-connecting-ip": "6.6.6.6",
    });
    expect(addressAmong(headers, []).address).toBe("203.0.113.9");
  });

  test("a request no server of ours has seen has no address", () => {
    const headers = new Headers({ "x-forwarded-for": "6.6.6.6" });
    expect(addressAmong(headers, ["0.0.0.0/0"])).toEqual({
      address: "unknown",
      throttleKey: "unknown",
    });
  });
});

describe("behind a trusted proxy", () => {
  test("the client is what the proxy added, not what the client wrote before it", () => {
    expect(from("10.0.0.1", "6.6.6.6, 203.0.113.9", ["10.0.0.0/8"]).address).toBe("203.0.113.9");
  });

  test("a chain of trusted proxies is walked from the right to the first stranger", () => {
    const chain = "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.3";
    expect(from("10.0.0.1", chain, ["10.0.0.0/8"]).address).toBe("203.0.113.9");
  });

  test("a stranger who connects directly is not believed", () => {
    expect(from("203.0.113.9", "6.6.6.6", ["10.0.0.0/8"]).address).toBe("203.0.113.9");
  });

  test("what is not an address ends the walk at the last believed hop", () => {
    const chain = "203.0.113.9, <script>, 10.0.0.2";
    expect(from("10.0.0.1", chain, ["10.0.0.0/8"]).address).toBe("10.0.0.2");
  });

  test.each([
    ["with a port", "203.0.113.9:4711", "203.0.113.9"],
    ["IPv6 in brackets with a port", "[2001:db8::1]:443", "2001:db8::1"],
    ["IPv4 written as IPv6", "::ffff:203.0.113.9", "203.0.113.9"],
  ])("an address is read %s", (_how, written, address) => {
    expect(from("::ffff:10.0.0.1", written, ["10.0.0.1"]).address).toBe(address);
  });

  test.each(["0177.0.0.1", "127.1", "2130706433", "0x7f000001"])(
    "a shortened or octal spelling is not an address: %s",
    (written) => {
      expect(from("10.0.0.1", written, ["10.0.0.1"]).address).toBe("10.0.0.1");
    },
  );
});

describe("what a throttle counts", () => {
  test("is one key for a whole IPv6 /64, and another for the next", () => {
    const first = from("2001:db8:1:2:aaaa::1").throttleKey;
    expect(from("2001:db8:1:2:ffff:1:2:3").throttleKey).toBe(first);
    expect(from("2001:db8:1:3::1").throttleKey).not.toBe(first);
  });

  test("is the address itself for IPv4, however it is written", () => {
    expect(from("::ffff:203.0.113.9").throttleKey).toBe("203.0.113.9");
    expect(from("203.0.113.9").throttleKey).toBe("203.0.113.9");
  });
});
