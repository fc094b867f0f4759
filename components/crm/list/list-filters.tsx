"use client";

import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import type { LeadPageRows, LeadsAddress } from "@/lib/crm/core/lead-list";
import { leadsHref } from "@/lib/crm/core/lead-list";
import { FilterChips } from "./filter-chips";
import type { Words } from "./filter-words";
import classes from "./leads.module.css";
import { t } from "./list-text";

function SearchField({ address }: { address: LeadsAddress }) {
  const router = useRouter();
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q") ?? "").trim();
    router.push(leadsHref({ ...address, filter: { ...address.filter, q }, cursor: undefined }));
  };
  return (
    <search>
      <form className={classes.search} onSubmit={find}>
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <input
          key={address.filter.q}
          name="q"
          type="search"
          defaultValue={address.filter.q}
          placeholder={t("filter.search")}
          aria-label={t("filter.search")}
          maxLength={200}
        />
      </form>
    </search>
  );
}

/** What is looked for, the filters in force, and what was looked for instead of words nobody has. */
export function ListFilters({
  address,
  words,
  instead,
}: {
  address: LeadsAddress;
  words: Words;
  instead: LeadPageRows["instead"];
}) {
  return (
    <div className={classes.filters}>
      <SearchField address={address} />
      <FilterChips
        filter={address.filter}
        words={words}
        hrefOf={(filter) => leadsHref({ ...address, filter, cursor: undefined })}
        withWords={false}
      />
      {instead.map(([typed, meant]) => (
        <p key={typed} className={classes.instead} role="status">
          {meant.length === 0
            ? t("filter.typedAgain", { typed })
            : t("filter.instead", { typed, meant: meant.slice(0, 4).join(", ") })}
        </p>
      ))}
    </div>
  );
}
