import { expect, test } from "vitest";
import { RequestRefused } from "./answer";
import { MAX_BODY_BYTES, parseJson, readJson } from "./body";

const post = (body: BodyInit | null, type = "application/json", more: RequestInit = {}) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers: type === "" ? {} : { "content-type": type },
    ...more,
  });

async function statusOf(reading: Promise<unknown>): Promise<number> {
  const refused = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  return refused instanceof RequestRefused ? refused.status : 0;
}

const endless = (bytes: number): ReadableStream<Uint8Array> => {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes) return controller.close();
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
};

test("JSON is read, and no body is no value", async () => {
  expect(await readJson(post('{"a":[1,"ü"]}'))).toEqual({ a: [1, "ü"] });
  expect(await readJson(post('{"a":1}', "application/json; charset=utf-8"))).toEqual({ a: 1 });
  expect(await readJson(post(null))).toBeUndefined();
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "",
])(
  "a body that is not declared as JSON is refused, as a foreign form would send it: %s",
  async (type) => {
    expect(await statusOf(readJson(post(Buffer.from("{}"), type)))).toBe(415);
  },
);

test("a body over 1 MB is refused, whether its length is declared or it just keeps coming", async () => {
  const large = `"${"x".repeat(MAX_BODY_BYTES)}"`;
  expect(await statusOf(readJson(post(large)))).toBe(413);
  const streamed = post(endless(30_000_000), "application/json", { duplex: "half" } as RequestInit);
  expect(await statusOf(readJson(streamed))).toBe(413);
});

test.each(["{", "{'a':1}", "undefined", "\u{feff}x", '{"a":1}{"b":2}', '{"a":01}'])(
  "what is not JSON is refused: %s",
  async (text) => {
    expect(await statusOf(readJson(post(text)))).toBe(400);
  },
);

test("bytes that are not UTF-8 are refused", async () => {
  expect(await statusOf(readJson(post(new Uint8Array([0x22, 0xff, 0x22]))))).toBe(400);
});

test("nesting is bounded before anything recurses, and quotes do not hide it", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(() => parseJson(nested(32))).not.toThrow();
  expect(() => parseJson(nested(33))).toThrow(/32 levels/);
  expect(() => parseJson(nested(200_000))).toThrow(/32 levels/);
  expect(() => parseJson(`"${"[".repeat(500)}"`)).not.toThrow();
  expect(() => parseJson(`["\\"${"[".repeat(500)}"]`)).not.toThrow();
});

test("a megabyte of quotes and escapes costs no more than its length", () => {
  const began = performance.now();
  expect(() => parseJson(`"${'\\"'.repeat(490_000)}`)).toThrow(/valid JSON/);
  expect(() => parseJson('"'.repeat(999_999))).toThrow(/valid JSON/);
  expect(performance.now() - began).toBeLessThan(1000);
});

test("keys that reach the prototype are dropped", () => {
  const parsed = parseJson(
    '{"__proto__":{"admin":true},"a":{"constructor":{"prototype":1},"b":2}}',
  );
  expect(parsed).toEqual({ a: { b: 2 } });
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test("the character no text column can hold is refused, in values and in names", () => {
  expect(() => parseJson('{"a":"x\\u0000y"}')).toThrow(/U\+0000/);
  expect(() => parseJson('{"a\\u0000":1}')).toThrow(/U\+0000/);
});
