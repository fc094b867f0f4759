"use client";

import { Button, Modal, Radio, Stack, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useState } from "react";
import type { Visibility } from "@/lib/dashboards/core/page";
import classes from "./shell.module.css";
import { t } from "./shell-text";

export type Named = { readonly name: string; readonly visibility: Visibility };

/** Asks for a view's name, and for who sees it when it is new. What is wrong is said beside the name. */
export function ViewDialog({
  title,
  initial,
  withVisibility,
  onSave,
  onClose,
}: {
  title: string;
  initial: Named;
  withVisibility: boolean;
  /** Undefined when it is saved; else what is wrong. */
  onSave: (named: Named) => Promise<string | undefined>;
  onClose: () => void;
}) {
  const [name, setName] = useState(initial.name);
  const [visibility, setVisibility] = useState(initial.visibility);
  const [wrong, setWrong] = useState<string>();
  const [saving, setSaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const answer = await onSave({ name: name.trim(), visibility });
    setSaving(false);
    if (answer === undefined) onClose();
    else setWrong(answer);
  };
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("views.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
            data-autofocus
            error={wrong}
          />
          {withVisibility ? (
            <Radio.Group
              label={t("views.who")}
              value={visibility}
              onChange={(value) => setVisibility(value === "shared" ? "shared" : "private")}
            >
              <Stack gap={6} mt={4}>
                <Radio value="private" label={t("views.onlyMe")} />
                <Radio value="shared" label={t("views.everybody")} />
              </Stack>
            </Radio.Group>
          ) : null}
          <div className={classes.row}>
            <Button variant="default" onClick={onClose}>
              {t("views.cancel")}
            </Button>
            <Button type="submit" loading={saving} disabled={name.trim() === ""}>
              {t("views.create")}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
