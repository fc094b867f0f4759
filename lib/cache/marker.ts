/** What a rendered page tells the cache about itself. */
export type PageMarker = {
  /** The rendering it came from, as `PageCache.begin` numbered it. */
  readonly render: number;
  /** HTTP status of every answer from this version. */
  readonly status: 200 | 404 | 410;
  /** Epoch ms from which this version says something untrue, such as a start that has become too soon. */
  readonly validUntil: number;
};

export const MARKER_NAME = "meridian-page";

/** The content of the page's `<meta name="meridian-page">`. */
export const markerContent = (marker: PageMarker): string =>
  `${marker.render}.${marker.status}.${marker.validUntil}`;

const STATUSES = [200, 404, 410] as const;

// A person's text cannot forge it: React writes `<` as an entity in markup and as an escape in scripts.
const MARKER = /<meta name="meridian-page" content="(\d{1,15})\.(\d{3})\.(\d{1,15})"\/?>/;

/** The marker of a whole HTML document, or undefined when it carries none. */
export function readMarker(html: string): PageMarker | undefined {
  const found = MARKER.exec(html);
  if (!found) return undefined;
  const status = STATUSES.find((known) => known === Number(found[2]));
  if (status === undefined) return undefined;
  return { render: Number(found[1]), status, validUntil: Number(found[3]) };
}
