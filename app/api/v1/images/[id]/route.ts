import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { countedReads, publicRoute } from "@/lib/http/route";
import { findImage } from "@/lib/images/image-rows";
import { runtime } from "@/lib/runtime";

/** A photo or a logo. Its id is random and never given to another picture, so whoever knows it may keep it for ever. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/images/{id}",
    params: z.object({ id: z.uuid() }),
    limits: countedReads,
  },
  async ({ params }) => {
    const image = await findImage(runtime().db, params.id);
    if (image === undefined) throw new NotHere();
    return new Response(new Uint8Array(image.bytes), {
      headers: {
        "content-type": image.mediaType,
        "content-length": String(image.bytes.byteLength),
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline",
        "cross-origin-resource-policy": "cross-origin",
      },
    });
  },
);
