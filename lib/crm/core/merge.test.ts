import { expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import type { Lead } from "./lead";
import { mergedPatch, winnerOf } from "./merge";

const lead = (id: string, given: Partial<Lead> = {}): Lead =>
  ({
    id,
    kind: "opportunity",
    status: "open",
    name: id,
    contactId: null,
    contactName: null,
    companyId: null,
    companyName: null,
    email: null,
    phone: null,
    ownerId: null,
    teamId: null,
    amountMinor: null,
    currency: "USD",
    mrrMinor: null,
    productId: null,
    probabilityManual: null,
    category: null,
    expectedClose: null,
    country: null,
    industry: null,
    description: null,
    sourceId: null,
    medium: null,
    campaign: null,
    firstTouch: {},
    tags: [],
    custom: {},
    createdAt: 100 as Instant,
    assignedAt: null,
    firstResponseAt: null,
    responseMinutes: null,
    lastTouchAt: null,
    deletedAt: null,
    mergedInto: null,
    ...given,
  }) as unknown as Lead;

test("an amount goes with its currency, and a currency alone is no amount", () => {
  const survivor = lead("a", { currency: "EUR" });
  const other = lead("b", { amountMinor: 500, currency: "IDR" });
  expect(winnerOf("amount", [survivor, other], {}).id).toBe("b");
  const patch = mergedPatch([survivor, other], {});
  expect(patch).toMatchObject({
    ok: true,
    value: { amountMinor: 500, currency: "IDR", name: "a" },
  });
});

test("what is picked wins, also when it is nothing", () => {
  const patch = mergedPatch([lead("a", { email: "a@x.example" }), lead("b")], { email: "b" });
  expect(patch).toMatchObject({ ok: true, value: { email: null } });
});

test("the way the earliest came is kept whole, though a later one knows more", () => {
  const patch = mergedPatch(
    [
      lead("a", { createdAt: 50 as Instant, medium: "mail", campaign: "spring" }),
      lead("b", { createdAt: 20 as Instant, medium: "cpc" }),
      lead("c", { createdAt: 10 as Instant }),
    ],
    {},
  );
  expect(patch).toMatchObject({
    ok: true,
    value: { createdAt: 10, medium: "cpc", campaign: null },
  });
});

test.each([
  ["merged", lead("b", { mergedInto: "c", deletedAt: 1 as Instant })],
  ["deleted", lead("b", { deletedAt: 1 as Instant })],
  ["closed-survives", lead("b", { status: "won" })],
] as const)("is refused: %s", (refusal, other) => {
  expect(mergedPatch([lead("a"), other], {})).toEqual({ ok: false, refusal });
});
