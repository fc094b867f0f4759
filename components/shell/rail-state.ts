/** Cookie that remembers a collapsed rail: `collapsed` or `open`. Read by the server, written by the browser. */
export const RAIL_COOKIE = "meridian-rail";
