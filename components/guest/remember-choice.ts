const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a guest can choose for the next visit: `zone` as a path segment (Asia~Tokyo), `locale`, `clock` 12 or 24. */
export type Choice = "zone" | "locale" | "clock";

/** Keeps a choice in a cookie, so that the server can answer the next visit in it before any script runs. */
export function rememberChoice(choice: Choice, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support.
  document.cookie = `${choice}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** The remembered choice, or undefined. */
export function rememberedChoice(choice: Choice): string | undefined {
  return document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${choice}=`))
    ?.slice(choice.length + 1);
}
