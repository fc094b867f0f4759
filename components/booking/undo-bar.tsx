"use client";

import { useActionState, useEffect, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import type { ManageFormState } from "@/lib/booking/core/form-state";
import type { Instant } from "@/lib/time/instant";
import styles from "./own.module.css";

export type ManageAction = (previous: ManageFormState, form: FormData) => Promise<ManageFormState>;

/** Takes a cancellation back while that is possible; then it is gone. */
export function UndoBar({
  action,
  locator,
  version,
  until,
  text,
  label,
  working,
}: {
  readonly action: ManageAction;
  readonly locator: string;
  readonly version: number;
  readonly until: Instant;
  readonly text: string;
  readonly label: string;
  readonly working: string;
}) {
  const [, formAction, pending] = useActionState(action, { status: "idle" });
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  if (over && !pending) return null;
  return (
    <form className={styles.undo} action={formAction}>
      <input type="hidden" name="locator" value={locator} />
      <input type="hidden" name="version" value={version} />
      <p className={controls.small} role="status">
        {text}
      </p>
      <button className={controls.button} type="submit" aria-disabled={pending || undefined}>
        {pending ? working : label}
      </button>
    </form>
  );
}
