import { expect, test } from "vitest";
import type { BookingQuestion, PlaceChoice } from "@/lib/booking/core/booking-page";
import { carriedPairs, prefillFrom, withReferrer } from "./prefill";

const question = (key: string, kind: BookingQuestion["kind"] = "text", options: string[] = []) =>
  ({ key, kind, label: key, help: null, required: false, options }) satisfies BookingQuestion;

const place = (id: string, asks: PlaceChoice["asks"] = null): PlaceChoice => ({
  id,
  kind: asks === "phone" ? "phone" : "virtual",
  label: id,
  detail: null,
  asks,
});

const page = {
  questions: [
    question("company"),
    question("size", "select", ["1–10", "11–50"]),
    question("terms", "checkbox"),
    question("story", "long_text"),
    question("email"),
    question("zone"),
  ],
  extraGuests: 2,
  places: [place("zoom"), place("call", "phone")],
};

test("an address fills in the form: name, e-mail, guests, subject and each question by its key", () => {
  const { values } = prefillFrom(
    {
      name: "Mika Tanaka",
      email: "mika+sales@kaminari.example",
      guests: "jun@kaminari.example,lea@kaminari.example,too@many.example",
      subject: "Planning",
      company: "Kaminari",
      size: "11–50",
      terms: "true",
    },
    page,
  );
  expect(values).toMatchObject({
    name: "Mika Tanaka",
    email: "mika+sales@kaminari.example",
    guests: ["jun@kaminari.example", "lea@kaminari.example"],
    subject: "Planning",
    answers: { company: "Kaminari", size: "11–50", terms: "yes" },
    place: "zoom",
    placeAnswer: "",
  });
});

test("an answer nobody could have chosen is not filled in", () => {
  const { values } = prefillFrom({ size: "a million", terms: "certainly" }, page);
  expect(values.answers).toEqual({});
});

test("a question called like a part of the page or of the form is not filled in by it", () => {
  const { values } = prefillFrom({ zone: "Asia/Tokyo", email: "a@b.example" }, page);
  expect(values.email).toBe("a@b.example");
  expect(values.answers).toEqual({});
});

test("the number or address a place asks for is filled in with that place", () => {
  const { values } = prefillFrom({ place: "call", phone: "+62 812 3456 7890" }, page);
  expect(values).toMatchObject({ place: "call", placeAnswer: "+62 812 3456 7890" });
  expect(prefillFrom({ place: "elsewhere", phone: "1" }, page).values).toMatchObject({
    place: "zoom",
    placeAnswer: "",
  });
});

test("what an address says stays text, as short as a field, without hidden marks", () => {
  const { values, source } = prefillFrom(
    {
      name: `<img src=x onerror=alert(1)>${"x".repeat(500)}`,
      company: "Hal\u202eden\u0000\nWorks",
      story: "first\r\nsecond\u2066",
      utm_source: "y".repeat(500),
      constructor: "polluted",
    },
    { ...page, questions: [...page.questions, question("constructor_name")] },
  );
  expect(values.name).toHaveLength(120);
  expect(values.name.startsWith("<img src=x onerror=alert(1)>")).toBe(true);
  expect(values.answers).toEqual({ company: "HaldenWorks", story: "first\nsecond" });
  expect(source.utm_source).toHaveLength(200);
});

test("a value given twice counts once, and an inherited property is no value", () => {
  expect(prefillFrom({ name: ["One", "Two"] }, page).values.name).toBe("One");
  const inherited = { ...page, questions: [question("valueof"), question("tostring")] };
  expect(prefillFrom({}, inherited).values.answers).toEqual({});
});

test("campaign and referring page are kept under their five names and one more", () => {
  const { source } = prefillFrom(
    { utm_source: "newsletter", utm_medium: "mail", utm_id: "7", referrer: "https://a.example/x" },
    page,
  );
  expect(source).toEqual({
    utm_source: "newsletter",
    utm_medium: "mail",
    referrer: "https://a.example/x",
  });
});

test("a page hands on what its address fills in and the site before it, but not its own choices", () => {
  const location = {
    origin: "https://meet.example",
    search: "?name=Mika&zone=Asia/Tokyo&day=2026-11-30&utm_source=x&name=Twice&%3Cb%3E=1&locale=ja",
  };
  expect(carriedPairs(location, "https://blog.example/post?secret=1#top")).toEqual([
    ["name", "Mika"],
    ["utm_source", "x"],
    ["referrer", "https://blog.example/post"],
  ]);
  expect(carriedPairs({ ...location, search: "" }, "https://meet.example/book/demo")).toEqual([]);
  expect(carriedPairs({ ...location, search: "" }, "")).toEqual([]);
});

test("no more than sixty fields and six thousand characters are handed on", () => {
  const origin = "https://meet.example";
  const many = Array.from({ length: 500 }, (_, n) => `q${n}=1`).join("&");
  expect(carriedPairs({ origin, search: `?${many}` }, "")).toHaveLength(60);
  const long = `?a=${"x".repeat(5_000)}&b=${"y".repeat(5_000)}&c=short`;
  expect(carriedPairs({ origin, search: long }, "").map(([name]) => name)).toEqual(["a", "c"]);
});

test("without a script the page before is asked for through the referrer, and the address itself wins", () => {
  const referrer = "https://meet.example/book/demo?name=Mika&company=Halden&zone=Asia/Tokyo";
  const query = { start: "2026-11-30T01:00:00Z", name: "Own" };
  expect(withReferrer(query, referrer, "/book/demo")).toEqual({ ...query, company: "Halden" });
  expect(withReferrer(query, referrer, "/book/other")).toEqual(query);
  expect(withReferrer(query, "no address", "/book/demo")).toEqual(query);
  expect(withReferrer(query, null, "/book/demo")).toEqual(query);
});
