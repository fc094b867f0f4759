import { open } from "node:fs/promises";
import type { CsvReading } from "./read-csv";
import { readCsv } from "./read-csv";
import type { XlsxReading } from "./read-xlsx";
import { readXlsx } from "./read-xlsx";
import type { SourceTable } from "./source-row";
import { UnreadableFile } from "./source-row";

export type TableReading = CsvReading & XlsxReading;

const notThere = (cause: unknown): UnreadableFile => {
  const isFolder = cause instanceof Error && "code" in cause && cause.code === "EISDIR";
  return new UnreadableFile(
    "absent",
    `The file ${isFolder ? "is a folder" : "cannot be opened"}.`,
    {
      cause,
    },
  );
};

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(4);
    await file.read(start, 0, 4, 0);
    return start.toString("latin1");
  } finally {
    await file.close();
  }
}

/** Opens a file of rows, CSV or XLSX by what it begins with, whatever it is called. Throws UnreadableFile. */
export async function readTable(path: string, reading: TableReading = {}): Promise<SourceTable> {
  const start = await firstBytes(path).catch((error: unknown) => {
    throw notThere(error);
  });
  return start === "PK\u0003\u0004" ? readXlsx(path, reading) : readCsv(path, reading);
}
