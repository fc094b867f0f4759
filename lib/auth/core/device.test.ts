import { expect, test } from "vitest";
import { deviceOf } from "./device";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0",
    "Edge",
    "Windows",
    false,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
    "Safari",
    "Mac",
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari",
    "iPhone",
    true,
  ],
  [
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
    "Chrome",
    "Android",
    true,
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Firefox",
    "Linux",
    false,
  ],
] as const)("a browser and its machine are named: %s", (agent, browser, system, phone) => {
  expect(deviceOf(agent)).toEqual({ browser, system, phone });
});

test.each([null, "", "curl/8.0", "<script>alert(1)</script>", "x".repeat(10_000)])(
  "what is not known is not guessed: %j",
  (agent) => {
    expect(deviceOf(agent)).toEqual({ browser: undefined, system: undefined, phone: false });
  },
);
