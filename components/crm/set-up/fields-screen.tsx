import { PageHead } from "@/components/ui/page-head";
import type { FieldSetUp } from "@/lib/crm/core/set-up";
import { FIELD_RECORDS } from "@/lib/crm/core/set-up";
import { FieldPart } from "./field-part";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

/** The workspace's own fields of leads and deals, companies and contacts. */
export function FieldsScreen({ fields }: { fields: readonly FieldSetUp[] }) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("fields.title")} context={t("fields.context")} />
      {FIELD_RECORDS.map((record) => (
        <FieldPart
          key={record}
          record={record}
          fields={fields.filter((field) => field.record === record)}
        />
      ))}
    </div>
  );
}
