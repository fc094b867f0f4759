import type { AlikeLead } from "@/lib/crm/core/alike";
import { DUPLICATE_WORDS } from "@/lib/crm/core/duplicate";
import classes from "./new-lead.module.css";
import { t } from "./new-text";

const aboutOf = ({ label, companyName, contactName, stage, status, owner }: AlikeLead): string =>
  [
    label,
    companyName,
    contactName,
    status === "open" ? stage : t(`status.${status}`),
    owner ?? t("nobody"),
  ]
    .filter((part) => part !== null)
    .join(" · ");

/** What may be there already, each beside its reasons; it opens in a tab of its own, so that nothing typed is lost. */
export function AlikeList({ found }: { found: readonly AlikeLead[] }) {
  return (
    <div role="status" className={classes.alike} data-none={found.length === 0 || undefined}>
      {found.length === 0 ? null : (
        <>
          <p>{t("similar", { count: found.length })}</p>
          <ul>
            {found.map((one) => (
              <li key={one.id}>
                <a className="link" href={`/leads/${one.id}`} target="_blank" rel="noreferrer">
                  {one.name}
                  <span className="sr-only"> {t("newTab")}</span>
                </a>
                <small>{aboutOf(one)}</small>
                <small>{one.reasons.map((reason) => DUPLICATE_WORDS[reason]).join(", ")}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
