import { IconBuilding, IconPlus, IconSearch } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import { ListKeys } from "@/components/meetings/list-keys";
import { Avatar } from "@/components/ui/avatar";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PartyPage, PartyQuestion, PartyRecord, PartyRow } from "@/lib/crm/core/party";
import { formatPhone } from "@/lib/crm/core/phone";
import { countryChoices, countryName } from "../detail/fact-words";
import { PLACE_OF, partyAddress } from "./party-address";
import classes from "./party-list.module.css";
import { t } from "./party-text";

const PLURAL = { company: "companies", contact: "contacts" } as const;

function Filters({
  record,
  asked,
  locale,
}: {
  record: PartyRecord;
  asked: PartyQuestion;
  locale: string;
}) {
  const search = t(`${PLURAL[record]}.search`);
  return (
    <Form
      action={PLACE_OF[record]}
      className={classes.form}
      role="search"
      key={partyAddress(record, asked)}
    >
      <label className={classes.search}>
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span className="sr-only">{search}</span>
        <input name="q" type="search" defaultValue={asked.q} placeholder={search} maxLength={100} />
      </label>
      {record === "company" ? (
        <label className={classes.choice}>
          <span className="sr-only">{t("list.country")}</span>
          <select name="country" defaultValue={asked.country ?? ""}>
            <option value="">{t("list.anyCountry")}</option>
            {countryChoices(locale).map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <SubmitButton>{t("list.find")}</SubmitButton>
      {asked.q === "" && asked.country === undefined ? null : (
        <ButtonLink variant="subtle" href={PLACE_OF[record]}>
          {t("list.clear")}
        </ButtonLink>
      )}
    </Form>
  );
}

function Row({ record, row, locale }: { record: PartyRecord; row: PartyRow; locale: string }) {
  const place = [row.about, row.country === null ? null : countryName(row.country, locale)];
  return (
    <li className={classes.row}>
      <Avatar name={row.name} />
      <div className={classes.who}>
        <h2>
          <Link href={`${PLACE_OF[record]}/${row.id}`} data-row>
            {row.name}
          </Link>
        </h2>
        <p className="clip">
          {[row.address, row.phone === null ? null : formatPhone(row.phone)]
            .filter((part) => part !== null)
            .join(" · ")}
        </p>
      </div>
      <p className={classes.about}>{place.filter((part) => part !== null).join(" · ")}</p>
      <p className={classes.count}>
        {record === "company" ? t("list.people", { count: row.people }) : null}
      </p>
      <p className={classes.count}>{t("list.openDeals", { count: row.openDeals })}</p>
    </li>
  );
}

/** Companies or contacts by name: searched, fifty to a page. */
export function PartyList({
  record,
  asked,
  page,
  scope,
  locale,
}: {
  record: PartyRecord;
  asked: PartyQuestion;
  page: PartyPage;
  scope: string;
  locale: string;
}) {
  const { rows, next } = page;
  const words = PLURAL[record];
  return (
    <div className={classes.screen}>
      <PageHead title={t(`${words}.title`)} context={t(`${words}.context`, { scope })}>
        <ButtonLink
          href={`${PLACE_OF[record]}/new`}
          variant="filled"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
        >
          {t(`${words}.new`)}
        </ButtonLink>
      </PageHead>
      <Filters record={record} asked={asked} locale={locale} />
      {rows.length === 0 ? (
        <Blank icon={<IconBuilding size={20} stroke={1.6} />} title={t(`${words}.none`)}>
          {t(`${words}.noneWhy`)}
        </Blank>
      ) : (
        <ul className={classes.rows} aria-label={t(`${words}.title`)}>
          {rows.map((row) => (
            <Row key={row.id} record={record} row={row} locale={locale} />
          ))}
        </ul>
      )}
      {asked.after === undefined && next === undefined ? null : (
        <p className={classes.more}>
          {asked.after === undefined ? null : (
            <ButtonLink href={partyAddress(record, { ...asked, after: undefined })}>
              {t("list.first")}
            </ButtonLink>
          )}
          {next === undefined ? null : (
            <ButtonLink href={partyAddress(record, { ...asked, after: next })}>
              {t("list.next")}
            </ButtonLink>
          )}
        </p>
      )}
      <ListKeys />
    </div>
  );
}
