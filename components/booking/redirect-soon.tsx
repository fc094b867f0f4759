"use client";

import { useEffect, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import styles from "./own.module.css";

/** How long a guest may read before the host's page is opened, milliseconds. */
const WAIT_MS = 5_000;

/**
 * Leads a guest who has just booked to the host's own page, and says so before. Nothing about the booking goes along.
 * Without a script, or when the guest stays, it is a link.
 */
export function RedirectSoon({
  url,
  text,
  label,
  stay,
}: {
  readonly url: string;
  /** "You will be taken to halden.example in a moment." */
  readonly text: string;
  readonly label: string;
  readonly stay: string;
}) {
  const [going, setGoing] = useState(false);
  useEffect(() => setGoing(true), []);
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => window.location.assign(url), WAIT_MS);
    return () => clearTimeout(timer);
  }, [going, url]);
  return (
    <div className={styles.onward}>
      <p className={controls.small} role="status">
        {going ? text : ""}
      </p>
      {going ? (
        <button className={controls.button} type="button" onClick={() => setGoing(false)}>
          {stay}
        </button>
      ) : null}
      <a className={controls.button} href={url} rel="noreferrer">
        {label}
      </a>
    </div>
  );
}
