import { expect, test } from "vitest";
import { peopleAddress, peopleAsked } from "./people-address";

const ID = "0190f6a8-0000-7000-8000-000000000001";

test("an address is read and written the same", () => {
  const address = `/admin/users?q=mei&group=crm_user&state=invited&after=${ID}&open=${ID}`;
  const asked = peopleAsked(Object.fromEntries(new URLSearchParams(address.split("?")[1])));
  expect(peopleAddress(asked)).toBe(address);
  expect(peopleAddress(asked, { open: undefined, after: undefined, q: "" })).toBe(
    "/admin/users?group=crm_user&state=invited",
  );
});

test("what it does not understand is left out", () => {
  const asked = peopleAsked({
    q: ["  a\0b ", "c"],
    group: "root",
    state: "gone",
    after: "1; DROP",
    open: "../x",
  });
  expect(asked).toEqual({
    q: "ab",
    group: undefined,
    state: undefined,
    after: undefined,
    open: undefined,
  });
  expect(peopleAsked({ q: "x".repeat(5_000) }).q).toHaveLength(100);
});
