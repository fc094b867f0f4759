import { expect, test } from "vitest";
import { ownPath } from "./own-path";

test.each(["/", "/meetings", "/meetings/1?tab=past&q=a%20b#x", "/inbox?from=2026-01-01"])(
  "a path of ours is gone back to: %s",
  (path) => {
    expect(ownPath(path)).toBe(path);
  },
);

test.each([
  "https://evil.test",
  "http://evil.test",
  "//evil.test",
  "///evil.test",
  "////evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "\\/evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  "/\r\n/evil.test",
  "\t//evil.test",
  " //evil.test",
  "/ /evil.test",
  "/.//evil.test",
  "/..//evil.test",
  "/x/..//evil.test",
  "/./\\evil.test",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "evil.test",
  "@evil.test",
  "meetings",
  "?next=//evil.test",
  "#//evil.test",
  "",
  "/\u0000/evil.test",
  "/\u3000/evil.test",
  "/\uFF0Fevil.test",
  "/\u2028evil.test",
  "/%0d%0aSet-Cookie:x=1\r\n",
  "/<script>",
  '/"onclick="',
  "/api/v1/meetings",
  "/_next/data",
  "/sign-in?next=/sign-in",
  `/${"a".repeat(600)}`,
])("anything else leads home: %j", (wanted) => {
  expect(ownPath(wanted)).toBe("/");
});

test.each([undefined, null, 1, {}, ["/meetings"]])("what is not text leads home: %j", (wanted) => {
  expect(ownPath(wanted)).toBe("/");
});
