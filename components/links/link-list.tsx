import { IconLink, IconSearch } from "@tabler/icons-react";
import Form from "next/form";
import Link from "next/link";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { LinkRow, LinksQuestion, LinkTab } from "@/lib/links/core/link-view";
import { linkTabs } from "@/lib/links/core/link-view";
import { formatDateShort } from "@/lib/time/format";
import { CopyAddress } from "./copy-button";
import classes from "./link-list.module.css";
import { isFiltered, listAddress } from "./list-address";
import { NewLink } from "./new-link";
import { StateTag } from "./state-tag";
import { words } from "./words";

type Props = {
  readonly asked: LinksQuestion;
  readonly rows: readonly LinkRow[];
  readonly hasMore: boolean;
  readonly counts: Readonly<Record<LinkTab, number>>;
  readonly everybody: boolean;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly appUrl: string;
  readonly reader: ScreenReader;
};

function Tabs({ asked, counts }: Props) {
  return (
    <nav className={classes.tabs} aria-label={words("list.tabs")}>
      {linkTabs.map((tab) => (
        <Link
          key={tab}
          href={listAddress(asked, { tab, pages: 1 })}
          aria-current={tab === asked.tab ? "page" : undefined}
        >
          {words(`list.${tab}`)}
          <span>{counts[tab]}</span>
        </Link>
      ))}
    </nav>
  );
}

function Filters({ asked, everybody, people }: Props) {
  return (
    <Form action="/links" className={classes.filters} role="search" key={listAddress(asked)}>
      {asked.tab === "active" ? null : <input type="hidden" name="tab" value={asked.tab} />}
      <label className={classes.search}>
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span className="sr-only">{words("list.search")}</span>
        <input
          name="q"
          type="search"
          defaultValue={asked.q}
          placeholder={words("list.search")}
          maxLength={100}
        />
      </label>
      {everybody ? (
        <label className={classes.owner}>
          <span>{words("list.owner")}</span>
          <select name="owner" defaultValue={asked.owner ?? ""}>
            <option value="">{words("list.everybody")}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <SubmitButton>{words("list.apply")}</SubmitButton>
    </Form>
  );
}

function hostsText({ hostNames, roundRobin }: LinkRow): string {
  const [first = "", ...rest] = hostNames;
  if (rest.length === 0) return first;
  if (roundRobin)
    return `${words("list.roundRobin", { count: hostNames.length })}: ${hostNames.join(", ")}`;
  return rest.length < 3
    ? hostNames.join(", ")
    : `${first}, ${rest[0]} ${words("list.more", { count: rest.length - 1 })}`;
}

function Row({ row, appUrl, reader }: Pick<Props, "appUrl" | "reader"> & { row: LinkRow }) {
  const address = `${appUrl}/book/${row.token}`;
  const facts = [
    row.parentName === null ? undefined : words("list.madeFrom", { name: row.parentName }),
    row.expiresAt === null
      ? undefined
      : words("list.until", { date: formatDateShort(row.expiresAt, reader) }),
    row.maxUses === null || row.parentName !== null
      ? undefined
      : words("list.used", { uses: row.uses, max: row.maxUses }),
  ].filter((fact) => fact !== undefined);
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <h2>
          <Link href={`/links/${row.id}`} data-row>
            {row.name}
          </Link>
        </h2>
        <p className={classes.address}>
          <span className="clip">{address.replace(/^https?:\/\//, "")}</span>
          <CopyAddress address={address} name={row.name} />
        </p>
      </div>
      <p className={classes.hosts}>
        <span className="sr-only">{words("list.columnHosts")}: </span>
        <span className="clip">{hostsText(row)}</span>
        {facts.length === 0 ? null : <small className="clip">{facts.join(" · ")}</small>}
      </p>
      <p className={classes.durations}>
        {words("list.minutes", { minutes: row.durations.join(", ") })}
      </p>
      <p className={classes.recent}>
        <Link href={`/links/${row.id}/statistics`}>
          {words("list.recent", { bookings: row.bookings, views: row.views })}
        </Link>
      </p>
      <StateTag state={row.state} />
    </li>
  );
}

/** Links by name, with saved views as tabs and filters in the address; j and k move, Enter opens. */
export function LinkList(props: Props) {
  const { asked, rows, counts, everybody } = props;
  const filtered = isFiltered(asked);
  const count = counts.active;
  return (
    <section className={classes.list}>
      <PageHead
        title={words("title")}
        context={words(everybody ? "list.contextAll" : "list.context", { count })}
      >
        <NewLink
          sources={asked.tab === "active" ? rows.map(({ id, name }) => ({ id, name })) : []}
        />
      </PageHead>
      <Tabs {...props} />
      <Filters {...props} />
      {rows.length === 0 ? (
        <Blank
          icon={<IconLink size={20} stroke={1.6} />}
          title={filtered ? words("list.noMatch") : words(`list.${asked.tab}None`)}
          action={
            filtered ? (
              <ButtonLink href={listAddress({ tab: asked.tab, q: "", pages: 1 })}>
                {words("list.clear")}
              </ButtonLink>
            ) : undefined
          }
        >
          {filtered ? words("list.noMatchWhy") : words(`list.${asked.tab}NoneWhy`)}
        </Blank>
      ) : (
        <>
          <div className={classes.columns} aria-hidden="true">
            <span>{words("list.columnName")}</span>
            <span>{words("list.columnHosts")}</span>
            <span>{words("list.columnDurations")}</span>
            <span>{words("list.columnRecent")}</span>
            <span>{words("list.columnState")}</span>
          </div>
          <ul>
            {rows.map((row) => (
              <Row key={row.id} row={row} {...props} />
            ))}
          </ul>
        </>
      )}
      {props.hasMore ? (
        <p className={classes.more}>
          <ButtonLink href={listAddress(asked, { pages: asked.pages + 1 })} keepScroll>
            {words("list.showMore")}
          </ButtonLink>
        </p>
      ) : null}
      <ListKeys />
    </section>
  );
}
