/** What a rendered page tells the cache about itself. */
export type PageMarker = {
  /** The rendering it came from, as `PageCache.begin` numbered it. */
  readonly render: number;
  /** HTTP status of every answer from this version. */
  readonly status: 200 | 404 | 410;
  /** Epoch ms from which this version says something untrue, such as a start that has become too soon. */
  readonly validUntil: number;
  /** True of a page made to be shown within pages of other sites. */
  readonly framed?: boolean;
};

export const MARKER_NAME = "meridian-page";

/** The content of the page's `<meta name="meridian-page">`. */
export const markerContent = (marker: PageMarker): string =>
  `${marker.render}.${marker.status}.${marker.validUntil}${marker.framed ? ".framed" : ""}`;

const STATUSES = [200, 404, 410] as const;

// A person's text cannot forge it: React writes `<` as an entity in markup and as an escape in scripts.
const MARKER =
  /<meta name="meridian-page" content="(\d{1,16})\.(\d{3})\.(\d{1,16})(\.framed)?"\/?>/;

/**
 * The marker of a whole HTML document, or undefined when it carries none. Throws on one that cannot be read: a page
 * of a link must never be taken for one without data.
 */
export function readMarker(html: string): PageMarker | undefined {
  if (!html.includes(`<meta name="${MARKER_NAME}"`)) return undefined;
  const found = MARKER.exec(html);
  const status = STATUSES.find((known) => known === Number(found?.[2]));
  if (!found || status === undefined) throw new Error("a page's marker cannot be read");
  return {
    render: Number(found[1]),
    status,
    validUntil: Number(found[3]),
    ...(found[4] === undefined ? {} : { framed: true }),
  };
}
