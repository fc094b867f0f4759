import { expect, test } from "vitest";
import { cachedPagePolicy, inlineScriptHashes, noncePolicy } from "@/lib/cache/csp";
import { markerContent, readMarker } from "@/lib/cache/marker";

// sha256 of "alert(1)" and "a()\n", as openssl gives them.
const ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

test("every inline script is named once, scripts with an address are not", () => {
  const html = `<script>alert(1)</script><script src="/x.js" async=""></script><script id="a">alert(1)</script>`;
  expect(inlineScriptHashes(html)).toEqual([ALERT]);
});

test("a cached page's policy has hashes and never allows inline scripts in general", () => {
  const policy = cachedPagePolicy("<script>alert(1)</script>");
  const scripts = policy.split("; ").find((part) => part.startsWith("script-src"));
  expect(scripts).toBe(`script-src 'self' ${ALERT}`);
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
});

test("a page rendered per request is allowed its nonce alone", () => {
  expect(noncePolicy("abc")).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
});

test("a page's marker is read back, and a person's text is not taken for one", () => {
  const marker = { render: 7, status: 410, validUntil: Number.MAX_SAFE_INTEGER } as const;
  const tag = `<meta name="meridian-page" content="${markerContent(marker)}"/>`;
  expect(readMarker(`<html><head>${tag}</head></html>`)).toEqual(marker);
  expect(readMarker(`&lt;meta name="meridian-page" content="1.200.5"/&gt;`)).toBeUndefined();
  expect(() => readMarker(`<meta name="meridian-page" content="1.500.5"/>`)).toThrow("marker");
});

test("only a page that says so itself may be shown within others", () => {
  const marker = { render: 7, status: 200, validUntil: 9, framed: true } as const;
  expect(readMarker(`<meta name="meridian-page" content="${markerContent(marker)}"/>`)).toEqual(
    marker,
  );
  expect(cachedPagePolicy("<p>", "framed")).toContain("frame-ancestors *");
  for (const policy of [cachedPagePolicy("<p>"), noncePolicy("n")])
    expect(policy).toContain("frame-ancestors 'none'");
});
