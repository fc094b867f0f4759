"use client";

import { Button } from "@mantine/core";
import { useMemo } from "react";
import { encode } from "uqr";
import classes from "./share.module.css";
import { words } from "./words";

const QUIET_MODULES = 4;
const PNG_PX = 1_024;

/** The code's dark squares as one path, in modules, with the quiet zone around. */
function qrPath(text: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_MODULES });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return { path, size };
}

const svgText = ({ path, size }: ReturnType<typeof qrPath>): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="white"/><path d="${path}" fill="black"/></svg>`;

function download(address: string, name: string): void {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
}

function downloadSvg(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  download(address, `${name}.svg`);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function downloadPng({ path, size }: ReturnType<typeof qrPath>, name: string): void {
  const canvas = document.createElement("canvas");
  // Whole pixels per module, so that no edge is grey.
  const scale = Math.floor(PNG_PX / size);
  canvas.width = size * scale;
  canvas.height = size * scale;
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.fillStyle = "black";
  pen.fill(new Path2D(path));
  download(canvas.toDataURL("image/png"), `${name}.png`);
}

/** A QR code of the link's address, to be shown and downloaded. Black on white in both schemes: cameras need it. */
export function QrCode({ address, name }: { address: string; name: string }) {
  const code = useMemo(() => qrPath(address), [address]);
  return (
    <div className={classes.qr}>
      <svg
        role="img"
        aria-label={words("share.qrAlt", { address })}
        viewBox={`0 0 ${code.size} ${code.size}`}
        shapeRendering="crispEdges"
      >
        <rect width="100%" height="100%" fill="white" />
        <path d={code.path} fill="black" />
      </svg>
      <div className={classes.buttons}>
        <Button size="xs" onClick={() => downloadSvg(svgText(code), name)}>
          {words("share.svg")}
        </Button>
        <Button size="xs" onClick={() => downloadPng(code, name)}>
          {words("share.png")}
        </Button>
      </div>
    </div>
  );
}
