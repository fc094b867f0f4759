import { expect, test } from "vitest";
import { customTroubles } from "./deal-input";
import type { FieldDefinition } from "./deal-view";
import { newLeadInput, ownValues } from "./new-lead-input";

const field = (key: string, kind: FieldDefinition["kind"], required = false): FieldDefinition => ({
  id: key,
  key,
  label: key,
  kind,
  options: kind === "select" ? ["Small", "Large"] : [],
  required,
});
const FIELDS = [field("size", "select", true), field("seats", "number"), field("demo", "checkbox")];

const posted = {
  kind: "opportunity",
  name: "Arden Print",
  companyName: "",
  contactName: "",
  email: "",
  phone: "",
  amount: "",
  currency: "USD",
  stageId: "",
  ownerId: "rules",
  sourceId: "",
  productId: "",
  expectedClose: "",
  description: "",
};

test("fields of the workspace's own are read from a form by their keys, and other names are refused", () => {
  const parsed = newLeadInput.parse({ ...posted, "custom.size": "Large", "custom.demo": "true" });
  expect(parsed.custom).toEqual({ size: "Large", demo: "true" });
  expect(newLeadInput.safeParse({ ...posted, "custom.No": "x" }).success).toBe(false);
  expect(newLeadInput.safeParse({ ...posted, "custom.size": ["a", "b"] }).success).toBe(false);
});

test("an empty one is nothing, a needed one is asked for, and what does not fit is said beside it", () => {
  expect(ownValues(FIELDS, { size: "Large", seats: "12", demo: "false" })).toEqual({
    size: "Large",
    seats: 12,
    demo: false,
  });
  const troubles = (typed: Record<string, string>) =>
    customTroubles(FIELDS, {}, ownValues(FIELDS, typed));
  expect(troubles({})).toEqual({ "custom.size": "is needed" });
  expect(troubles({ size: "Huge", seats: "many", other: "x" })).toEqual({
    "custom.size": "is none of the choices",
    "custom.seats": "is not a number",
    "custom.other": "is not a field here",
  });
});
