import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { publicRoute } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** Kept by browsers this long, then asked for anew with its tag: a site has a mended script within the hour. */
const KEPT_SECONDS = 3_600;

type Script = { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string };
let script: Promise<Script> | undefined;

/** Written at every start, before anything is served. */
async function readScript(): Promise<Script> {
  const bytes = new Uint8Array(
    await readFile(join(/* turbopackIgnore: true */ process.cwd(), env.MERIDIAN_DIST, "embed.js")),
  );
  const digest = createHash("sha256").update(bytes).digest("base64url").slice(0, 24);
  return { bytes, tag: `"${digest}"` };
}

/** The script other websites load to offer a link's times; public, the same for everybody. */
export const GET = publicRoute({ route: "GET /embed.js" }, async ({ request }) => {
  script ??= readScript().catch((cause: unknown) => {
    script = undefined;
    throw cause;
  });
  const { bytes, tag } = await script;
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": `public, max-age=${KEPT_SECONDS}, stale-while-revalidate=86400`,
    "cross-origin-resource-policy": "cross-origin",
    etag: tag,
  };
  const known = request.headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
  const isKnown = known.some((each) => each.replace(/^W\//, "") === tag);
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(bytes, { headers });
});
