import { IconListSearch } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatDateLong, formatDateShort, formatTime } from "@/lib/time/format";
import { instantOf, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { zoneCity } from "@/lib/time/zone-names";
import type { AuditLine } from "@/lib/workspace/core/audit-line";
import type { AuditPage } from "@/lib/workspace/core/audit-page";
import { t } from "./admin-text";
import classes from "./audit.module.css";
import type { AuditAsked } from "./audit-address";
import { auditAddress, auditExportAddress, isAuditFiltered } from "./audit-address";
import { AuditVerification } from "./audit-verification";

function Filters({ asked, actions }: { asked: AuditAsked; actions: readonly string[] }) {
  return (
    <Form
      action="/admin/audit"
      className={classes.filters}
      role="search"
      aria-label={t("audit.search")}
      key={auditAddress(asked, { after: undefined })}
    >
      <label>
        <span>{t("audit.person")}</span>
        <input
          name="person"
          defaultValue={asked.person}
          placeholder={t("audit.personHelp")}
          maxLength={254}
        />
      </label>
      <label>
        <span>{t("audit.action")}</span>
        <select name="action" defaultValue={asked.action ?? ""}>
          <option value="">{t("audit.everyAction")}</option>
          {actions.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("audit.subject")}</span>
        <input
          name="subject"
          defaultValue={asked.subject}
          placeholder={t("audit.subjectHelp")}
          maxLength={100}
        />
      </label>
      <label>
        <span>{t("audit.from")}</span>
        <input name="from" type="date" defaultValue={asked.from} />
      </label>
      <label>
        <span>{t("audit.to")}</span>
        <input name="to" type="date" defaultValue={asked.to} />
      </label>
      <SubmitButton>{t("audit.apply")}</SubmitButton>
      {isAuditFiltered(asked) ? <Link href="/admin/audit">{t("audit.clear")}</Link> : null}
    </Form>
  );
}

function Who({ line, asked }: { line: AuditLine; asked: AuditAsked }) {
  if (line.userId === null) {
    return (
      <>
        {line.actorName} <small>{t(line.actor === "guest" ? "audit.guest" : "audit.system")}</small>
      </>
    );
  }
  return (
    <Link href={auditAddress(asked, { person: line.userId, after: undefined })}>
      {line.actorName}
    </Link>
  );
}

function Row({
  line,
  asked,
  reader,
}: {
  line: AuditLine;
  asked: AuditAsked;
  reader: ScreenReader;
}) {
  const at = instantOf(line.at);
  return (
    <tr>
      <td data-label={t("audit.when")}>
        <time dateTime={toIso(at)} title={`${formatDateLong(at, reader)}, ${toIso(at)}`}>
          {formatDateShort(at, reader)} {calendarDateAt(reader.zone, at).slice(0, 4)},{" "}
          {formatTime(at, reader)}
        </time>
      </td>
      <td data-label={t("audit.who")}>
        <Who line={line} asked={asked} />
      </td>
      <td data-label={t("audit.what")}>
        <code>{line.action}</code>
      </td>
      <td data-label={t("audit.about")}>
        <Link
          className={classes.subject}
          href={auditAddress(asked, { subject: line.subject, after: undefined })}
        >
          {line.subject}
        </Link>
        {line.details === "" ? null : (
          <details>
            <summary aria-label={t("audit.detailsOf", { sequence: line.sequence })}>
              {t("audit.details")}
            </summary>
            {/* Long lines scroll here, also by keyboard. */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached without a mouse. */}
            <pre tabIndex={0}>{line.details}</pre>
          </details>
        )}
      </td>
    </tr>
  );
}

function Entries({
  page,
  asked,
  reader,
}: {
  page: AuditPage;
  asked: AuditAsked;
  reader: ScreenReader;
}) {
  if (page.lines.length === 0) {
    return (
      <Blank icon={<IconListSearch size={20} stroke={1.6} />} title={t("audit.none")}>
        {t("audit.noneWords")}
      </Blank>
    );
  }
  return (
    <table className={classes.entries}>
      <caption className="sr-only">{t("audit.entries")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("audit.when")}</th>
          <th scope="col">{t("audit.who")}</th>
          <th scope="col">{t("audit.what")}</th>
          <th scope="col">{t("audit.about")}</th>
        </tr>
      </thead>
      <tbody>
        {page.lines.map((line) => (
          <Row key={line.sequence} line={line} asked={asked} reader={reader} />
        ))}
      </tbody>
    </table>
  );
}

/** The log as it is read: filters in the address, a page of entries, its export, and the check of the chain. */
export function AuditScreen({
  asked,
  page,
  reader,
}: {
  asked: AuditAsked;
  page: AuditPage;
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("audit.title")}
        context={t("audit.context", { total: page.total, zone: zoneCity(reader.zone) })}
      >
        <form action={auditExportAddress(asked, reader.zone)} method="post">
          <button type="submit" className={classes.export}>
            {t("audit.export")}
          </button>
        </form>
      </PageHead>
      <AuditVerification />
      <Filters asked={asked} actions={page.actions} />
      <Entries page={page} asked={asked} reader={reader} />
      <nav className={classes.pages} aria-label={t("audit.entries")}>
        {asked.after === undefined ? null : (
          <ButtonLink href={auditAddress(asked, { after: undefined })}>
            {t("audit.newest")}
          </ButtonLink>
        )}
        {page.next === undefined ? null : (
          <ButtonLink href={auditAddress(asked, { after: page.next })}>
            {t("audit.older")}
          </ButtonLink>
        )}
      </nav>
    </div>
  );
}
