"use client";

import { ActionIcon, TextInput } from "@mantine/core";
import { IconArchive, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { archiveAction, saveChoiceAction } from "@/lib/crm/actions/set-up";
import type { Choice, ChoiceKind } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { Sortable } from "./sortable";
import { UsedLink } from "./used-link";

type Kind = Exclude<ChoiceKind, "product">;

const FILTER: Readonly<Record<Kind, string>> = { lost: "reason", junk: "reason", source: "source" };

function Line({ kind, choice }: { kind: Kind; choice: Choice }) {
  const [editing, setEditing] = useState(false);
  const { id, name, used } = choice;
  const end = () => setEditing(false);
  if (editing)
    return (
      <SetUpForm
        action={saveChoiceAction}
        hidden={{ kind, id }}
        label={t("choices.renameNamed", { name })}
        submit={t("save")}
        onDone={end}
        onCancel={end}
      >
        {(problems) => (
          <TextInput
            name="name"
            label={t("choices.name")}
            defaultValue={name}
            maxLength={120}
            error={problems.name}
            data-autofocus
          />
        )}
      </SetUpForm>
    );
  return (
    <>
      <b>{name}</b>
      <UsedLink count={used} href={`/leads?${FILTER[kind]}=${id}`} />
      <span className={classes.tools}>
        <ActionIcon
          aria-label={t("choices.renameNamed", { name })}
          title={t("choices.rename")}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        <Act
          action={archiveAction}
          fields={{ what: kind, id, archived: "yes" }}
          label={t("archiveNamed", { name })}
          icon={<IconArchive size={16} stroke={1.6} aria-hidden="true" />}
        />
      </span>
    </>
  );
}

/** What can be chosen of one kind: added, renamed, put in order and put away. */
export function ChoicePart({ kind, items }: { kind: Kind; items: readonly Choice[] }) {
  const title = t(`choices.kinds.${kind}`);
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <Sortable what={kind} items={items.filter(({ archived }) => !archived)} label={title}>
        {(choice) => <Line kind={kind} choice={choice} />}
      </Sortable>
      <SetUpForm
        again
        action={saveChoiceAction}
        hidden={{ kind }}
        label={t(`choices.add.${kind}`)}
        submit={t("add")}
      >
        {(problems) => (
          <TextInput
            name="name"
            label={t(`choices.add.${kind}`)}
            maxLength={120}
            error={problems.name}
          />
        )}
      </SetUpForm>
      <Archived what={kind} items={items.filter(({ archived }) => archived)} />
    </section>
  );
}
