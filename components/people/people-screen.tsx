import { IconSearch, IconUsers } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { Tag } from "@/components/ui/tag";
import { groups } from "@/lib/access/actor";
import type { PeoplePage, PersonRow } from "@/lib/people/core/person";
import { personStates } from "@/lib/people/core/person";
import { formatDateShort } from "@/lib/time/format";
import { toIso } from "@/lib/time/instant";
import { InviteDialog } from "./invite-dialog";
import type { PeopleAddress } from "./people-address";
import { peopleAddress } from "./people-address";
import classes from "./people-screen.module.css";
import { t } from "./people-text";
import { StateTag } from "./state-tag";

const ANYWHERE = { after: undefined, open: undefined } as const;

function States({ asked, counts }: { asked: PeopleAddress; counts: PeoplePage["counts"] }) {
  const all = personStates.reduce((sum, state) => sum + counts[state], 0);
  return (
    <nav className={classes.tabs} aria-label={t("people.states")}>
      {([undefined, ...personStates] as const).map((state) => (
        <Link
          key={state ?? "all"}
          href={peopleAddress(asked, { ...ANYWHERE, state })}
          aria-current={state === asked.state ? "page" : undefined}
        >
          {state === undefined ? t("people.all") : t(`states.${state}`)}
          <span>{state === undefined ? all : counts[state]}</span>
        </Link>
      ))}
    </nav>
  );
}

function Filters({ asked }: { asked: PeopleAddress }) {
  return (
    <Form action="/admin/users" className={classes.form} role="search" key={peopleAddress(asked)}>
      {asked.state === undefined ? null : <input type="hidden" name="state" value={asked.state} />}
      <label className={classes.search}>
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span className="sr-only">{t("people.search")}</span>
        <input
          name="q"
          type="search"
          defaultValue={asked.q}
          placeholder={t("people.search")}
          maxLength={100}
        />
      </label>
      <label className={classes.group}>
        <span className="sr-only">{t("people.group")}</span>
        <select name="group" defaultValue={asked.group ?? ""}>
          <option value="">{t("people.anyGroup")}</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {t(`groups.${group}`)}
            </option>
          ))}
        </select>
      </label>
      <SubmitButton>{t("people.apply")}</SubmitButton>
      {asked.q === "" && asked.group === undefined ? null : (
        <ButtonLink
          variant="subtle"
          href={peopleAddress(asked, { ...ANYWHERE, q: "", group: undefined })}
        >
          {t("people.clear")}
        </ButtonLink>
      )}
    </Form>
  );
}

function Row({
  row,
  asked,
  reader,
}: {
  row: PersonRow;
  asked: PeopleAddress;
  reader: ScreenReader;
}) {
  return (
    <li className={classes.row} data-open={row.id === asked.open || undefined}>
      <Avatar name={row.name} photoId={row.photoId} />
      <div className={classes.who}>
        <h2>
          <Link
            href={peopleAddress(asked, { open: row.id })}
            scroll={false}
            data-row
            aria-current={row.id === asked.open ? "true" : undefined}
          >
            {row.name}
          </Link>
        </h2>
        <p className="clip">{row.email}</p>
      </div>
      <p className={classes.groups}>
        {row.groups.map((group) => (
          <Tag key={group} tone={group === "admin" ? "accent" : "neutral"}>
            {t(`groups.${group}`)}
          </Tag>
        ))}
      </p>
      <p className={classes.seen}>
        {row.seenAt === null ? (
          t("people.never")
        ) : (
          <time dateTime={toIso(row.seenAt)}>{formatDateShort(row.seenAt, reader)}</time>
        )}
      </p>
      <p className={classes.state}>
        {row.twoFactor ? <Tag>{t("people.twoFactor")}</Tag> : null}
        <StateTag state={row.state} />
      </p>
    </li>
  );
}

/** Everybody here: searched, filtered, a hundred to a page; a row opens its person beside the list. */
export function PeopleScreen({
  asked,
  page,
  reader,
  workspaceName,
  panel,
}: {
  asked: PeopleAddress;
  page: PeoplePage;
  reader: ScreenReader;
  workspaceName: string;
  panel: ReactNode;
}) {
  const { rows, next, counts } = page;
  const count = personStates.reduce((sum, state) => sum + counts[state], 0);
  return (
    <div className={classes.screen} data-panel={panel === null ? undefined : true}>
      <PageHead
        title={t("people.title")}
        context={t("people.context", { count, workspace: workspaceName })}
      >
        <InviteDialog />
      </PageHead>
      <States asked={asked} counts={counts} />
      <Filters asked={asked} />
      {rows.length === 0 ? (
        <Blank icon={<IconUsers size={20} stroke={1.6} />} title={t("people.none")}>
          {t("people.noneWhy")}
        </Blank>
      ) : (
        <ul className={classes.rows} aria-label={t("people.title")}>
          {rows.map((row) => (
            <Row key={row.id} row={row} asked={asked} reader={reader} />
          ))}
        </ul>
      )}
      {asked.after === undefined && next === undefined ? null : (
        <p className={classes.more}>
          {asked.after === undefined ? null : (
            <ButtonLink href={peopleAddress(asked, ANYWHERE)}>{t("people.first")}</ButtonLink>
          )}
          {next === undefined ? null : (
            <ButtonLink href={peopleAddress(asked, { after: next, open: undefined })}>
              {t("people.next")}
            </ButtonLink>
          )}
        </p>
      )}
      {panel}
      <ListKeys />
    </div>
  );
}
