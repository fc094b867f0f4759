/** Cookie that remembers folded columns, their keys joined by dots. Read by the server, written by the browser. */
export const FOLDED_COOKIE = "meridian-board-folded";
