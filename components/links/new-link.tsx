"use client";

import { Button, Modal, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState, useTransition } from "react";
import { createLinkAction } from "@/lib/links/actions";
import classes from "./dialog.module.css";
import { payload } from "./payload";
import { words } from "./words";

type Source = { readonly id: string; readonly name: string };

/** Asks for a name and makes the link, with the settings of `from` where there is one. */
export function NewLinkDialog({
  from,
  sources,
  opened,
  onClose,
}: {
  from?: Source;
  /** Links whose settings can be chosen to begin with. */
  sources?: readonly Source[];
  opened: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const [name, setName] = useState(from ? words("new.copyName", { name: from.name }) : "");
  const [chosen, setChosen] = useState<string | null>(from?.id ?? null);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();

  const make = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const data = chosen === null ? { name } : { name, from: chosen };
      const answer = await createLinkAction(payload(data));
      if (answer.status === "made") router.push(`/links/${answer.id}`);
      else setError(answer.status === "failed" ? answer.message : Object.values(answer.fields)[0]);
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={from ? words("new.duplicateTitle", { name: from.name }) : words("new.title")}
    >
      <form className={classes.form} onSubmit={make} noValidate>
        <TextInput
          data-autofocus
          label={words("new.name")}
          description={words("new.help")}
          value={name}
          error={error}
          maxLength={160}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setError(undefined);
          }}
        />
        {from || sources === undefined || sources.length === 0 ? null : (
          <Select
            label={words("new.from")}
            placeholder={words("new.scratch")}
            data={sources.map((source) => ({ value: source.id, label: source.name }))}
            value={chosen}
            onChange={setChosen}
            clearable
            searchable
          />
        )}
        <div className={classes.actions}>
          <Button variant="subtle" onClick={onClose}>
            {words("new.cancel")}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {words("new.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The list's one action. */
export function NewLink({ sources }: { sources: readonly Source[] }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="filled"
        leftSection={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {words("new.button")}
      </Button>
      {opened ? <NewLinkDialog sources={sources} opened onClose={() => setOpened(false)} /> : null}
    </>
  );
}
