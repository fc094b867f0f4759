import { Menu } from "@mantine/core";
import { IconDots, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { FilterChips } from "@/components/crm/list/filter-chips";
import type { EditedField } from "@/components/crm/list/filter-menu";
import { KeepDialog, OwnViewItems } from "@/components/crm/list/keep-view";
import { t as listText } from "@/components/crm/list/list-text";
import type { Board } from "@/lib/crm/core/board";
import type { BoardAddress } from "@/lib/crm/core/board-address";
import { boardAddressed, boardHref } from "@/lib/crm/core/board-address";
import type { DealChoices } from "@/lib/crm/core/deal-view";
import { leadFilterQuery, parseLeadFilter } from "@/lib/crm/core/lead-filter";
import type { LeadView } from "@/lib/crm/core/lead-list";
import classes from "./head.module.css";

/** A board shows open deals in their stages: of these nothing is left to choose. */
const SETTLED: readonly EditedField[] = ["kind", "status", "stage", "reason", "closed"];

const queryOf = (href: string): string => href.split("?")[1] ?? "";

/** The address of a kept view, read again like any other address. */
function hrefOf({ query }: LeadView): string {
  const params = new URLSearchParams(query);
  const all = [...new Set(params.keys())].map((name) => [name, params.getAll(name)] as const);
  return boardHref(boardAddressed(Object.fromEntries(all)));
}

/** Kept views of the board, as chips beside those everybody has. */
export function ViewChips({
  address,
  views,
}: {
  address: BoardAddress;
  views: readonly LeadView[];
}) {
  const here = boardHref(address);
  return views.map((view) => (
    <Link
      key={view.id}
      href={hrefOf(view)}
      aria-current={hrefOf(view) === here ? "true" : undefined}
      title={view.own ? undefined : listText("views.shared", { name: view.owner })}
    >
      {view.name}
      {view.shared ? <IconUsers size={12} stroke={1.8} aria-hidden="true" /> : null}
    </Link>
  ));
}

function ViewMenu({ address, views }: { address: BoardAddress; views: readonly LeadView[] }) {
  const [keeping, setKeeping] = useState(false);
  const here = boardHref(address);
  const query = queryOf(here);
  const shown = views.find((view) => view.own && hrefOf(view) === here);
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <button
            type="button"
            className={classes.more}
            aria-label={listText("views.label")}
            title={listText("views.label")}
          >
            <IconDots size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setKeeping(true)}>{listText("views.keep")}</Menu.Item>
          {shown === undefined ? null : (
            <OwnViewItems view={shown} query={query} allHref="/pipeline" />
          )}
        </Menu.Dropdown>
      </Menu>
      {keeping ? (
        <KeepDialog
          place="pipeline"
          query={query}
          hrefOf={() => here}
          onClose={() => setKeeping(false)}
        />
      ) : null}
    </>
  );
}

/** What else the deals must be: the filters of the list, in the address of the board, and views that keep them. */
export function BoardFilters({
  board,
  address,
  locale,
  choices,
  views,
}: {
  board: Board;
  address: BoardAddress;
  locale: string;
  choices: DealChoices;
  views: readonly LeadView[];
}) {
  const { stages, currency, today } = board;
  return (
    <div className={classes.filters}>
      <FilterChips
        filter={parseLeadFilter(new URLSearchParams(address.filter))}
        words={{ choices, stages, currency, today, locale }}
        hrefOf={(filter) => boardHref(address, { filter: leadFilterQuery(filter).toString() })}
        without={SETTLED}
        withWords
      />
      <ViewMenu address={address} views={views} />
    </div>
  );
}
