import type { Framed } from "./frames";
import { makeFrame, wordsFor } from "./frames";
import type { Options } from "./options";
import { inkOn, optionsOf } from "./options";

/** The house's accent, put in when the script is built: colours stand in one file. */
declare const HOUSE_ACCENT: string;

const SHEET = `
:host{all:initial;--c:${HOUSE_ACCENT};--on:white}
button{font:600 16px/1.2 system-ui,sans-serif;color:var(--on);background:var(--c);border:0;cursor:pointer}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
.float{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;min-height:48px;padding:12px 22px;border-radius:24px;box-shadow:0 2px 12px rgb(0 0 0/.3)}
dialog{box-sizing:border-box;width:min(1100px,100vw - 32px);max-width:none;max-height:calc(100dvh - 32px);margin:auto;padding:0;border:0;border-radius:12px;overflow:hidden;background:Canvas;color-scheme:light dark;overscroll-behavior:contain}
dialog[open]{display:flex;flex-direction:column}
dialog::backdrop{background:rgb(0 0 0/.55)}
.close{align-self:flex-end;flex:none;width:44px;height:44px;margin:4px;border-radius:8px;font-size:24px;color:CanvasText;background:none}
.close:focus-visible{outline-color:CanvasText;outline-offset:-3px}
iframe{display:block;width:100%;border:0;flex:0 1 auto;min-height:0}
@media(max-width:640px){dialog{width:100vw;height:100dvh;max-height:none;border-radius:0}iframe{flex:1}}
`;

let sheet: CSSStyleSheet | undefined;

/** An element of ours that the page's styles do not reach, nor ours the page. A sheet made by script needs no policy. */
function shelter(options: Options): { readonly host: HTMLElement; readonly root: ShadowRoot } {
  const host = document.createElement("div");
  if (options.colour) {
    host.style.setProperty("--c", options.colour);
    host.style.setProperty("--on", inkOn(options.colour));
  }
  if (options.theme !== "auto") host.style.setProperty("color-scheme", options.theme);
  const root = host.attachShadow({ mode: "open" });
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
  }
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
  return { host, root };
}

function makeButton(className: string, text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  return button;
}

/** The calendar in a dialog of the browser's own: it keeps the focus, Escape leaves it, and the focus goes back. */
export function openDialog(
  origin: string,
  token: string,
  all: Set<Framed>,
  from: Element | undefined,
): void {
  const options = optionsOf(from ? from.attributes : [], location.search);
  const { host, root } = shelter(options);
  const [title, close] = wordsFor(options);
  const dialog = document.createElement("dialog");
  if (options.theme !== "auto") dialog.style.setProperty("color-scheme", options.theme);
  dialog.setAttribute("aria-label", title);
  const button = makeButton("close", "×");
  button.setAttribute("aria-label", close);
  const leave = () => dialog.close();
  const frame = makeFrame(origin, token, options);
  const framed = { frame, token, element: from ?? document.documentElement, leave };
  button.onclick = leave;
  // The ground beside the dialog is the dialog itself to a click.
  dialog.onclick = (event) => {
    if (event.target === dialog) leave();
  };
  dialog.onclose = () => {
    all.delete(framed);
    host.remove();
  };
  dialog.append(button, frame);
  root.append(dialog);
  all.add(framed);
  dialog.showModal();
}

/** A button that floats in the corner and opens the dialog. */
export function floatButton(element: Element, label: string, open: () => void): void {
  const { root } = shelter(optionsOf(element.attributes, ""));
  const button = makeButton("float", label);
  button.setAttribute("aria-haspopup", "dialog");
  button.onclick = open;
  root.append(button);
}
