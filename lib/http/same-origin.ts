import { env } from "@/lib/env";
import { RequestRefused } from "./answer";

type HeaderReader = { readonly get: (name: string) => string | null };

/** Methods that may change something. */
export const changesState = (method: string): boolean =>
  !["GET", "HEAD", "OPTIONS"].includes(method);

/** Is this origin ours: APP_URL's, or the very host the browser sent the request to? A page cannot choose either. */
function isOwnOrigin(origin: string, headers: HeaderReader, appUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, origin: given } = new URL(origin);
  return given === new URL(appUrl).origin || host === headers.get("host");
}

/**
 * Why a state-changing request may be a forgery, or undefined. With the browser's cookie (`ambient`) somebody else's
 * page could be the sender, so the browser must say it is ours; without, only a browser that says it is not ours is
 * refused, and programs send nothing.
 */
export function forgeryOf(
  headers: HeaderReader,
  options: { readonly ambient: boolean; readonly appUrl: string },
): string | undefined {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && !isOwnOrigin(origin, headers, options.appUrl)) return "origin";
  if (site !== null && site !== "same-origin" && site !== "none") return "sec-fetch-site";
  if (options.ambient && origin === null && site !== "same-origin") return "no-origin";
  return undefined;
}

/** Throws RequestRefused (403) when a state-changing request may come from somebody else's page. */
export function requireOwnOrigin(request: Request, ambient: boolean): void {
  if (!changesState(request.method)) return;
  const why = forgeryOf(request.headers, { ambient, appUrl: env.APP_URL });
  if (why === undefined) return;
  throw new RequestRefused(403, "foreign-origin", "This request did not come from our own pages.");
}
