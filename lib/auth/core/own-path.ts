const MAX_PATH_CHARACTERS = 512;
const PATH = /^\/[\w\-./~!$&'()*+,;=:@%?#[\]]*$/;

/**
 * Where to go after signing in: a path of ours, or `/`. An address of another host can be spelled as a path in
 * many ways (`//host`, `/\host`, tabs and line ends that browsers drop), so only plain characters pass, and what a
 * browser would make of it is looked at too.
 */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > MAX_PATH_CHARACTERS) return "/";
  if (!PATH.test(wanted) || wanted.startsWith("//")) return "/";
  const base = "http://meridian.invalid";
  if (!URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  if (origin !== base || pathname.startsWith("//")) return "/";
  // Leading back into the sign-in page, or to something that is not a page, would strand the person.
  if (/^\/(?:sign-in|api|_next)(?:\/|$)/.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
