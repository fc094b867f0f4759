import { TextInput } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import Form from "next/form";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Suppression } from "@/lib/mailroom/core/mail-log";
import { formatDateLong } from "@/lib/time/format";
import classes from "./mail.module.css";
import { t } from "./mail-text";
import { SuppressionRow } from "./suppression-row";

/** The addresses that take no mail, why, and taking one off the list. */
export function SuppressionScreen({
  suppressions,
  search,
  reader,
}: {
  suppressions: readonly Suppression[];
  search: string;
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("suppressions.title")} context={t("suppressions.context")} />
      <Form action="/admin/mail/suppressions" className={classes.search} role="search">
        <TextInput
          name="search"
          label={t("suppressions.search")}
          defaultValue={search}
          maxLength={254}
          autoComplete="off"
        />
        <SubmitButton>{t("suppressions.find")}</SubmitButton>
      </Form>
      {suppressions.length === 0 ? (
        <Blank
          icon={<IconMailOff size={20} stroke={1.6} />}
          title={search === "" ? t("suppressions.none") : t("suppressions.noneFound", { search })}
        >
          {t("suppressions.noneWhy")}
        </Blank>
      ) : (
        <ul className={classes.rows} aria-label={t("suppressions.list")}>
          {suppressions.map((one) => (
            <SuppressionRow
              key={one.email}
              email={one.email}
              reason={one.reason}
              since={formatDateLong(one.since, reader)}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
