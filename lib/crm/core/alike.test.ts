import { expect, test } from "vitest";
import { alikeQuery, knownOf } from "./alike";

const NOBODY = alikeQuery.parse({});

test("what is typed is compared as soon as it can say who somebody is", () => {
  expect(knownOf(NOBODY)).toBeUndefined();
  expect(knownOf({ ...NOBODY, companyName: "Dalton" })).toBeUndefined();
  expect(knownOf({ ...NOBODY, contactName: "Renske", companyName: " Dalton " })).toMatchObject({
    contactName: "Renske",
    companyName: "Dalton",
  });
  expect(knownOf({ ...NOBODY, email: " Renske@Dalton.example" })?.email).toBe(
    "renske@dalton.example",
  );
});

test("half a phone number is not compared, a whole one is as it is dialled", () => {
  expect(knownOf({ ...NOBODY, phone: "+31" })).toBeUndefined();
  expect(knownOf({ ...NOBODY, phone: "0031 20 123 4567" })?.phone).toBe("+31201234567");
});
