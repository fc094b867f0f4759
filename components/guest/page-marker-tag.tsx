import type { PageMarker } from "@/lib/cache/marker";
import { MARKER_NAME, markerContent } from "@/lib/cache/marker";

/** Tells the page cache which rendering this is, and how it may be kept. */
export function PageMarkerTag(marker: PageMarker) {
  return <meta name={MARKER_NAME} content={markerContent(marker)} />;
}
