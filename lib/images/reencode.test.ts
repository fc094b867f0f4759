import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { MAX_IMAGE_BYTES, reencodeImage } from "./reencode";

const PHOTO = { width: 256, height: 256 } as const;

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });

/** A PNG chunk: length, name, data, checksum. */
function chunk(name: string, data: Buffer): Buffer {
  const table = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  let sum = 0xffffffff;
  for (const byte of body) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((sum ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A genuine PNG of that many pixels, all of one colour: a few kilobytes that would become gigabytes. */
function bomb(width: number, height: number, interlaced: 0 | 1): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, interlaced], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("a picture becomes ours", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)("%s is read", async (format) => {
    const bytes = await plain(900, 600).toFormat(format).toBuffer();
    const result = await reencodeImage(bytes, PHOTO);
    expect(result).toMatchObject({
      ok: true,
      value: { mediaType: "image/webp", width: 256, height: 256 },
    });
  });

  test("a photo is turned as the camera was held, and tells no place and no camera", async () => {
    const bytes = await plain(400, 200)
      .jpeg()
      .withExif({
        IFD0: { Make: "Leica", Orientation: "6" },
        IFD3: { GPSLatitude: "52/1 30/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(bytes.includes("Exif")).toBe(true);
    const result = await reencodeImage(bytes, { width: 100, height: 100, fit: "inside" });
    if (!result.ok) throw new Error(result.refusal);
    expect(result.value).toMatchObject({ width: 50, height: 100 });
    const meta = await sharp(result.value.bytes).metadata();
    expect(meta.exif).toBeUndefined();
    expect(meta.icc).toBeUndefined();
    expect(meta.xmp).toBeUndefined();
  });

  test("of a moving picture the first frame is kept", async () => {
    const frame = (colour: string) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background: colour } })
        .png()
        .toBuffer();
    const frames = await Promise.all([frame("red"), frame("blue")]);
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const result = await reencodeImage(bytes, { ...PHOTO, format: "png" });
    if (!result.ok) throw new Error(result.refusal);
    expect((await sharp(result.value.bytes).metadata()).pages).toBeUndefined();
    const { dominant } = await sharp(result.value.bytes).stats();
    expect(dominant.r).toBeGreaterThan(200);
    expect(dominant.b).toBeLessThan(50);
  });

  test("a logo keeps its proportions and its transparency, and is not blown up", async () => {
    const bytes = await sharp({
      create: { width: 300, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const result = await reencodeImage(bytes, {
      width: 480,
      height: 160,
      fit: "inside",
      format: "png",
    });
    if (!result.ok) throw new Error(result.refusal);
    expect(result.value).toMatchObject({ mediaType: "image/png", width: 300, height: 60 });
    expect((await sharp(result.value.bytes).metadata()).hasAlpha).toBe(true);
  });

  test("what nothing compresses is made coarser until it fits", async () => {
    const noise = await sharp(randomBytes(384 * 384 * 3), {
      raw: { width: 384, height: 384, channels: 3 },
    })
      .png()
      .toBuffer();
    for (const format of ["webp", "png"] as const) {
      const result = await reencodeImage(noise, { width: 384, height: 384, format });
      if (result.ok) expect(result.value.bytes.length).toBeLessThanOrEqual(262_144);
      else expect(result.refusal).toBe("image-too-large");
    }
  });
});

describe("what is no picture is refused", () => {
  const SVG =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  test.each([
    ["nothing", ""],
    ["an SVG with a script", SVG],
    ["an SVG after its declaration", `<?xml version="1.0"?>${SVG}`],
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["a script", "alert(document.cookie)"],
    ["a PDF", "%PDF-1.7\n"],
    ["a TIFF", "II*\0\x08\0\0\0"],
    ["a BMP", "BM6\0\0\0"],
    ["an archive", "PK\x03\x04"],
    ["a program", "\x7fELF"],
  ])("%s", async (_what, text) => {
    const result = await reencodeImage(Buffer.from(text, "latin1"), PHOTO);
    expect(result).toEqual({ ok: false, refusal: "not-an-image" });
  });

  test.each([
    ["a GIF that is a script", "GIF89a/*\x00*/=1;alert(1)//"],
    ["a JPEG that is a page", "\xff\xd8\xff\xe0<html><script>alert(1)</script></html>"],
    ["a PNG that is a script", "\x89PNG\r\n\x1a\nalert(1)"],
    ["a WebP that is nothing", "RIFF\x10\0\0\0WEBPVP8 "],
  ])("%s", async (_what, text) => {
    const result = await reencodeImage(Buffer.from(text, "latin1"), PHOTO);
    expect(result).toEqual({ ok: false, refusal: "image-unreadable" });
  });

  test("a picture that ends too early", async () => {
    const noise = sharp(randomBytes(300 * 300 * 3), {
      raw: { width: 300, height: 300, channels: 3 },
    });
    const bytes = await noise.png().toBuffer();
    const result = await reencodeImage(bytes.subarray(0, bytes.length / 3), PHOTO);
    expect(result).toEqual({ ok: false, refusal: "image-unreadable" });
  });

  test("more than 5 MB, whatever it is", async () => {
    const result = await reencodeImage(Buffer.alloc(MAX_IMAGE_BYTES + 1), PHOTO);
    expect(result).toEqual({ ok: false, refusal: "image-too-large" });
  });
});

test.each([0, 1] as const)(
  "50,000 by 50,000 pixels are refused before any has a place in memory (interlaced: %s)",
  async (interlaced) => {
    const bytes = bomb(50_000, 50_000, interlaced);
    expect(bytes.length).toBeLessThan(10_000);
    const before = process.memoryUsage().rss;
    const began = performance.now();
    expect(await reencodeImage(bytes, PHOTO)).toEqual({
      ok: false,
      refusal: "image-too-many-pixels",
    });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  },
);

test("what stands behind or inside a genuine picture does not come out again", async () => {
  const payload = "<script>alert('polyglot')</script>";
  const jpeg = await plain(64, 64).jpeg().toBuffer();
  const comment = Buffer.concat([
    Buffer.from([0xff, 0xfe, 0, payload.length + 2]),
    Buffer.from(payload),
  ]);
  const bytes = Buffer.concat([
    jpeg.subarray(0, 2),
    comment,
    jpeg.subarray(2),
    Buffer.from(payload),
  ]);
  const result = await reencodeImage(bytes, PHOTO);
  if (!result.ok) throw new Error(result.refusal);
  expect(result.value.bytes.includes("script")).toBe(false);
  expect(result.value.bytes.includes("polyglot")).toBe(false);
});

test("the library can decode nothing else in this process, whoever calls it", async () => {
  await expect(
    sharp(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")).metadata(),
  ).rejects.toThrow(/unsupported/);
});
