import { expect, test } from "vitest";
import { formatPhone, phoneOf } from "./phone";

test.each([
  ["+65 6123 4567", null, "+6561234567"],
  ["0065 6123-4567", null, "+6561234567"],
  ["6123 4567", "SG", "+6561234567"],
  ["(0)30 901820", "DE", "+4930901820"],
  ["030/901820", "DE", "+4930901820"],
  ["+49 30 901820", "SG", "+4930901820"],
  ["021 1234567 ext. 12", "ID", "+62211234567"],
  ["０３-１２３４-５６７８", "JP", "+81312345678"],
])("%s dialled in %s is %s", (text, country, expected) => {
  expect(phoneOf(text, country)).toBe(expected);
});

test.each([
  ["6123 4567", null],
  ["6123 4567", "XX"],
  ["call me", "SG"],
  ["12", "SG"],
  ["", "SG"],
  ["my number is +65 6123 4567", "SG"],
  ["=+65 6123 4567", "SG"],
])("%s in %s is no number", (text, country) => {
  expect(phoneOf(text, country)).toBeUndefined();
});

test("a number is told in groups, and stays itself", () => {
  expect(formatPhone("+6561234567")).toBe("+65 6123 4567");
  expect(phoneOf(formatPhone("+4930901820"))).toBe("+4930901820");
  expect(formatPhone("not a number")).toBe("not a number");
});
