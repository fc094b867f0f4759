"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { t } from "./office-text";
import classes from "./trouble.module.css";

const digestOf = (error: unknown): string | undefined =>
  typeof error === "object" &&
  error !== null &&
  "digest" in error &&
  typeof error.digest === "string"
    ? error.digest
    : undefined;

/** A defect, said to the person: this part only, what to do, and the reference the log knows it by. */
export function Trouble({ error, retry }: { error: unknown; retry: () => void }) {
  const router = useRouter();
  const reference = digestOf(error);
  return (
    <div className={classes.trouble} role="alert">
      <h2>{t("error.title")}</h2>
      <p>{t("error.words")}</p>
      {reference === undefined ? null : (
        <p className={classes.reference}>{t("error.reference", { reference })}</p>
      )}
      <button
        type="button"
        onClick={() =>
          startTransition(() => {
            router.refresh();
            retry();
          })
        }
      >
        {t("error.retry")}
      </button>
    </div>
  );
}
