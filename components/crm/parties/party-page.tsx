import Link from "next/link";
import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import { formatMoney } from "@/lib/crm/core/money";
import type { CompanyView, ContactView, PartyAround, PartyRecord } from "@/lib/crm/core/party";
import { formatPhone } from "@/lib/crm/core/phone";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { countryName } from "../detail/fact-words";
import { PLACE_OF } from "./party-address";
import { MergeNotices } from "./party-merges";
import classes from "./party-page.module.css";
import { RemoveButton } from "./party-remove";
import { t } from "./party-text";

type Fact = { readonly label: string; readonly value: ReactNode };

/** Facts that are known, in two columns; what is not known is not a line. */
function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== "")
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function customFacts(
  fields: PartyAround["fields"],
  custom: Readonly<Record<string, unknown>>,
): Fact[] {
  const textOf = (value: unknown) => {
    if (typeof value === "boolean") return t(value ? "field.yes" : "field.no");
    return value === null || value === undefined ? null : String(value);
  };
  return fields.map(({ key, label }) => ({ label, value: textOf(custom[key]) }));
}

function Deals({
  view,
  reader,
  newHref,
}: {
  view: PartyAround;
  reader: ScreenReader;
  newHref: string;
}) {
  return (
    <section aria-labelledby="h-deals">
      <SectionHead id="h-deals" title={t("party.deals")} count={view.deals.length}>
        <Link className="link" href={newHref}>
          {t("party.newDeal")}
        </Link>
      </SectionHead>
      {view.deals.length === 0 ? <p className={classes.hint}>{t("party.dealsNone")}</p> : null}
      <ul className={classes.rows}>
        {view.deals.map((deal) => (
          <li key={deal.id}>
            <span className={classes.main}>
              <Link href={`/leads/${deal.id}`} className="link" data-row>
                {deal.name}
              </Link>
              <small>
                {[deal.label, deal.stage, deal.owner].filter((part) => part !== null).join(" · ")}
              </small>
            </span>
            {deal.status === "open" ? null : (
              <Tag tone={deal.status === "won" ? "ok" : "neutral"}>
                {t(`status.${deal.status}`)}
              </Tag>
            )}
            <span className={classes.figure}>
              {deal.amountMinor === null
                ? t("field.none")
                : formatMoney(
                    { minor: deal.amountMinor, currency: deal.currency },
                    reader.locale,
                    "code",
                  )}
            </span>
          </li>
        ))}
      </ul>
      {view.hiddenDeals === 0 ? null : (
        <p className={classes.hint}>{t("party.hidden", { count: view.hiddenDeals })}</p>
      )}
    </section>
  );
}

function Meetings({ view, reader }: { view: PartyAround; reader: ScreenReader }) {
  return (
    <section aria-labelledby="h-meetings">
      <SectionHead id="h-meetings" title={t("party.meetings")} count={view.meetings.length} />
      {view.meetings.length === 0 ? (
        <p className={classes.hint}>{t("party.meetingsNone")}</p>
      ) : null}
      <ul className={classes.rows}>
        {view.meetings.map((meeting) => (
          <li key={meeting.id} data-gone={meeting.gone || undefined}>
            <span className={classes.main}>
              {meeting.readable ? (
                <Link href={`/meetings/${meeting.id}`} className="link">
                  {meeting.subject}
                </Link>
              ) : (
                t("party.private")
              )}
              <small>{meeting.hostName}</small>
            </span>
            <time dateTime={toIso(meeting.start)} className={classes.figure}>
              {formatDateShort(meeting.start, reader)}, {formatTime(meeting.start, reader)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({
  record,
  party,
  context,
  view,
  reader,
}: {
  record: PartyRecord;
  party: { readonly id: string; readonly name: string; readonly deletedAt: number | null };
  context: ReactNode;
  view: PartyAround;
  reader: ScreenReader;
}) {
  const gone = party.deletedAt !== null;
  const may = (what: PartyAround["permitted"][number]) => view.permitted.includes(what);
  return (
    <>
      <PageHead title={party.name} context={context}>
        <span className={classes.acts}>
          {may("party.change") && !gone ? (
            <ButtonLink href={`${PLACE_OF[record]}/${party.id}/edit`}>{t("party.edit")}</ButtonLink>
          ) : null}
          {may("party.delete") ? (
            <RemoveButton record={record} id={party.id} name={party.name} removed={gone} />
          ) : null}
        </span>
      </PageHead>
      {gone ? <p className={classes.notice}>{t("party.deleted")}</p> : null}
      <MergeNotices record={record} id={party.id} view={view} reader={reader} />
      {may("party.change") ? null : <p className={classes.hint}>{t("party.readOnly")}</p>}
    </>
  );
}

const dealHref = (given: Readonly<Record<string, string | null>>): string => {
  const known = Object.entries(given).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return `/leads/new?${new URLSearchParams(known.map(([name, value]) => [name, value]))}`;
};

/** One company: its facts, its people, its deals and meetings as far as they are the reader's to see. */
export function CompanyPage({ view, reader }: { view: CompanyView; reader: ScreenReader }) {
  const { company, people } = view;
  const country = company.country === null ? null : countryName(company.country, reader.locale);
  return (
    <div className={classes.screen}>
      <Head
        record="company"
        party={company}
        context={[company.industry, country].filter((part) => part !== null).join(" · ")}
        view={view}
        reader={reader}
      />
      <div className={classes.columns}>
        <section aria-labelledby="h-facts">
          <SectionHead id="h-facts" title={t("party.facts")} />
          <Facts
            facts={[
              { label: t("field.domain"), value: company.domain },
              {
                label: t("field.website"),
                value:
                  company.website === null ? null : (
                    <a className="link" href={company.website} target="_blank" rel="noreferrer">
                      {company.website}
                    </a>
                  ),
              },
              {
                label: t("field.phone"),
                value: company.phone === null ? null : formatPhone(company.phone),
              },
              { label: t("field.industry"), value: company.industry },
              { label: t("field.country"), value: country },
              { label: t("field.employees"), value: company.employees },
              { label: t("field.owner"), value: view.owner },
              { label: t("field.tags"), value: company.tags.join(", ") },
              ...customFacts(view.fields, company.custom),
              { label: t("field.description"), value: company.description },
            ]}
          />
          <SectionHead id="h-people" title={t("party.people")} count={people.length}>
            <Link
              className="link"
              href={`/contacts/new?company=${encodeURIComponent(company.name)}`}
            >
              {t("party.newContact")}
            </Link>
          </SectionHead>
          {people.length === 0 ? <p className={classes.hint}>{t("party.peopleNone")}</p> : null}
          <ul className={classes.rows}>
            {people.map((person) => (
              <li key={person.id}>
                <span className={classes.main}>
                  <Link href={`/contacts/${person.id}`} className="link">
                    {person.name}
                  </Link>
                  <small>
                    {[person.title, person.email].filter((part) => part !== null).join(" · ")}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </section>
        <div className={classes.stack}>
          <Deals view={view} reader={reader} newHref={dealHref({ companyName: company.name })} />
          <Meetings view={view} reader={reader} />
        </div>
      </div>
    </div>
  );
}

/** One contact. */
export function ContactPage({ view, reader }: { view: ContactView; reader: ScreenReader }) {
  const { contact, company } = view;
  return (
    <div className={classes.screen}>
      <Head
        record="contact"
        party={contact}
        context={[contact.title, company?.name]
          .filter((part) => part !== null && part !== undefined)
          .join(" · ")}
        view={view}
        reader={reader}
      />
      <div className={classes.columns}>
        <section aria-labelledby="h-facts">
          <SectionHead id="h-facts" title={t("party.facts")} />
          <Facts
            facts={[
              { label: t("field.email"), value: contact.email },
              {
                label: t("field.phone"),
                value: contact.phone === null ? null : formatPhone(contact.phone),
              },
              { label: t("field.title"), value: contact.title },
              {
                label: t("field.company"),
                value:
                  company === null ? null : (
                    <Link className="link" href={`/companies/${company.id}`}>
                      {company.name}
                    </Link>
                  ),
              },
              { label: t("field.tags"), value: contact.tags.join(", ") },
              ...customFacts(view.fields, contact.custom),
              { label: t("field.description"), value: contact.description },
            ]}
          />
        </section>
        <div className={classes.stack}>
          <Deals
            view={view}
            reader={reader}
            newHref={dealHref({
              contactName: contact.name,
              email: contact.email,
              companyName: company?.name ?? null,
              name: company?.name ?? contact.name,
            })}
          />
          <Meetings view={view} reader={reader} />
        </div>
      </div>
    </div>
  );
}
