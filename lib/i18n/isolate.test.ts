import { expect, test } from "vitest";
import { translatorFor } from "./catalogue";
import { isolated, isolatedValues } from "./isolate";

test("a name in an Arabic sentence keeps its own direction", () => {
  expect(isolated("Ana Lim (Halden)", "ar")).toBe("\u2068Ana Lim (Halden)\u2069");
  expect(isolated("Ana Lim (Halden)", "ar-EG")).toBe("\u2068Ana Lim (Halden)\u2069");
  expect(isolated("Ana Lim (Halden)", "de")).toBe("Ana Lim (Halden)");
  expect(translatorFor("ar", "guest")("details.with", { host: "Ana" })).toBe("مع \u2068Ana\u2069");
  expect(translatorFor("en", "guest")("details.with", { host: "Ana" })).toBe("with Ana");
});

test("an address is not isolated, because programs that make links would take the mark into it", () => {
  const url = "https://meridian.example/m/abc";
  expect(isolated(url, "ar")).toBe(url);
  expect(translatorFor("ar", "mail")("calendar.join", { url })).toBe(`الانضمام: ${url}`);
});

test("numbers are counted in Latin digits, whatever the runtime holds to be usual", () => {
  expect(isolatedValues({ count: 3 }, "ar")).toEqual({ count: 3 });
  const say = translatorFor("ar", "guest");
  const minutes = [0, 1, 2, 3, 11, 100].map((count) => say("book.minutes", { minutes: count }));
  expect(minutes).toEqual([
    "0 دقيقة",
    "دقيقة واحدة",
    "دقيقتان",
    "3 دقائق",
    "11 دقيقة",
    "100 دقيقة",
  ]);
});
