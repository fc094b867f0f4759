import { describe, expect, it } from "vitest";
import { isFiltered, listAddress, listAsked } from "./list-address";

describe("the address of the list of meetings", () => {
  it("is plain when everything is as usual", () => {
    expect(listAddress(listAsked({}))).toBe("/meetings");
  });

  it("says what was asked, and reads it again", () => {
    const address = "/meetings?tab=past&q=hoshi&from=2026-11-01&to=2026-11-30&pages=3&open=7f";
    const asked = listAsked(Object.fromEntries(new URLSearchParams(address.split("?")[1])));
    expect(asked).toEqual({
      tab: "past",
      q: "hoshi",
      from: "2026-11-01",
      to: "2026-11-30",
      pages: 3,
      open: "7f",
    });
    expect(listAddress(asked)).toBe(address);
    expect(isFiltered(asked)).toBe(true);
  });

  it("leaves out what it does not understand", () => {
    expect(listAsked({ tab: "nonsense", from: "2026-02-30", pages: "-4", q: ["a", "b"] })).toEqual({
      tab: "upcoming",
      q: "a",
      from: undefined,
      to: undefined,
      pages: 1,
      open: undefined,
    });
    expect(listAsked({ pages: "9999" }).pages).toBe(20);
    expect(listAsked({ q: "x".repeat(500) }).q).toHaveLength(100);
  });
});
