"use client";

import { Button, MultiSelect, NativeSelect, NumberInput, Popover, TagsInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState } from "react";
import { parseSpan, SPAN_PRESETS, spanText } from "@/lib/crm/core/day-span";
import type { LeadFilter, SpanField, ValueField } from "@/lib/crm/core/lead-filter";
import { SPAN_FIELDS, VALUE_FIELDS, withSpan, withValues } from "@/lib/crm/core/lead-filter";
import type { Words } from "./filter-words";
import { fieldName, optionsOf } from "./filter-words";
import classes from "./leads.module.css";
import { t } from "./list-text";

export type EditedField = ValueField | SpanField | "amount";

const FIELDS: readonly EditedField[] = [
  ...VALUE_FIELDS.filter((field) => field !== "company"),
  "amount",
  ...SPAN_FIELDS,
];
const isSpan = (field: EditedField): field is SpanField => SPAN_FIELDS.some((one) => one === field);

type PartProps<Field> = {
  readonly field: Field;
  readonly filter: LeadFilter;
  readonly words: Words;
  readonly onChange: (filter: LeadFilter) => void;
};

function ValuesPart({ field, filter, words, onChange }: PartProps<ValueField>) {
  const options = optionsOf(field, words);
  const props = {
    label: t("filter.values"),
    value: [...filter[field]],
    onChange: (values: string[]) => onChange(withValues(filter, field, values as never)),
    comboboxProps: { withinPortal: false },
  };
  return options === undefined ? (
    <TagsInput {...props} />
  ) : (
    <MultiSelect {...props} data={[...options]} searchable clearable maxDropdownHeight={220} />
  );
}

function SpanPart({ field, filter, onChange }: PartProps<SpanField>) {
  const choice = filter.spans[field];
  const own = choice !== undefined && "from" in choice ? choice : undefined;
  const set = (said: string) => onChange(withSpan(filter, field, parseSpan(said)));
  const day = (which: "from" | "until", value: string) =>
    set(which === "from" ? `${value}..${own?.until ?? ""}` : `${own?.from ?? ""}..${value}`);
  return (
    <>
      <NativeSelect
        label={t("filter.values")}
        value={choice === undefined || own !== undefined ? "" : spanText(choice)}
        onChange={(event) => set(event.currentTarget.value)}
        data={[
          { value: "", label: "–" },
          ...SPAN_PRESETS.map((preset) => ({ value: preset, label: t(`span.${preset}`) })),
          ...(field === "created" ? [] : [{ value: "none", label: t("span.none") }]),
        ]}
      />
      <div className={classes.pair}>
        {(["from", "until"] as const).map((which) => (
          <label key={which}>
            {t(which === "from" ? "filter.least" : "filter.most")}
            <input
              type="date"
              value={own?.[which] ?? ""}
              onChange={(event) => day(which, event.currentTarget.value)}
            />
          </label>
        ))}
      </div>
    </>
  );
}

function AmountPart({ filter, words, onChange }: Omit<PartProps<"amount">, "field">) {
  const { least = null, most = null } = filter.amount ?? {};
  const set = (next: { least: number | null; most: number | null }) =>
    onChange({ ...filter, amount: next.least === null && next.most === null ? null : next });
  const numberOf = (value: string | number) =>
    value === "" || !Number.isFinite(Number(value)) ? null : Math.round(Number(value));
  const props = {
    min: 0,
    max: 1e14,
    thousandSeparator: ",",
    suffix: ` ${words.currency}`,
    allowDecimal: false,
  };
  return (
    <div className={classes.pair}>
      <NumberInput
        {...props}
        label={t("filter.least")}
        value={least ?? ""}
        onChange={(value) => set({ least: numberOf(value), most })}
      />
      <NumberInput
        {...props}
        label={t("filter.most")}
        value={most ?? ""}
        onChange={(value) => set({ least, most: numberOf(value) })}
      />
    </div>
  );
}

/** A place that is filtered: what it shows, and the address of another filter. */
export type Filtered = {
  readonly filter: LeadFilter;
  readonly words: Words;
  readonly hrefOf: (filter: LeadFilter) => string;
  /** Fields the place settles itself. */
  readonly without?: readonly EditedField[];
};

function Editor({
  filter: before,
  words,
  hrefOf,
  without = [],
  first,
  onDone,
}: Filtered & {
  first: EditedField;
  onDone: () => void;
}) {
  const router = useRouter();
  const [field, setField] = useState(first);
  const [filter, setFilter] = useState(before);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    router.push(hrefOf(filter));
    onDone();
  };
  const props = { filter, words, onChange: setFilter };
  return (
    <form className={classes.editor} onSubmit={apply}>
      <NativeSelect
        label={t("filter.field")}
        value={field}
        onChange={(event) =>
          setField(FIELDS.find((one) => one === event.currentTarget.value) ?? field)
        }
        data={FIELDS.filter((one) => !without.includes(one)).map((one) => ({
          value: one,
          label: fieldName(one),
        }))}
      />
      {field === "amount" ? <AmountPart {...props} /> : null}
      {isSpan(field) ? <SpanPart field={field} {...props} /> : null}
      {field === "amount" || isSpan(field) ? null : <ValuesPart field={field} {...props} />}
      <Button type="submit" variant="filled" size="compact-sm">
        {t("filter.apply")}
      </Button>
    </form>
  );
}

/** Adds a filter or changes one: a field and its values; the list is asked for again when it is applied. */
export function FilterMenu({
  edited,
  onEdited,
  ...place
}: Filtered & {
  edited: EditedField | undefined;
  onEdited: (field: EditedField | undefined) => void;
}) {
  const usual = place.without?.includes("status") ? "owner" : "status";
  return (
    <Popover
      opened={edited !== undefined}
      onChange={(opened) => onEdited(opened ? usual : undefined)}
      position="bottom-start"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.add}
          aria-expanded={edited !== undefined}
          onClick={() => onEdited(edited === undefined ? usual : undefined)}
        >
          <IconPlus size={13} stroke={1.8} aria-hidden="true" />
          {t("filter.add")}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("filter.add")}>
        <Editor
          key={edited}
          {...place}
          first={edited ?? usual}
          onDone={() => onEdited(undefined)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
