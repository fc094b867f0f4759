import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isReadable, stampRequest } from "@/lib/operations/serve";

let server: Server;
let seen: IncomingMessage | undefined;

beforeAll(async () => {
  server = createServer((incoming, response) => {
    stampRequest(incoming, response);
    seen = incoming;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Headers as the application sees them, and those of the answer. */
function send(headers: Record<string, string>) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ request: IncomingMessage; answer: IncomingHttpHeaders }>(
    (resolve, reject) => {
      const outgoing = request({ port, host: "127.0.0.1", headers, agent: false }, (answer) => {
        answer.resume();
        answer.on("end", () =>
          seen ? resolve({ request: seen, answer: answer.headers }) : reject(new Error("not seen")),
        );
      });
      outgoing.on("error", reject);
      outgoing.end();
    },
  );
}

test("the peer's address is ours to say, whatever the client claims", async () => {
  const { request: received } = await send({
    "x-meridian-peer": "203.0.113.9",
    "X-Meridian-Anything": "1",
  });
  expect(received.headers["x-meridian-peer"]).toBe("127.0.0.1");
  expect(received.headers["x-meridian-anything"]).toBeUndefined();
  expect(received.rawHeaders.join().toLowerCase()).not.toContain("203.0.113.9");
});

test("the framework's internal switches do not come from outside", async () => {
  const { request: received } = await send({
    "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
    "x-nextjs-data": "1",
  });
  expect(received.headers).not.toHaveProperty("x-middleware-subrequest");
  expect(received.headers).not.toHaveProperty("x-nextjs-data");
});

test("a sane request id is kept and returned", async () => {
  const { request: received, answer } = await send({ "x-request-id": "trace-0123456789" });
  expect(received.headers["x-request-id"]).toBe("trace-0123456789");
  expect(answer["x-request-id"]).toBe("trace-0123456789");
});

test.each(["short", "has spaces in it", `${"x".repeat(65)}`, "<script>alert(1)</script>"])(
  "a request id like %s is replaced",
  async (given) => {
    const { request: received, answer } = await send({ "x-request-id": given });
    expect(received.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer["x-request-id"]).toBe(received.headers["x-request-id"]);
  },
);

test.each([
  ["/book/demo?x=%", true],
  ["/b%C3%BCcher", true],
  ["/book/%ff", false],
  ["/book/%", false],
  ["/book/%c3%28/slots", false],
])("%s can be read: %s", (url, readable) => {
  expect(isReadable(url)).toBe(readable);
});
