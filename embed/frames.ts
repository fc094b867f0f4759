import type { Options } from "./options";
import { frameAddress, WORDS } from "./options";

/** Before the frame has said how high it is, pixels. */
const FIRST_HEIGHT = 640;
const MOST_HEIGHT = 8_000;

/** One calendar on the page. */
export type Framed = {
  readonly frame: HTMLIFrameElement;
  readonly token: string;
  /** The element the host put on its page: events are its. */
  readonly element: Element;
  /** Puts the calendar away, where it can be. */
  readonly leave?: () => void;
};

/** What a frame is called and how its dialog is left, in the link's language or else the page's. */
export function wordsFor(options: Options): readonly [frame: string, close: string] {
  const wanted = [options.language, document.documentElement.lang, navigator.language, "en"];
  for (const language of wanted) {
    const words = WORDS[(language ?? "").slice(0, 2).toLowerCase()];
    if (words) return words;
  }
  return ["", ""];
}

export function makeFrame(origin: string, token: string, options: Options): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = frameAddress(origin, token, options);
  [frame.title] = wordsFor(options);
  frame.style.height = `${FIRST_HEIGHT}px`;
  return frame;
}

function tell({ element, token }: Framed, name: string, detail: object): void {
  element.dispatchEvent(
    new CustomEvent(`meridian:${name}`, { bubbles: true, detail: { link: token, ...detail } }),
  );
}

/** The calendar, or its next page: a reader who had scrolled down the last one sees where this one begins. */
function arrived(framed: Framed): void {
  tell(framed, "ready", {});
  if (framed.frame.getBoundingClientRect().top < 0) framed.frame.scrollIntoView();
}

type Said = {
  readonly meridian?: unknown;
  readonly height?: unknown;
  readonly confirmed?: unknown;
};

function act(framed: Framed, said: Said): void {
  const { meridian, height } = said;
  if (meridian === "height" && typeof height === "number" && height > 0)
    framed.frame.style.height = `${Math.min(Math.ceil(height), MOST_HEIGHT)}px`;
  if (meridian === "ready") arrived(framed);
  if (meridian === "booked") tell(framed, "booked", { confirmed: said.confirmed === true });
  if (meridian === "leave") framed.leave?.();
}

/** Hears the frames of our address, each for itself: not whatever else that address shows on the page. */
export function hear(origin: string, all: ReadonlySet<Framed>): void {
  window.addEventListener("message", ({ data, origin: from, source }: MessageEvent<unknown>) => {
    if (from !== origin || typeof data !== "object" || data === null) return;
    for (const framed of all) {
      if (framed.frame.contentWindow === source) act(framed, data);
    }
  });
}
