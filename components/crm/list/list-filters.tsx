"use client";

import { IconSearch, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState } from "react";
import { SPAN_FIELDS, VALUE_FIELDS } from "@/lib/crm/core/lead-filter";
import type { LeadPageRows, LeadsAddress } from "@/lib/crm/core/lead-list";
import { leadsHref } from "@/lib/crm/core/lead-list";
import type { EditedField } from "./filter-menu";
import { FilterMenu } from "./filter-menu";
import type { Chip, Words } from "./filter-words";
import { chipsOf } from "./filter-words";
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

const editable = (field: Chip["field"]): EditedField | undefined =>
  [...VALUE_FIELDS, ...SPAN_FIELDS, "amount" as const].find(
    (one) => one === field && one !== "company",
  );

/** The filters in force as chips to change or remove, and the way to add one. */
export function ListFilters({
  address,
  words,
  instead,
}: {
  address: LeadsAddress;
  words: Words;
  instead: LeadPageRows["instead"];
}) {
  const [edited, setEdited] = useState<EditedField>();
  const chips = chipsOf(address.filter, words).filter(({ field }) => field !== "q");
  return (
    <div className={classes.filters}>
      <SearchField address={address} />
      <ul className={classes.chips} aria-label={t("filter.label")}>
        {chips.map((chip) => {
          const field = editable(chip.field);
          return (
            <li key={chip.key}>
              {field === undefined ? (
                <span>{chip.words}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => setEdited(field)}
                  title={t("filter.edit", { what: chip.words })}
                >
                  {chip.words}
                </button>
              )}
              <Link
                href={leadsHref({ ...address, filter: chip.without, cursor: undefined })}
                aria-label={t("filter.remove", { what: chip.words })}
              >
                <IconX size={12} stroke={1.8} aria-hidden="true" />
              </Link>
            </li>
          );
        })}
      </ul>
      <FilterMenu address={address} words={words} edited={edited} onEdited={setEdited} />
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
