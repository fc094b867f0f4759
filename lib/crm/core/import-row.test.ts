import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { parseInstant } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { FirstSeen } from "./first-seen";
import type { ImportCell } from "./import-cell";
import type { ImportContext } from "./import-lead";
import { importMapping } from "./import-mapping";
import { placeColumns, readRow } from "./import-row";
import { SHIPPED_MAPPINGS } from "./import-shipped";
import { dateFormatOf, suggestMapping } from "./import-suggest";

type Changes = Partial<z.input<typeof importMapping>>;

const COLUMNS = [
  "id",
  "name",
  "email",
  "phone",
  "stage",
  "amount",
  "currency",
  "created",
  "closed",
];

const base = {
  version: 1 as const,
  externalSource: "old",
  kind: "opportunity" as const,
  columns: [
    { column: "id", field: "externalId" },
    { column: "name", field: "name" },
    { column: "email", field: "email" },
    { column: "phone", field: "phone" },
    { column: "stage", field: "stage" },
    { column: "amount", field: "amount" },
    { column: "currency", field: "currency" },
    { column: "created", field: "createdAt" },
    { column: "closed", field: "closedAt" },
  ],
  dateFormat: "YYYY-MM-DD" as const,
  decimal: "point" as const,
  formulas: "fail" as const,
  make: [],
};

const context = (changes: Changes = {}): ImportContext => ({
  mapping: importMapping.parse({ ...base, ...changes }),
  zone: parseTimeZone("America/New_York") ?? UTC,
  customFields: [],
  now:
    parseInstant("2026-11-23T08:00:00Z") ??
    ((): never => {
      throw new Error("not an instant");
    })(),
  baseCurrency: "USD",
  stages: [
    { name: "Proposal", type: "open" },
    { name: "Won", type: "won" },
    { name: "Lost", type: "lost" },
  ],
});

/** A good row with some cells changed, read. */
function read(cells: Readonly<Record<string, ImportCell>>, changes: Changes = {}) {
  const row: Readonly<Record<string, ImportCell>> = {
    id: "a1",
    name: "Ovens",
    stage: "Proposal",
    created: "2026-03-01",
    ...cells,
  };
  const asked = context(changes);
  const { places } = placeColumns(asked.mapping.columns, COLUMNS);
  const { lead, issues } = readRow(
    { number: 2, cells: COLUMNS.map((name) => row[name] ?? null) },
    places,
    asked,
  );
  return {
    lead,
    said: issues.map(({ column, code, severity }) => `${column} ${code} ${severity}`),
  };
}

describe("a row", () => {
  test("is a lead with its amount in minor units and its days as beginnings of days", () => {
    const { lead, said } = read({
      stage: "won",
      amount: "1,054.50",
      currency: "eur",
      closed: "2026-03-09",
    });
    expect(said).toEqual([]);
    expect(lead).toMatchObject({
      status: "won",
      stage: "Won",
      amountMinor: 105_450,
      currency: "EUR",
    });
    expect(new Date(lead?.closedAt ?? 0).toISOString()).toBe("2026-03-09T04:00:00.000Z");
    expect(new Date(lead?.createdAt ?? 0).toISOString()).toBe("2026-03-01T05:00:00.000Z");
  });

  test.each<[string, Record<string, ImportCell>, string]>([
    ["has no id", { id: " " }, "id required error"],
    ["names no stage there is", { stage: "Proposed" }, "stage unknown-stage error"],
    [
      "was created on a day that is none",
      { created: "2025-02-30" },
      "created date-impossible error",
    ],
    ["writes its date otherwise", { created: "01.03.2026" }, "created date-unreadable error"],
    ["was created in the future", { created: "2027-01-01" }, "created date-in-future error"],
    [
      "was won before it was created",
      { stage: "Won", closed: "2026-02-28" },
      "closed closed-before-created error",
    ],
    ["was won at no time", { stage: "Won" }, "closed closed-missing error"],
    [
      "was lost for no reason",
      { stage: "Lost", closed: "2026-03-02" },
      "null reason-missing error",
    ],
    ["has an amount that is none", { amount: "12,4,00" }, "amount bad-number error"],
    ["has an amount below nothing", { amount: -5 }, "amount negative error"],
    [
      "has a currency that is none",
      { amount: "1", currency: "XXQ" },
      "currency bad-currency error",
    ],
    ["has an address that is none", { email: "ann at dalton" }, "email bad-email error"],
    ["has a phone number that is none", { phone: "12" }, "phone bad-phone error"],
    [
      "is calculated",
      { name: { kind: "formula", formula: "A1", value: "x" } },
      "name formula error",
    ],
    ["is calculated in a text file", { name: "=cmd|' /C calc'!A0" }, "name formula error"],
    [
      "holds an error of a sheet",
      { name: { kind: "fault", text: "#N/A" } },
      "name cell-error error",
    ],
  ])("that %s fails, with that alone", (_, cells, said) => {
    expect(read(cells)).toEqual({ lead: undefined, said: [said] });
  });

  test.each<[string, Record<string, ImportCell>, Changes, [string, object]]>([
    [
      "a calculated value",
      { name: { kind: "formula", formula: "A1", value: "Pans" } },
      { formulas: "value" },
      ["name formula-value", { name: "Pans" }],
    ],
    ["an apostrophe", { name: "'=Pans" }, {}, ["name apostrophe", { name: "=Pans" }]],
    ["cents of cents", { amount: "10.005" }, {}, ["amount rounded", { amountMinor: 1_001 }]],
    [
      "a number of another country",
      { phone: "030 1234567" },
      { phoneCountry: "DE" },
      ["phone phone-prefix", { phone: "+49301234567" }],
    ],
    [
      "a closing date of an open deal",
      { closed: "2026-05-01" },
      {},
      ["closed closed-left-out", { closedAt: null }],
    ],
    ["no day of creation", { created: null }, {}, ["created created-unknown", { createdAt: null }]],
    [
      "an assumed reason",
      { stage: "Lost", closed: "2026-03-02" },
      { constants: { lostReason: "Not stated" } },
      ["null reason-assumed", { lostReason: "Not stated" }],
    ],
  ])("tells what was corrected: %s", (_, cells, changes, expected) => {
    const [said, lead] = expected;
    const result = read(cells, changes);
    expect(result.said).toEqual([`${said} corrected`]);
    expect(result.lead).toMatchObject(lead);
  });

  test("takes the texts its mapping puts for others, whatever their capitals, and says so each time", () => {
    const columns = base.columns.map((one) =>
      one.field === "stage" ? { ...one, values: { Offered: "Proposal" } } : one,
    );
    expect(read({ stage: "offered" }, { columns })).toMatchObject({
      lead: { stage: "Proposal" },
      said: ["stage value-mapped corrected"],
    });
    expect(read({ stage: "Proposal" }, { columns }).said).toEqual([]);
  });

  test("whose cell may be skipped is taken without it", () => {
    const columns = base.columns.map((one) =>
      one.field === "email" ? { ...one, invalid: "skip" as const } : one,
    );
    expect(read({ email: "nobody" }, { columns })).toMatchObject({
      lead: { email: null },
      said: ["email bad-email warning"],
    });
  });

  test("in other ways of writing is the same row", () => {
    const { lead, said } = read(
      {
        amount: "1.054,50 €",
        created: "01.03.2026",
        id: 17,
        closed: { kind: "date", text: "2026-03-09" },
        stage: "Won",
      },
      { dateFormat: "DD.MM.YYYY", decimal: "comma" },
    );
    expect(said).toEqual([]);
    expect(lead).toMatchObject({ externalId: "17", amountMinor: 105_450 });
  });

  test("says a moment with its zone, or on the workspace's clocks; a skipped hour is an hour later", () => {
    const created = (text: string) =>
      new Date(read({ created: text }).lead?.createdAt ?? 0).toISOString();
    expect(created("2026-03-01T10:30:00+01:00")).toBe("2026-03-01T09:30:00.000Z");
    expect(created("2026-03-01 10:30")).toBe("2026-03-01T15:30:00.000Z");
    expect(created("2026-03-08 02:30")).toBe("2026-03-08T07:30:00.000Z");
  });
});

describe("a mapping", () => {
  test("gives one field to one column, and needs an id and a name", () => {
    const twice = { ...base, columns: [...base.columns, { column: "other", field: "name" }] };
    expect(importMapping.safeParse(twice).success).toBe(false);
    const without = {
      ...base,
      columns: base.columns.filter(({ field }) => field !== "externalId"),
    };
    expect(importMapping.safeParse(without).success).toBe(false);
    expect(
      importMapping.safeParse({ ...base, columns: [{ column: "id", field: "externalId" }] })
        .success,
    ).toBe(false);
    expect(
      importMapping.safeParse({ ...base, columns: [{ column: "id", field: "shoeSize" }] }).success,
    ).toBe(false);
  });

  test.each([...SHIPPED_MAPPINGS])("%s, which is shipped, is one", (_, mapping) => {
    expect(importMapping.parse(mapping)).toEqual(mapping);
  });

  test("is suggested by names, and by how dates and numbers are written", () => {
    const suggested = suggestMapping(
      ["Opportunity ID", "Deal Name", "Account", "Close Date", "Value", "Shoe size"],
      [["1", "Ovens", "Dalton", "31.01.2026", "1.200,50", "43"]],
      "old",
    );
    expect(suggested.columns).toEqual([
      { column: "Opportunity ID", field: "externalId" },
      { column: "Deal Name", field: "name" },
      { column: "Account", field: "companyName" },
      { column: "Close Date", field: "closedAt" },
      { column: "Value", field: "amount" },
    ]);
    expect(suggested).toMatchObject({
      kind: "opportunity",
      dateFormat: "DD.MM.YYYY",
      decimal: "comma",
    });
    expect(importMapping.safeParse(suggested).success).toBe(true);
  });

  test("takes the form of dates that fits all of them", () => {
    expect(dateFormatOf(["03/04/2026", "25/04/2026"])).toBe("DD/MM/YYYY");
    expect(dateFormatOf(["03/04/2026", "04/25/2026"])).toBe("MM/DD/YYYY");
    expect(dateFormatOf(["soon", null])).toBeUndefined();
  });
});

test("an id is known again in the row it was first in, whatever ids there are", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 3_000 }), (ids) => {
      const seen = new FirstSeen();
      const oracle = new Map<string, number>();
      for (const [at, id] of ids.entries()) {
        expect(seen.see(id, at + 1)).toBe(oracle.get(id));
        if (!oracle.has(id)) oracle.set(id, at + 1);
      }
    }),
    { numRuns: 30 },
  );
});
