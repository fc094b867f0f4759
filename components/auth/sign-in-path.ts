/** The sign-in page, which leads on to `path` afterwards. */
export const signInPath = (path: string): string =>
  path === "/" ? "/" : `/?next=${encodeURIComponent(path)}`;
