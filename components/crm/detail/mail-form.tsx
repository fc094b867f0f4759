"use client";

import type { DealView } from "@/lib/crm/core/deal-view";
import classes from "./composer.module.css";
import { t } from "./deal-text";

/** A letter to the deal's own address. */
export function MailForm({ view }: { view: DealView }) {
  const { email } = view.lead;
  if (email === null) return <p className={classes.hint}>{t("composer.noAddress")}</p>;
  return (
    <p className={classes.hint}>
      <a className="link" href={`mailto:${email}`}>
        {t("composer.to", { email })}
      </a>
    </p>
  );
}
