import Link from "next/link";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { AlikeLead } from "@/lib/crm/core/alike";
import { DUPLICATE_WORDS } from "@/lib/crm/core/duplicate";
import type { DuplicateGroup, DuplicatesView } from "@/lib/crm/core/duplicate-groups";
import { COMPARED_BY_NAME, MOST_GROUPS } from "@/lib/crm/core/duplicate-groups";
import classes from "./merge.module.css";
import { t } from "./merge-text";

const aboutOf = ({ label, companyName, contactName, stage, owner }: AlikeLead): string =>
  [label, companyName, contactName, stage, owner ?? t("duplicates.nobody")]
    .filter((part) => part !== null)
    .join(" · ");

/** The others of its group go along, so that they are beside it whatever else looks like it. */
const mergeHref = ({ leads, survivorId }: DuplicateGroup): string => {
  const others = leads.map(({ id }) => id).filter((id) => id !== survivorId);
  return `/leads/${survivorId}/merge?with=${others.join(",")}`;
};

function Group({ group }: { group: DuplicateGroup }) {
  const why = group.reasons.map((reason) => DUPLICATE_WORDS[reason]).join(", ");
  const name = group.leads[0]?.name ?? "";
  return (
    <li className={classes.group}>
      <div className={classes.groupHead}>
        <span>{t("duplicates.group", { count: group.leads.length, why })}</span>
        {group.survivorId === null ? (
          <small>{t("duplicates.foreign")}</small>
        ) : (
          <ButtonLink
            size="xs"
            href={mergeHref(group)}
            aria-label={t("duplicates.mergeOf", { name })}
          >
            {t("duplicates.merge")}
          </ButtonLink>
        )}
      </div>
      <ul>
        {group.leads.map((lead) => (
          <li key={lead.id}>
            <Link className="link" href={`/leads/${lead.id}`} prefetch={false}>
              {lead.name}
            </Link>
            <small>{aboutOf(lead)}</small>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Open leads and deals that look the same, in groups; each leads to where it is merged. */
export function DuplicatesScreen({ view }: { view: DuplicatesView }) {
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("duplicates.title")}
        context={t("duplicates.context", { scope: view.scope, latest: COMPARED_BY_NAME })}
      >
        <ButtonLink variant="subtle" href="/leads">
          {t("duplicates.back")}
        </ButtonLink>
      </PageHead>
      {view.groups.length === 0 ? (
        <Blank title={t("duplicates.none")}>{t("duplicates.noneWhy")}</Blank>
      ) : null}
      <ol className={classes.groups}>
        {view.groups.map((group) => (
          <Group key={group.leads[0]?.id} group={group} />
        ))}
      </ol>
      {view.more ? (
        <p className={classes.hint}>{t("duplicates.more", { count: MOST_GROUPS })}</p>
      ) : null}
    </div>
  );
}
