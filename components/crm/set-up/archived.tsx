"use client";

import { archiveAction } from "@/lib/crm/actions/set-up";
import type { ArchiveInput } from "@/lib/crm/core/set-up-input";
import classes from "./set-up.module.css";
import { Act } from "./set-up-form";
import { t } from "./set-up-text";

/** What was put away, folded up, each with its way back. */
export function Archived({
  what,
  items,
}: {
  what: ArchiveInput["what"];
  items: readonly { readonly id: string; readonly name: string }[];
}) {
  if (items.length === 0) return null;
  return (
    <details className={classes.archived}>
      <summary>{t("archived.title", { count: items.length })}</summary>
      <ul className={classes.lines}>
        {items.map(({ id, name }) => (
          <li key={id} className={classes.line}>
            <div className={classes.content}>{name}</div>
            <Act
              action={archiveAction}
              fields={{ what, id, archived: "no" }}
              label={t("archived.restore", { name })}
              tone="subtle"
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
