"use client";

import { Menu } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { FilterChoices } from "@/lib/dashboards/core/page";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import type { FilterField } from "@/lib/metrics/core/question";
import { FILTER_FIELDS, NO_FILTER } from "@/lib/metrics/core/question";
import type { Calendar } from "./range-chip";
import { CompareChip, RangeChip } from "./range-chip";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import { ValuesChip } from "./values-chip";

/** Always there; the others are added. */
const STANDING: readonly FilterField[] = ["team", "owner", "source"];

type Props = {
  readonly state: ViewState;
  readonly choices: FilterChoices;
  readonly calendar: Calendar;
  readonly currency: string;
  readonly onShow: (state: ViewState) => void;
};

function AddFilter({
  fields,
  onAdd,
}: {
  fields: readonly FilterField[];
  onAdd: (field: FilterField) => void;
}) {
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 0 }} returnFocus>
      <Menu.Target>
        <button type="button" className={`${classes.chip} ${classes.add}`} data-filter="add">
          <IconPlus size={14} stroke={1.6} aria-hidden="true" />
          {t("filter.add")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {fields.map((field) => (
          <Menu.Item key={field} onClick={() => onAdd(field)}>
            {t(`filter.field.${field}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Everything a dashboard is asked for, as chips. What is chosen is the address; nothing is kept beside it. */
export function FilterBar({ state, choices, calendar, currency, onShow }: Props) {
  const [opened, setOpened] = useState<FilterField>();
  const shown = FILTER_FIELDS.filter(
    (field) => STANDING.includes(field) || state.filter[field].length > 0 || opened === field,
  );
  const isSet = FILTER_FIELDS.some((field) => state.filter[field].length > 0);
  return (
    <fieldset className={classes.filters} aria-label={t("filter.label")}>
      <RangeChip state={state} calendar={calendar} onShow={onShow} />
      <CompareChip state={state} calendar={calendar} onShow={onShow} />
      {shown.map((field) => (
        <ValuesChip
          key={field}
          offered={{ field, choices: choices[field] }}
          chosen={state.filter[field]}
          opened={opened === field}
          onOpened={(open) => setOpened(open ? field : undefined)}
          onChoose={(values) => onShow({ ...state, filter: { ...state.filter, [field]: values } })}
        />
      ))}
      <AddFilter fields={FILTER_FIELDS} onAdd={setOpened} />
      {isSet ? (
        <button
          type="button"
          className={`${classes.chip} ${classes.clear}`}
          aria-label={t("filter.clearAll")}
          title={t("filter.clearAll")}
          onClick={() => onShow({ ...state, filter: NO_FILTER })}
        >
          <IconX size={14} stroke={1.6} aria-hidden="true" />
        </button>
      ) : null}
      <span className={classes.end}>{t("filter.base", { currency })}</span>
    </fieldset>
  );
}
