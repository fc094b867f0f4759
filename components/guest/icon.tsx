import type { ReactNode } from "react";
import styles from "./controls.module.css";

export type IconName =
  | "alert"
  | "arrow"
  | "calendar"
  | "check"
  | "clock"
  | "copy"
  | "cross"
  | "down"
  | "globe"
  | "left"
  | "mark"
  | "people"
  | "phone"
  | "pin"
  | "right"
  | "shield"
  | "video";

const SHAPES: Readonly<Record<IconName, ReactNode>> = {
  alert: <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8v4.5M12 16h.01" />,
  arrow: <path d="M5 12h14M13 6l6 6-6 6" />,
  calendar: <path d="M5 5h14a1 1 0 0 1 1 1v14H4V6a1 1 0 0 1 1-1M4 10h16M8 3v4M16 3v4" />,
  check: <path d="M5 12.5 9.5 17 19 7.5" />,
  clock: <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2" />,
  copy: (
    <path d="M10 8h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2" />
  ),
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  down: <path d="m6 9 6 6 6-6" />,
  globe: (
    <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.5 9h17M3.5 15h17M12 3c-4.7 5-4.7 13 0 18M12 3c4.7 5 4.7 13 0 18" />
  ),
  left: <path d="m15 6-6 6 6 6" />,
  mark: (
    <>
      <path d="M3 4h7v7H3zM14 13h7v7h-7z" fill="currentColor" stroke="none" />
      <path d="M14 4.8h6.2V11M3.8 13v6.2H10" />
    </>
  ),
  people: (
    <path d="M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 20c0-3.3 2.4-5.6 6-5.6s6 2.3 6 5.6M16 4.8a3.5 3.5 0 0 1 0 6.4M17.6 14.6c2 .8 3.4 2.6 3.4 5.4" />
  ),
  phone: (
    <path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2" />
  ),
  pin: (
    <path d="M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21M12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5" />
  ),
  right: <path d="m9 6 6 6-6 6" />,
  shield: <path d="m12 3 7 3v5.5c0 4.2-2.8 7.6-7 9.5-4.2-1.9-7-5.3-7-9.5V6zM9 12l2 2 4-4" />,
  video: (
    <path d="M5 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2M15 11l6-3v8l-6-3" />
  ),
};

const MIRRORED: ReadonlySet<IconName> = new Set(["arrow", "left", "right"]);

/** A decorative picture; what it says must stand beside it in words, or in a label. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className={MIRRORED.has(name) ? `${styles.icon} mirrored` : styles.icon}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
