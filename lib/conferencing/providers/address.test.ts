import { expect, test } from "vitest";
import { under } from "./address";
import { inWords } from "./trouble";

test("a provider that was moved may be named with the part all calls share, or without it", () => {
  expect(under("https://api.zoom.us", "/v2")).toBe("https://api.zoom.us/v2");
  expect(under("http://127.0.0.1:4000/", "/v2")).toBe("http://127.0.0.1:4000/v2");
  expect(under("http://127.0.0.1:4000/v2/", "/v2")).toBe("http://127.0.0.1:4000/v2");
});

test("a pause is said as people say it", () => {
  expect(inWords(1)).toBe("1 second");
  expect(inWords(90)).toBe("90 seconds");
  expect(inWords(200)).toBe("4 minutes");
  expect(inWords(7_200)).toBe("2 hours");
});
