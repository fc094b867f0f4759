const TOKEN = /^[\w-]{43}$/;

const isSecure = (appUrl: string): boolean => appUrl.startsWith("https:");

const nameOf = (appUrl: string): string =>
  isSecure(appUrl) ? "__Host-meridian-display" : "meridian-display";

/** The token a tablet holds, out of a request's cookies; undefined for none that could be ours. */
export function displayTokenOf(cookies: string | null, appUrl: string): string | undefined {
  const name = nameOf(appUrl);
  for (const part of (cookies ?? "").split(";")) {
    const [key = "", ...value] = part.split("=");
    if (key.trim() !== name) continue;
    const token = value.join("=").trim();
    return TOKEN.test(token) ? token : undefined;
  }
  return undefined;
}

/** As long as browsers keep one at most; each day the tablet is there it is kept anew. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

/** How a tablet keeps its token: out of reach of scripts, and never sent along from other sites. */
export const displayCookie = (token: string, appUrl: string): string =>
  [
    `${nameOf(appUrl)}=${token}`,
    "Path=/",
    `Max-Age=${KEPT_SECONDS}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(isSecure(appUrl) ? ["Secure"] : []),
  ].join("; ");
