"use client";

import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { SPAN_FIELDS, VALUE_FIELDS } from "@/lib/crm/core/lead-filter";
import type { EditedField, Filtered } from "./filter-menu";
import { FilterMenu } from "./filter-menu";
import type { Chip } from "./filter-words";
import { chipsOf } from "./filter-words";
import classes from "./leads.module.css";
import { t } from "./list-text";

const editable = (field: Chip["field"]): EditedField | undefined =>
  [...VALUE_FIELDS, ...SPAN_FIELDS, "amount" as const].find(
    (one) => one === field && one !== "company",
  );

/** The filters in force as chips to change or remove, and the way to add one. */
export function FilterChips({ withWords, ...place }: Filtered & { withWords: boolean }) {
  const [edited, setEdited] = useState<EditedField>();
  const chips = chipsOf(place.filter, place.words).filter(
    ({ field }) => withWords || field !== "q",
  );
  return (
    <>
      {chips.length === 0 ? null : (
        <ul className={classes.chips} aria-label={t("filter.label")}>
          {chips.map((chip) => {
            const field = editable(chip.field);
            return (
              <li key={chip.key}>
                {field === undefined || place.without?.includes(field) ? (
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
                  href={place.hrefOf(chip.without)}
                  aria-label={t("filter.remove", { what: chip.words })}
                >
                  <IconX size={12} stroke={1.8} aria-hidden="true" />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      <FilterMenu {...place} edited={edited} onEdited={setEdited} />
    </>
  );
}
