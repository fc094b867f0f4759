import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOutbound, isOpenAddress, OutboundRefused } from "./outbound";

/** Fifty megabytes in fifty kilobytes. */
const BOMB = gzipSync("x".repeat(50_000_000));

let canary: Server;
let port: number;
let connections = 0;

const whereTo = (path: string): string | undefined =>
  ({
    "/circle": "/circle",
    "/moved": "/reached",
    "/away": `http://localhost:${port}/x`,
    "/redirect": `http://127.0.0.1:${port}/reached`,
  })[path];

/** Answers as its path says; counts who came. */
beforeAll(async () => {
  canary = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/slow") return void setTimeout(() => response.end("late"), 3000);
    if (path === "/drip") {
      response.write("x");
      const drip = setInterval(() => response.write("x"), 50);
      return void response.on("close", () => clearInterval(drip));
    }
    if (path === "/huge") return void response.end("x".repeat(1_000_001));
    if (path === "/bomb") {
      response.setHeader("content-encoding", "gzip");
      return void response.end(BOMB);
    }
    const location = whereTo(path);
    if (location !== undefined) {
      response.writeHead(308, { location });
      return void response.end();
    }
    response.setHeader("x-seen", `${request.method} ${request.headers["x-a"] ?? ""}`);
    response.setHeader("x-proof", request.headers.authorization ?? "none");
    return void response.end("reached");
  });
  canary.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((ready) => canary.listen(0, "127.0.0.1", ready));
  ({ port } = canary.address() as AddressInfo);
});
afterAll(async () => {
  canary.closeAllConnections();
  await new Promise((closed) => canary.close(closed));
});
beforeEach(() => {
  connections = 0;
});

const says =
  (...addresses: readonly string[]): LookupFunction =>
  (_host, options, done) => {
    const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first] = all;
    if (options.all) done(null, all);
    else done(null, first?.address ?? "", first?.family ?? 4);
  };

describe("an address that leads inwards", () => {
  test.each([
    "https://127.0.0.1",
    "https://127.1",
    "https://2130706433",
    "https://0x7f000001",
    "https://0x7f.0.0.1",
    "https://0177.0.0.1",
    "https://017700000001",
    "https://0.0.0.0",
    "https://0",
    "https://[::1]",
    "https://[::]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:7f00:1]",
    "https://[::127.0.0.1]",
    "https://[64:ff9b::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://[fe80::1]",
    "https://[fd00::1]",
    "https://localhost",
    "https://LOCALHOST",
    "https://127.0.0.1.",
    "https://①②⑦.⓪.⓪.①",
    "https://10.0.0.1",
    "https://172.16.0.1",
    "https://192.168.0.1",
    "https://169.254.169.254",
    "https://100.64.0.1",
    "https://224.0.0.1",
    "https://255.255.255.255",
  ])("is not connected to: %s", async (origin) => {
    const client = createOutbound({ timeoutMs: 1500 });
    await expect(client.fetch(`${origin}:${port}/`)).rejects.toThrow(OutboundRefused);
    expect(connections).toBe(0);
    await client.close();
  });

  test("is not connected to by its rooted name, which some resolvers do not know", async () => {
    const client = createOutbound({ timeoutMs: 1500 });
    await expect(client.fetch(`https://localhost.:${port}/`)).rejects.toThrow();
    expect(connections).toBe(0);
    await client.close();
  });

  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "10.1.2.3"])(
    "is not connected to when a harmless name resolves to it: %s",
    async (inner) => {
      const client = createOutbound({ timeoutMs: 1500, lookup: says(inner) });
      await expect(client.fetch(`https://public.example:${port}/`)).rejects.toThrow(
        OutboundRefused,
      );
      expect(connections).toBe(0);
      await client.close();
    },
  );

  test("is not connected to when a name that was harmless changes its mind", async () => {
    let asked = 0;
    const rebinding: LookupFunction = (host, options, done) => {
      asked += 1;
      // TEST-NET addresses are reserved and refused, so an open one that answers nobody stands first.
      says(asked === 1 ? "1.1.1.1" : "127.0.0.1")(host, options, done);
    };
    const client = createOutbound({ timeoutMs: 700, lookup: rebinding });
    await expect(client.fetch(`https://rebind.example:${port}/`)).rejects.toThrow();
    await expect(client.fetch(`https://rebind.example:${port}/`)).rejects.toThrow(OutboundRefused);
    expect(asked).toBeGreaterThanOrEqual(2);
    expect(connections).toBe(0);
    await client.close();
  });

  test("is left out when it hides among open ones", async () => {
    const client = createOutbound({ timeoutMs: 700, lookup: says("127.0.0.1", "1.1.1.1") });
    await expect(client.fetch(`https://mixed.example:${port}/`)).rejects.toThrow();
    expect(connections).toBe(0);
    await client.close();
  });
});

describe("an address of another kind", () => {
  test.each([
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "gopher://example.org/",
    "javascript:1",
    "https://user:password@example.org/",
    "https://user@example.org/",
    "https://",
    "//example.org",
    "",
  ])("is refused before anything is looked up: %s", async (address) => {
    let asked = false;
    const client = createOutbound({
      lookup: (host, options, done) => {
        asked = true;
        says("1.1.1.1")(host, options, done);
      },
    });
    await expect(client.fetch(address)).rejects.toThrow(OutboundRefused);
    expect(asked).toBe(false);
    await client.close();
  });
});

describe("an origin the operator configured", () => {
  const client = (timeoutMs = 700) =>
    createOutbound({ trustedOrigins: [`http://127.0.0.1:${port}`], timeoutMs });

  test("may be an inner one, and is called as asked", async () => {
    const outbound = client();
    const answer = await outbound.fetch(`http://127.0.0.1:${port}/x`, {
      method: "POST",
      headers: { "x-a": "b" },
      body: "{}",
    });
    expect([answer.status, answer.headers.get("x-seen"), await answer.text()]).toEqual([
      200,
      "POST b",
      "reached",
    ]);
    await outbound.close();
  });

  test("does not open its neighbours", async () => {
    const outbound = client();
    await expect(outbound.fetch(`http://127.0.0.1:${port + 1}/`)).rejects.toThrow(OutboundRefused);
    await expect(outbound.fetch(`http://localhost:${port}/`)).rejects.toThrow(OutboundRefused);
    await expect(outbound.fetch(`https://127.0.0.1:${port}/`)).rejects.toThrow(OutboundRefused);
    expect(connections).toBe(0);
    await outbound.close();
  });

  test("cannot send us elsewhere by a redirect", async () => {
    const outbound = client();
    await expect(outbound.fetch(`http://127.0.0.1:${port}/redirect`)).rejects.toThrow();
    expect(connections).toBe(1);
    await outbound.close();
  });

  const proof = { headers: { authorization: "Basic x" }, redirects: "follow" } as const;

  test("may send us elsewhere within itself when the caller follows", async () => {
    const outbound = client();
    const answer = await outbound.fetch(`http://127.0.0.1:${port}/moved`, proof);
    expect([answer.status, answer.url]).toEqual([200, `http://127.0.0.1:${port}/reached`]);
    expect(answer.headers.get("x-proof")).toBe("Basic x");
    const whole = await outbound.fetch(`http://127.0.0.1:${port}/moved`, { redirects: "return" });
    expect([whole.status, whole.headers.get("location")]).toEqual([308, "/reached"]);
    await outbound.close();
  });

  test("cannot lead a caller that follows to a neighbour, or round and round", async () => {
    const outbound = client();
    const away = outbound.fetch(`http://127.0.0.1:${port}/away`, proof);
    await expect(away).rejects.toThrow(OutboundRefused);
    const circle = outbound.fetch(`http://127.0.0.1:${port}/circle`, proof);
    await expect(circle).rejects.toThrow(/circle/);
    await outbound.close();
  });

  test("leads to another configured one without our credentials", async () => {
    const trustedOrigins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
    const outbound = createOutbound({ trustedOrigins });
    const answer = await outbound.fetch(`http://127.0.0.1:${port}/away`, proof);
    expect([answer.status, answer.headers.get("x-proof")]).toEqual([200, "none"]);
    await outbound.close();
  });

  test("is read further than a megabyte only as far as the caller says", async () => {
    const outbound = client(5000);
    const huge = `http://127.0.0.1:${port}/huge`;
    expect((await (await outbound.fetch(huge, { mostBytes: 2e6 })).text()).length).toBe(1_000_001);
    await expect(outbound.fetch(huge, { mostBytes: 5e5 })).rejects.toThrow(/0.5 MB/);
    await outbound.close();
  });

  test.each(["/slow", "/drip"])("is given up when it is slow: %s", async (path) => {
    const outbound = client();
    const began = performance.now();
    await expect(outbound.fetch(`http://127.0.0.1:${port}${path}`)).rejects.toThrow(/in time/);
    expect(performance.now() - began).toBeLessThan(1500);
    await outbound.close();
  });

  test.each(["/huge", "/bomb"])("is cut off at a megabyte: %s", async (path) => {
    const outbound = client(5000);
    const before = process.memoryUsage().rss;
    await expect(outbound.fetch(`http://127.0.0.1:${port}${path}`)).rejects.toThrow(/1 MB/);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    await outbound.close();
  });

  test("is given up when the caller does", async () => {
    const outbound = client();
    const reading = outbound.fetch(`http://127.0.0.1:${port}/slow`, {
      signal: AbortSignal.timeout(50),
    });
    await expect(reading).rejects.toThrow(/abort|timeout/i);
    await outbound.close();
  });
});

test.each([
  ["1.1.1.1", true],
  ["2606:4700:4700::1111", true],
  ["::ffff:1.1.1.1", true],
  ["::ffff:10.0.0.1", false],
  ["192.0.2.1", false],
  ["198.18.0.1", false],
  ["", false],
  ["example.org", false],
])("%s is open: %s", (address, open) => {
  expect(isOpenAddress(address)).toBe(open);
});
