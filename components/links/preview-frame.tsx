"use client";

import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import classes from "./preview.module.css";

const EMPTY =
  "<!doctype html><html lang='en'><head><meta charset='utf-8'></head><body></body></html>";

/**
 * The ground of guests' pages, where it differs from the office's: 16 px, our own type in place of the kit's, and plain
 * form elements.
 */
const GROUND = `
html { font-size: 16px }
body { font: 400 16px/1.5 var(--font); background: var(--bg-subtle); min-height: 100vh }
fieldset, legend, table { margin: 0; padding: 0; border: 0 }
fieldset { min-width: 0 }
button, input, select { font: inherit; color: inherit }
a { text-underline-offset: 3px; text-decoration-thickness: 1px }`;

/** Gives the frame our styles and colours, and keeps them as the document's own change. */
function dress(inner: Document): () => void {
  const ground = inner.createElement("style");
  ground.textContent = GROUND;
  const copyStyles = () => {
    const sheets = document.head.querySelectorAll("link[rel='stylesheet'], style");
    inner.head.replaceChildren(
      ...[...sheets].map((sheet) => inner.importNode(sheet, true)),
      ground,
    );
  };
  const copyScheme = () => {
    const scheme = document.documentElement.getAttribute("data-mantine-color-scheme");
    inner.documentElement.setAttribute("data-mantine-color-scheme", scheme ?? "light");
  };
  copyStyles();
  copyScheme();
  const styles = new MutationObserver(copyStyles);
  styles.observe(document.head, { childList: true });
  const scheme = new MutationObserver(copyScheme);
  scheme.observe(document.documentElement, { attributeFilter: ["data-mantine-color-scheme"] });
  return () => {
    styles.disconnect();
    scheme.disconnect();
  };
}

/**
 * A window of its own within the page, so that what stands in it takes the width for the screen's: the guest's page
 * decides by the width of the window whether it is on a phone. Drawn smaller where there is less room.
 */
export function PreviewFrame({
  title,
  width,
  height,
  children,
}: {
  title: string;
  /** Of the window inside, CSS pixels. */
  width: number;
  height: number;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [body, setBody] = useState<HTMLElement>();
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const measured = box.current;
    if (measured === null) return;
    const observer = new ResizeObserver(() => setScale(Math.min(1, measured.clientWidth / width)));
    observer.observe(measured);
    return () => observer.disconnect();
  }, [width]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let undress = () => {};
    const enter = () => {
      const inner = element.contentDocument;
      // Before the frame has loaded it shows another, empty document.
      if (inner === null || inner.URL !== "about:srcdoc" || inner.readyState === "loading") return;
      undress();
      undress = dress(inner);
      setBody(inner.body);
    };
    enter();
    element.addEventListener("load", enter);
    return () => {
      element.removeEventListener("load", enter);
      undress();
    };
  }, []);
  return (
    <div ref={box} className={classes.window} style={{ height: Math.round(height * scale) }}>
      <iframe
        ref={frame}
        title={title}
        srcDoc={EMPTY}
        style={{ width, height, transform: `scale(${scale})` }}
      />
      {body === undefined ? null : createPortal(children, body)}
    </div>
  );
}
