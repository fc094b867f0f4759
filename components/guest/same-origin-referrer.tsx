/**
 * For pages with forms that are sent as `no-referrer`: under that policy a browser posts a form with `Origin: null`,
 * which the framework rightly refuses, so without scripts nothing could be sent. Under this one the address still
 * never leaves the site.
 */
export function SameOriginReferrer() {
  return <meta name="referrer" content="same-origin" />;
}
