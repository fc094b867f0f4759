import { expect, test } from "vitest";
import { listCountries, listRegions, publicHolidays } from "./public-holidays";

test("Germany's holidays of 2026 are on their days, and Berlin has its own", () => {
  const country = publicHolidays({ country: "DE" }, [2026], "en");
  expect(country).toContainEqual({ date: "2026-04-03", name: "Good Friday" });
  expect(country.map(({ date }) => date)).not.toContain("2026-03-08");
  const berlin = publicHolidays({ country: "DE", region: "BE" }, [2026], "en");
  expect(berlin.map(({ date }) => date)).toContain("2026-03-08");
});

test("what lasts several days is on each of them", () => {
  const eid = publicHolidays({ country: "SA" }, [2026], "en").filter(({ date }) =>
    date.startsWith("2026-03"),
  );
  expect(eid.map(({ date }) => date)).toEqual([
    "2026-03-19",
    "2026-03-20",
    "2026-03-21",
    "2026-03-22",
  ]);
});

test("several years follow each other, and no day is named twice", () => {
  const two = publicHolidays({ country: "JP" }, [2026, 2027], "ja");
  expect(two.some(({ date }) => date.startsWith("2027"))).toBe(true);
  expect([...two].sort((left, right) => (left.date < right.date ? -1 : 1))).toEqual(two);
  expect(new Set(two.map(({ date, name }) => `${date} ${name}`)).size).toBe(two.length);
});

test("every country that is offered can be asked", () => {
  const countries = listCountries();
  expect(countries.length).toBeGreaterThan(150);
  for (const { code } of countries) {
    expect(() => publicHolidays({ country: code }, [2026], "en"), code).not.toThrow();
  }
  expect(listRegions("DE").map(({ code }) => code)).toContain("BE");
});

test("a country nobody knows has no holidays", () => {
  expect(publicHolidays({ country: "XX" }, [2026], "en")).toEqual([]);
});
