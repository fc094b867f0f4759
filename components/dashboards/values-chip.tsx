"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useState } from "react";
import type { Choice } from "@/lib/dashboards/core/page";
import type { FilterField } from "@/lib/metrics/core/question";
import { Chip } from "./chip";
import classes from "./shell.module.css";
import { t } from "./shell-text";

/** Beyond so many a list is searched, not scrolled. */
const SEARCHED_ABOVE = 8;

type Offered = { readonly field: FilterField; readonly choices: readonly Choice[] };

/** Those of the workspace, "none" last, and what an old address names and nobody knows any more. */
function offeredOf({ field, choices }: Offered, chosen: readonly string[]): readonly Choice[] {
  const known = [...choices, { id: "none", name: t(`filter.none.${field}`) }];
  const gone = chosen.filter((id) => known.every((choice) => choice.id !== id));
  return [...known, ...gone.map((id) => ({ id, name: t("filter.missing") }))];
}

export function valuesWords(offered: Offered, chosen: readonly string[]): string {
  const { field, choices } = offered;
  if (chosen.length === 0)
    return field === "owner" ? t("filter.anyone") : t("filter.any", { count: choices.length });
  const [first, ...more] = offeredOf(offered, chosen).filter(({ id }) => chosen.includes(id));
  return more.length === 0
    ? (first?.name ?? "")
    : t("filter.or", { first: first?.name ?? "", more: more.length });
}

function Editor({
  offered,
  chosen: before,
  onChoose,
}: {
  offered: Offered;
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}) {
  const [chosen, setChosen] = useState(before);
  const [search, setSearch] = useState("");
  const all = offeredOf(offered, before);
  const found = all.filter(({ name }) =>
    name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  );
  const toggle = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id].sort() : chosen.filter((one) => one !== id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoose(chosen);
  };
  return (
    <form className={classes.popover} onSubmit={submit}>
      {all.length > SEARCHED_ABOVE ? (
        <TextInput
          aria-label={t("filter.search")}
          placeholder={t("filter.search")}
          value={search}
          data-autofocus
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      <fieldset className={classes.options} aria-label={t(`filter.field.${offered.field}`)}>
        {found.map(({ id, name }) => (
          <Checkbox
            key={id}
            className={classes.option ?? ""}
            size="xs"
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
        ))}
        {found.length === 0 ? <p className={classes.quiet}>{t("filter.nothingFound")}</p> : null}
      </fieldset>
      <div className={classes.row}>
        <Button
          variant="subtle"
          size="xs"
          disabled={chosen.length === 0}
          onClick={() => setChosen([])}
        >
          {t("filter.clear")}
        </Button>
        <Button type="submit" size="xs">
          {t("filter.show")}
        </Button>
      </div>
    </form>
  );
}

/** A filter of several values: any of those chosen; none chosen is all of them. */
export function ValuesChip({
  offered,
  chosen,
  opened,
  onOpened,
  onChoose,
}: {
  offered: Offered;
  chosen: readonly string[];
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onChoose: (chosen: readonly string[]) => void;
}) {
  return (
    <Chip
      op={t(`filter.is.${offered.field}`)}
      value={valuesWords(offered, chosen)}
      on={chosen.length > 0}
      opened={opened}
      onChange={onOpened}
      field={offered.field}
    >
      <Editor
        key={chosen.join()}
        offered={offered}
        chosen={chosen}
        onChoose={(next) => {
          onOpened(false);
          onChoose(next);
        }}
      />
    </Chip>
  );
}
