import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules";

test.each(["", "short", "eleven char"])("fewer than twelve characters are refused: %j", (text) => {
  expect(passwordProblem(text)).toBe("too-short");
});

test("more than 256 characters are refused, and 256 are not", () => {
  const long = Array.from({ length: 64 }, (_, at) => String.fromCodePoint(97 + ((at * 7) % 26)));
  const text = long.join("").repeat(4);
  expect(text).toHaveLength(256);
  expect(passwordProblem(text)).toBeUndefined();
  expect(passwordProblem(`${text}x`)).toBe("too-long");
});

test.each([
  "password1234",
  "Password123!",
  "P@ssw0rd2026!",
  "passwordpassword",
  "qwertyuiop12",
  "QWERTZuiop123",
  "123456789012",
  "1234567890123456",
  "abcdefghijkl",
  "aaaaaaaaaaaa",
  "111111111111",
  "abababababab",
  "iloveyou2026",
  "letmein12345",
  "Welcome2026!!",
  "adminadmin123",
  "Summer2026!!!",
  "1q2w3e4r5t6y",
  "correcthorsebatterystaple",
  "football1234",
  "Meridian2026!",
  "sunshine!!!!",
])("what everybody tries first is refused: %s", (text) => {
  expect(passwordProblem(text)).toBe("too-common");
});

test("a password made of its owner's name, address or company is refused", () => {
  const about = ["Mika Tanaka", "mika.tanaka@halden.example", "Halden Works"];
  expect(passwordProblem("MikaTanaka2026", about)).toBe("too-common");
  expect(passwordProblem("halden-works-1", about)).toBe("too-common");
  expect(passwordProblem("MikaTanaka2026")).toBeUndefined();
});

test.each([
  "otters juggle violets",
  "blau-Kiesel-87-Tau",
  "zK9#vQ2!mX7p",
  "我的猫喜欢在周日早上喝很多牛奶",
  "кофе на крыше в полночь",
  "dom ze szkła i mchu",
  "7391 0482 5566 90",
])("anything else is taken, in any script: %s", (text) => {
  expect(passwordProblem(text)).toBeUndefined();
});
