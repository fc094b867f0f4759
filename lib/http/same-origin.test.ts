import { describe, expect, test } from "vitest";
import { forgeryOf } from "./same-origin";

const appUrl = "https://meet.example.org";
const judge = (headers: Record<string, string>, ambient: boolean) =>
  forgeryOf(new Headers({ host: "meet.example.org", ...headers }), { ambient, appUrl });

const FOREIGN = [
  "https://evil.test",
  "null",
  "http://meet.example.org:81",
  "https://meet.example.org.evil.test",
  "https://sub.meet.example.org",
  "file://",
  "not an origin",
];

describe.each([
  ["with the browser's cookie", true],
  ["without a cookie", false],
])("a change sent %s", (_how, ambient) => {
  test.each(FOREIGN)("is refused from the origin %s", (origin) => {
    expect(judge({ origin }, ambient)).toBe("origin");
    expect(judge({ origin, "x-forwarded-host": "evil.test" }, ambient)).toBe("origin");
  });

  test.each(["cross-site", "same-site", "nonsense"])("is refused when the site is %s", (site) => {
    expect(judge({ "sec-fetch-site": site }, ambient)).toBe("sec-fetch-site");
    expect(judge({ origin: appUrl, "sec-fetch-site": site }, ambient)).toBe("sec-fetch-site");
  });

  test("is accepted from our own pages", () => {
    expect(judge({ origin: appUrl, "sec-fetch-site": "same-origin" }, ambient)).toBeUndefined();
    expect(judge({ origin: appUrl }, ambient)).toBeUndefined();
  });

  test("is accepted on the very host the browser went to, as in a trial under another name", () => {
    const local = { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" };
    expect(judge(local, ambient)).toBeUndefined();
  });
});

test("a program that sends neither header may use what needs no cookie, and nothing that does", () => {
  expect(judge({}, false)).toBeUndefined();
  expect(judge({}, true)).toBe("no-origin");
});
