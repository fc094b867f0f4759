/** A column as the database client believes it to be. */
export interface BelievedColumn {
  readonly table: string;
  readonly column: string;
  /** Type as Postgres names it internally, with a precision where the schema states one: `timestamptz(3)`, `_text`. */
  readonly type: string;
  readonly nullable: boolean;
}

/** What a Prisma schema says the database holds. */
export interface BelievedSchema {
  readonly columns: readonly BelievedColumn[];
  /** Values of each enum, in order, by its name in the database. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

const SCALARS: Readonly<Record<string, string>> = {
  String: "text",
  Int: "int4",
  BigInt: "int8",
  Boolean: "bool",
  Float: "float8",
  Decimal: "numeric",
  DateTime: "timestamp(3)",
  Json: "jsonb",
  Bytes: "bytea",
};

const NATIVE: Readonly<Record<string, string>> = {
  Uuid: "uuid",
  SmallInt: "int2",
  VarChar: "varchar",
  Char: "bpchar",
  Text: "text",
  Citext: "citext",
  Inet: "inet",
  Real: "float4",
  Decimal: "numeric",
  Date: "date",
  Timestamptz: "timestamptz",
  Timestamp: "timestamp",
  Json: "json",
  JsonB: "jsonb",
};

const BLOCK = /^(?<kind>model|enum)\s+(?<name>\w+)\s*\{\n(?<body>[\s\S]*?)^\}/gm;
const FIELD =
  /^\s+(?<name>\w+)\s+(?<type>Unsupported\("(?<raw>[^"]+)"\)|\w+)(?<list>\[\])?(?<optional>\?)?(?<rest>.*)$/;

const linesOf = (body: string): readonly string[] =>
  body.split("\n").filter((line) => line.trim() !== "" && !/^\s*(\/\/|@@)/.test(line));

const mappedName = (body: string, fallback: string): string =>
  /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? fallback;

function nativeType(rest: string): string | undefined {
  const found = /@db\.(?<name>\w+)(?:\((?<size>[\d, ]+)\))?/.exec(rest)?.groups;
  if (!found?.name) return undefined;
  const type = NATIVE[found.name];
  if (type === undefined) throw new Error(`no Postgres name is known for @db.${found.name}`);
  return found.size && type.startsWith("timestamp") ? `${type}(${found.size})` : type;
}

/** Reads the text of a Prisma schema. Throws on a type it does not know, rather than passing over it. */
export function readPrismaSchema(text: string): BelievedSchema {
  const blocks = [...text.matchAll(BLOCK)].map(({ groups = {} }) => ({
    kind: groups.kind ?? "",
    name: groups.name ?? "",
    body: groups.body ?? "",
  }));
  const models = new Set(blocks.filter(({ kind }) => kind === "model").map(({ name }) => name));
  const enumNames = new Map(
    blocks
      .filter(({ kind }) => kind === "enum")
      .map(({ name, body }) => [name, mappedName(body, name)]),
  );
  const enums = Object.fromEntries(
    blocks
      .filter(({ kind }) => kind === "enum")
      .map(({ name, body }) => [
        mappedName(body, name),
        linesOf(body).map((line) => /@map\("([^"]+)"\)/.exec(line)?.[1] ?? line.trim()),
      ]),
  );

  const columnOf = (table: string, line: string): BelievedColumn | undefined => {
    const field = FIELD.exec(line)?.groups;
    if (!field?.name || !field.type) throw new Error(`cannot read the field: ${line.trim()}`);
    const rest = field.rest ?? "";
    // A relation is not a column.
    if (models.has(field.type)) return undefined;
    const scalar =
      nativeType(rest) ?? field.raw ?? enumNames.get(field.type) ?? SCALARS[field.type];
    if (scalar === undefined) throw new Error(`no Postgres type is known for ${field.type}`);
    return {
      table,
      column: /@map\("([^"]+)"\)/.exec(rest)?.[1] ?? field.name,
      type: field.list ? `_${scalar}` : scalar,
      nullable: field.optional !== undefined,
    };
  };
  const columns = blocks
    .filter(({ kind }) => kind === "model")
    .flatMap(({ name, body }) =>
      linesOf(body).map((line) => columnOf(mappedName(body, name), line)),
    );
  return { columns: columns.filter((column) => column !== undefined), enums };
}
