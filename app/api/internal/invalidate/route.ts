import { pageNode, SIGNATURE_HEADER } from "@/lib/cache/invalidate";

const MAX_BYTES = 256 * 1024;

/** Takes a signed "these links have changed" from another node of the installation. */
export async function POST(request: Request): Promise<Response> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(length <= MAX_BYTES)) return new Response(null, { status: 413 });
  const body = await request.text();
  const status = await pageNode().receive(body, request.headers.get(SIGNATURE_HEADER) ?? "");
  return new Response(null, { status });
}
