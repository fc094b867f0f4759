import type { Sharp } from "sharp";
import sharp from "sharp";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";

/** A picture as it is kept and served: decoded, made small and encoded again by us. */
export type StoredImage = {
  readonly mediaType: "image/webp" | "image/png";
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
};

export type ImageRefusal =
  /** More bytes than a picture may have. */
  | "image-too-large"
  /** Not a JPEG, PNG, WebP or GIF, whatever its name says. */
  | "not-an-image"
  /** Its header announces more pixels than are ever decoded. */
  | "image-too-many-pixels"
  /** It begins like a picture and cannot be decoded to its end, or takes too long. */
  | "image-unreadable";

export type ReencodeOptions = {
  /** The box of the result, pixels. */
  readonly width: number;
  readonly height: number;
  /** `cover` fills the box and cuts off what is over; `inside` keeps the proportions and is never larger than it was. */
  readonly fit?: "cover" | "inside";
  /** WebP is the smaller; mail programs draw only PNG. */
  readonly format?: "webp" | "png";
};

/** Bytes of a picture somebody may send, 5 MB. */
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;
/** What the column of a stored picture holds. */
const MAX_STORED_BYTES = 262_144;
/** A camera's 48 megapixels; as pixels in memory 200 MB, one picture at a time. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;

/** What a picture's first bytes are, as Latin-1 text. Names and declared types are a sender's claim. */
const isPicture = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return (
    head.startsWith("\xff\xd8\xff") ||
    head.startsWith("\x89PNG\r\n\x1a\n") ||
    head.startsWith("GIF87a") ||
    head.startsWith("GIF89a") ||
    (head.startsWith("RIFF") && head.endsWith("WEBP"))
  );
};

// The library can also draw SVG, PDF and TIFF, and reach for files and other decoders while doing so. In this process
// it knows four formats and nothing else, whoever calls it.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadWebp",
    "VipsForeignLoadNsgif",
  ],
});
// Guests who are booking come first: one core per picture, and one picture at a time (below).
sharp.concurrency(1);

let turn: Promise<unknown> = Promise.resolve();

/** One decoded picture in memory at a time, whoever sends how many. */
function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Encodes ever more coarsely until it fits the column. Undefined when it never does. */
async function encode(picture: Sharp, format: "webp" | "png"): Promise<StoredImage | undefined> {
  for (const quality of [86, 70, 50, 30]) {
    const encoded =
      format === "webp"
        ? picture.clone().webp({ quality, alphaQuality: quality })
        : picture.clone().png({ compressionLevel: 9, palette: quality < 86, quality });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    if (data.length <= MAX_STORED_BYTES) {
      const { width, height } = info;
      return { mediaType: `image/${format}`, bytes: data, width, height };
    }
  }
  return undefined;
}

async function decoded(
  bytes: Uint8Array,
  options: ReencodeOptions,
): Promise<Result<StoredImage, ImageRefusal>> {
  const { width, height, fit = "cover", format = "webp" } = options;
  // Only the header is read here, so a picture of 50,000 by 50,000 is refused before a pixel has a place in memory.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (header.width * header.height > MAX_PIXELS) return refuse("image-too-many-pixels");
  const picture = sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    failOn: "error",
    // The first frame of a moving picture.
    pages: 1,
  })
    .timeout({ seconds: MAX_SECONDS })
    // Turned as the camera was held; what the camera wrote besides stays behind.
    .autoOrient()
    .resize({ width, height, fit, withoutEnlargement: fit === "inside" })
    .toColourspace("srgb");
  const stored = await encode(picture, format);
  return stored ? ok(stored) : refuse("image-too-large");
}

/**
 * Turns bytes from outside into a picture of ours: JPEG, PNG, WebP or GIF in (by content, first frame, at most 5 MB
 * and 50 megapixels), WebP or PNG out, at most 256 KiB, without EXIF, profiles, comments or whatever stood behind the
 * picture's end. Takes up to 10 s; calls wait for each other. Never throws for what the bytes hold.
 */
export async function reencodeImage(
  bytes: Uint8Array,
  options: ReencodeOptions,
): Promise<Result<StoredImage, ImageRefusal>> {
  if (bytes.byteLength > MAX_IMAGE_BYTES) return refuse("image-too-large");
  if (!isPicture(bytes)) return refuse("not-an-image");
  return inTurn(() => decoded(bytes, options).catch(() => refuse("image-unreadable")));
}
