/**
 * The one script of a website that offers a link's times: `<script async src="…/embed.js"></script>`. It needs
 * nothing, leaves nothing behind but `window.Meridian`, and runs under the strictest policy that lets it load at all
 * (`script-src` and `frame-src` of our address): no inline style, no markup from text, no cookie, nothing stored.
 *
 *   <div data-meridian-link="TOKEN"></div>                              the calendar, as high as it is
 *   <a href="…" data-meridian-popup="TOKEN">Book</a>                    a dialog when it is clicked
 *   <div data-meridian-link="TOKEN" data-meridian-button="Book a call"> a button that floats in the corner
 *
 * Events on that element, which bubble: `meridian:ready`, and `meridian:booked` with the link and whether it is
 * confirmed; never who booked, or when.
 */
import { floatButton, openDialog } from "./dialog";
import type { Framed } from "./frames";
import { hear, makeFrame } from "./frames";
import { optionsOf, tokenOf } from "./options";

type Api = {
  /** Opens a link's calendar in a dialog; `from` is the element whose attributes say how. */
  readonly open: (token: string, from?: Element) => void;
  /** Looks for elements that were added since. */
  readonly refresh: () => void;
};

declare global {
  interface Window {
    Meridian?: Api;
  }
}

/** What is no button or link by itself is made one for the keyboard. */
function makeOpener(element: HTMLElement): void {
  element.setAttribute("aria-haspopup", "dialog");
  if (element.matches("a[href],button")) return;
  element.setAttribute("role", "button");
  element.tabIndex = 0;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    element.click();
  });
}

function start(origin: string): Api {
  const all = new Set<Framed>();
  const seen = new WeakSet<Element>();

  const open = (token: string, from?: Element): void => {
    if (tokenOf(token) !== undefined) openDialog(origin, token, all, from);
  };

  const place = (element: HTMLElement): void => {
    if (element.hasAttribute("data-meridian-popup")) {
      makeOpener(element);
      return;
    }
    const token = tokenOf(element.getAttribute("data-meridian-link"));
    if (token === undefined) return;
    const label = element.getAttribute("data-meridian-button");
    if (label !== null) {
      floatButton(element, label.slice(0, 60), () => open(token, element));
      return;
    }
    const frame = makeFrame(origin, token, optionsOf(element.attributes, location.search));
    frame.style.width = "100%";
    frame.style.border = "0";
    frame.style.display = "block";
    element.append(frame);
    all.add({ frame, token, element });
  };

  const refresh = (): void => {
    for (const element of document.querySelectorAll<HTMLElement>(
      "[data-meridian-link],[data-meridian-popup]",
    )) {
      if (seen.has(element)) continue;
      seen.add(element);
      place(element);
    }
  };

  hear(origin, all);
  document.addEventListener("click", (event) => {
    const clicked = event.target instanceof Element ? event.target : null;
    const element = clicked?.closest("[data-meridian-popup]");
    const token = tokenOf(element?.getAttribute("data-meridian-popup") ?? null);
    if (!element || token === undefined) return;
    event.preventDefault();
    open(token, element);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", refresh);
  else refresh();
  return { open, refresh };
}

const script =
  document.currentScript ?? document.querySelector<HTMLScriptElement>('script[src$="/embed.js"]');
if (window.Meridian) window.Meridian.refresh();
else if (script instanceof HTMLScriptElement) window.Meridian = start(new URL(script.src).origin);
