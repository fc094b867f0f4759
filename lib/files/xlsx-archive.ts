import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import type { Entry, ZipFile } from "yauzl";
import { openPromise } from "yauzl";
import { UnreadableFile } from "./source-row";

/** Parts of a workbook; those of real ones have some hundreds. */
const MAX_PARTS = 5_000;
/** What all parts may unpack to: a sheet of a million full rows is about 1 GB of XML. */
const MAX_UNPACKED = 4 * 2 ** 30;
/** Sheets pack 10 to 40 times smaller; a bomb a thousand times. */
const MAX_RATIO = 300;
const SMALL_PART = 8 * 2 ** 20;

export type Archive = {
  readonly has: (part: string) => boolean;
  /** Bytes the part unpacks to, as the archive says; reading more than that is an error of its own. */
  readonly sizeOf: (part: string) => number;
  readonly open: (part: string) => Promise<Readable>;
  readonly close: () => void;
};

const damaged = (cause: unknown): UnreadableFile =>
  new UnreadableFile("damaged", "The workbook is damaged and cannot be unpacked.", { cause });

function refuseBomb(entries: ReadonlyMap<string, Entry>): void {
  let unpacked = 0;
  for (const { uncompressedSize, compressedSize } of entries.values()) {
    unpacked += uncompressedSize;
    const isDense = uncompressedSize > SMALL_PART && uncompressedSize > compressedSize * MAX_RATIO;
    if (isDense || unpacked > MAX_UNPACKED) {
      throw new UnreadableFile(
        "too-large",
        "The workbook unpacks to more than can be read. Save the sheet as CSV.",
      );
    }
  }
}

async function listParts(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    entries.set(entry.fileName.replace(/^\//, ""), entry);
    if (entries.size > MAX_PARTS) throw damaged("too many parts");
    if (entry.isEncrypted()) {
      throw new UnreadableFile("encrypted", "The workbook has a password. Save it without one.");
    }
  }
  return entries;
}

/** Opens a zipped workbook by its directory. Sizes are checked before anything is unpacked, and while it is. */
export async function openArchive(path: string): Promise<Archive> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw damaged(error);
  }
  try {
    const entries = await listParts(zip);
    refuseBomb(entries);
    return {
      has: (part) => entries.has(part),
      sizeOf: (part) => entries.get(part)?.uncompressedSize ?? 0,
      open: async (part) => {
        const entry = entries.get(part);
        if (entry === undefined) throw damaged(`no part ${part}`);
        return zip.openReadStreamPromise(entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
}

export type XmlHandlers = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** Names of elements without their prefix: some programs write `x:row`. */
const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/**
 * Reads one part as XML; yields after each piece, so that what the handlers collected can be handed on. A document
 * type is refused: workbooks have none, and only attacks do.
 */
export async function* readXml(
  archive: Archive,
  part: string,
  handlers: XmlHandlers,
): AsyncGenerator<{ readonly bytes: number }> {
  const parser = new SaxesParser<{ position: false }>({ position: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("a workbook has no document type");
  });
  const { open, text, close } = handlers;
  if (open)
    parser.on("opentag", (tag) =>
      open(localName(tag.name), tag.attributes as Record<string, string>),
    );
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  if (close) parser.on("closetag", (tag) => close(localName(tag.name)));
  const stream = await archive.open(part);
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(piece, { stream: true }));
      yield { bytes: piece.length };
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged(error);
  } finally {
    stream.destroy();
  }
}

/** Reads a small part whole. */
export async function readPart(
  archive: Archive,
  part: string,
  handlers: XmlHandlers,
): Promise<void> {
  for await (const _ of readXml(archive, part, handlers));
}
