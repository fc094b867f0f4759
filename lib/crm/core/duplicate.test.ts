import { expect, test } from "vitest";
import { byStrength, companyNameOf, duplicateOf } from "./duplicate";

test.each([
  ["Dalton Bakeries Ltd.", "dalton bakeries"],
  ["Rimba Aviation Pte. Ltd.", "rimba aviation"],
  ["PT Garuda  Studios Tbk", "garuda studios"],
  ["Weber & Söhne GmbH & Co. KG", "weber & söhne"],
  ["Limited", "limited"],
  ["AG", "ag"],
])("%s is compared as %s", (name, expected) => {
  expect(companyNameOf(name)).toBe(expected);
});

test("two reasons say more than one, and the stronger is named first", () => {
  const mail = duplicateOf("a", [{ reason: "same-email", likeness: 1 }]);
  const both = duplicateOf("b", [
    { reason: "same-company", likeness: 1 },
    { reason: "same-email", likeness: 1 },
    { reason: "same-email", likeness: 1 },
  ]);
  expect(mail).toEqual({ id: "a", reasons: ["same-email"], strength: 0.95 });
  expect(both.reasons).toEqual(["same-email", "same-company"]);
  expect(both.strength).toBeGreaterThan(mail.strength);
  expect([mail, both].sort(byStrength)[0]).toBe(both);
  expect(duplicateOf("c", [{ reason: "similar-contact", likeness: 0.6 }]).strength).toBe(0.45);
});
