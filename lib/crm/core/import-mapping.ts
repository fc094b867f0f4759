import { z } from "zod";

/** What a column of a file can become. A field of the workspace's own is `custom:` and its key. */
export const IMPORT_FIELDS = [
  "externalId",
  "kind",
  "name",
  "contactName",
  "companyName",
  "email",
  "phone",
  "ownerEmail",
  "ownerName",
  "team",
  "stage",
  "amount",
  "currency",
  "mrr",
  "probability",
  "category",
  "expectedClose",
  "createdAt",
  "closedAt",
  "lostReason",
  "lostNote",
  "competitor",
  "product",
  "source",
  "medium",
  "campaign",
  "country",
  "industry",
  "tags",
  "description",
] as const;

export type KnownField = (typeof IMPORT_FIELDS)[number];
export type ImportField = KnownField | `custom:${string}`;

const isField = (text: string): text is ImportField =>
  (IMPORT_FIELDS as readonly string[]).includes(text) || /^custom:[a-z][a-z0-9_]{0,39}$/.test(text);

export const DATE_FORMATS = [
  "YYYY-MM-DD",
  "DD.MM.YYYY",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "DD-MM-YYYY",
  "YYYY/MM/DD",
  "YYYYMMDD",
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

export const FORECAST_WORDS = ["omitted", "pipeline", "best_case", "commit", "closed"] as const;

const columnName = z.string().trim().min(1).max(200);
const cellText = z.string().max(200);

/** Texts of the file and what they stand for: `GTXPro` → `GTX Pro`. Each use is reported. */
const values = z.record(z.string().max(200), cellText);

const column = z.strictObject({
  column: columnName,
  field: z.string().refine(isField, "is no field of a lead"),
  values: values.optional(),
  dateFormat: z.enum(DATE_FORMATS).optional(),
  /** What a cell that cannot be read does: its row fails, or the field is left out and told. */
  invalid: z.enum(["fail", "skip"]).optional(),
  /** What an empty cell does: nothing, or it is told, or its row fails. */
  blank: z.enum(["ok", "tell", "fail"]).optional(),
  /** 0 stands for "not known": of amounts of lost deals mostly. Each use is reported. */
  zeroIsUnknown: z.boolean().optional(),
});

const stageRule = z.strictObject({
  name: z.string().trim().min(1).max(80),
  type: z.enum(["open", "won", "lost"]),
  probability: z.number().min(0).max(100),
  category: z.enum(FORECAST_WORDS).optional(),
});

/** Files beside the main one: lists it refers to. Their rows are made before the first lead. */
const companion = z.discriminatedUnion("makes", [
  z.strictObject({
    makes: z.literal("companies"),
    file: z.string().regex(/^[\w-]+\.(?:csv|xlsx)$/),
    name: columnName,
    industry: columnName.optional(),
    country: columnName.optional(),
    employees: columnName.optional(),
    parent: columnName.optional(),
    /** Fields of companies of the workspace's own, made where they are missing: column → key and name. */
    custom: z
      .record(
        columnName,
        z.strictObject({
          key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
          label: z.string().max(80),
        }),
      )
      .optional(),
    /** Column → texts of the file and what they stand for. */
    values: z.record(columnName, values).optional(),
  }),
  z.strictObject({
    makes: z.literal("people"),
    file: z.string().regex(/^[\w-]+\.(?:csv|xlsx)$/),
    name: columnName,
    manager: columnName.optional(),
    team: columnName.optional(),
    /** Addresses are made of the names; under `.invalid` no mail can ever reach anybody. */
    emailDomain: z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.invalid$/),
  }),
  z.strictObject({
    makes: z.literal("products"),
    file: z.string().regex(/^[\w-]+\.(?:csv|xlsx)$/),
    name: columnName,
    series: columnName.optional(),
    price: columnName.optional(),
  }),
]);

const shape = z.strictObject({
  version: z.literal(1),
  /** Whose ids these are: an id is used once within one. */
  externalSource: z.string().trim().min(1).max(60),
  /** What a row is without a column that says. */
  kind: z.enum(["lead", "opportunity"]),
  reading: z
    .strictObject({
      encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]).optional(),
      delimiter: z.enum([",", ";", "\t", "|"]).optional(),
      sheet: z.string().max(100).optional(),
      headerRow: z.int().min(1).max(1000).optional(),
    })
    .optional(),
  columns: z.array(column).max(200),
  /** What every row gets that its columns leave empty. */
  constants: z.partialRecord(z.enum(IMPORT_FIELDS), cellText).optional(),
  dateFormat: z.enum(DATE_FORMATS),
  decimal: z.enum(["point", "comma"]),
  /** Where phone numbers without a country's prefix are: "DE". */
  phoneCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** A cell that is calculated fails its row, unless the value it last had is to be taken, which is reported. */
  formulas: z.enum(["fail", "value"]),
  /** The name of a deal without one is made of these fields. */
  nameFrom: z
    .array(z.enum(["product", "companyName", "contactName", "externalId"]))
    .max(3)
    .optional(),
  /** Where stages are looked for; made with these stages where there is none of that name. */
  pipeline: z
    .strictObject({ name: z.string().trim().min(1).max(80), stages: z.array(stageRule).max(30) })
    .optional(),
  /** What is made where no such one is known; of everything else an unknown name fails its row. */
  make: z
    .array(z.enum(["companies", "contacts", "sources", "products", "teams", "lostReasons"]))
    .max(6),
  /** Country and industry of a deal that says none are its company's. */
  inherit: z.boolean().optional(),
  /** The main file, where a folder is imported. */
  file: z
    .string()
    .regex(/^[\w-]+\.(?:csv|xlsx)$/)
    .optional(),
  companions: z.array(companion).max(6).optional(),
});

/** A mapping that is being made: of the right shape, and not yet good for an import. */
export const draftMapping = shape;

const isOnce = (fields: readonly string[]): boolean => new Set(fields).size === fields.length;

/** A mapping as it is kept and sent: which column becomes which field, and how its texts are read. */
export const importMapping = shape
  .refine(({ columns }) => isOnce(columns.map(({ field }) => field)), {
    path: ["columns"],
    message: "Two columns become the same field.",
  })
  .refine(({ columns }) => columns.some(({ field }) => field === "externalId"), {
    path: ["columns"],
    message: "One column has to be the id, by which a second run knows what it has seen.",
  })
  .refine(
    ({ columns, nameFrom }) =>
      (nameFrom ?? []).length > 0 ||
      columns.some(({ field }) => ["name", "contactName", "companyName"].includes(field)),
    { path: ["columns"], message: "A lead needs a name, a contact's name or a company." },
  );

export type ImportMapping = z.output<typeof importMapping>;
export type ColumnRule = ImportMapping["columns"][number];
export type Companion = NonNullable<ImportMapping["companions"]>[number];
