/** How a link is put on somebody's own pages. */
export const EMBED_MODES = ["inline", "popup", "button"] as const;
export type EmbedMode = (typeof EMBED_MODES)[number];

const attribute = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** The lines to paste into a page. `appUrl` has no trailing slash; `words` stand on the button. */
export function embedSnippet(
  mode: EmbedMode,
  {
    appUrl,
    token,
    words,
  }: { readonly appUrl: string; readonly token: string; readonly words: string },
): string {
  const script = `<script src="${attribute(appUrl)}/embed.js" async></script>`;
  const name = attribute(token);
  const label = attribute(words);
  switch (mode) {
    case "inline":
      return `<div data-meridian-link="${name}"></div>\n${script}`;
    case "popup":
      // A plain link until the script has come.
      return `<a href="${attribute(appUrl)}/book/${name}" data-meridian-popup="${name}">${label}</a>\n${script}`;
    case "button":
      return `<div data-meridian-link="${name}" data-meridian-button="${label}"></div>\n${script}`;
  }
}

/** The link's address with what is known of a guest already filled in. Empty values are left out. */
export function prefilledAddress(address: string, known: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(
    Object.entries(known)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => [name, value]),
  ).toString();
  return query === "" ? address : `${address}?${query}`;
}
