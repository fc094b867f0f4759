"use client";

import { Button, Checkbox, Menu, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { keepViewAction } from "@/lib/crm/actions/views";
import type { LeadView } from "@/lib/crm/core/lead-list";
import type { ViewAct } from "@/lib/crm/core/view-input";
import classes from "./leads.module.css";
import { t } from "./list-text";

function useViewActs() {
  const router = useRouter();
  return async (asked: ViewAct, words?: string): Promise<string | undefined> => {
    try {
      const answer = await keepViewAction(payload(asked));
      const done = answer.status === "done";
      if (!done || words !== undefined)
        notifications.show({
          role: "status",
          color: done ? "accent" : "danger",
          message: done ? words : answer.message,
        });
      if (done) router.refresh();
      return done ? answer.id : undefined;
    } catch {
      notifications.show({ role: "status", color: "danger", message: t("bulk.failed") });
      return undefined;
    }
  };
}

/** Asks what the view that is shown should be called, keeps it and goes to it. */
export function KeepDialog({
  place,
  query,
  hrefOf,
  onClose,
}: {
  place: "leads" | "pipeline";
  query: string;
  hrefOf: (id: string) => string;
  onClose: () => void;
}) {
  const router = useRouter();
  const act = useViewActs();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const id = await act({ act: "keep", place, name, query, shared }, t("views.kept"));
    if (id === undefined) return;
    onClose();
    router.push(hrefOf(id));
    router.refresh();
  };
  return (
    <Modal opened onClose={onClose} title={t("views.keep")}>
      <form className={classes.editor} onSubmit={(event) => void keep(event)}>
        <TextInput
          data-autofocus
          required
          maxLength={60}
          label={t("views.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t("views.share")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit">{t("views.save")}</Button>
      </form>
    </Modal>
  );
}

/** What is done with a view of one's own, as items of a menu. */
export function OwnViewItems({
  view,
  query,
  allHref,
  withDefault = false,
}: {
  view: LeadView;
  /** What is shown now, for the view to keep instead. */
  query: string;
  /** Where to go when the view is dropped. */
  allHref: string;
  withDefault?: boolean;
}) {
  const act = useViewActs();
  const router = useRouter();
  const { id, name, shared, isDefault } = view;
  const change = (fields: object) => void act({ act: "change", id, ...fields });
  const drop = async () => {
    if ((await act({ act: "drop", id }, t("views.dropped"))) !== undefined) router.push(allHref);
  };
  return (
    <>
      <Menu.Item onClick={() => change({ query })}>{t("views.update", { name })}</Menu.Item>
      {withDefault ? (
        <Menu.Item onClick={() => change({ isDefault: !isDefault })}>
          {isDefault ? t("views.noDefault") : t("views.makeDefault", { name })}
        </Menu.Item>
      ) : null}
      <Menu.Item onClick={() => change({ shared: !shared })}>
        {t(shared ? "views.unshare" : "views.shareOne", { name })}
      </Menu.Item>
      <Menu.Item onClick={() => void drop()}>{t("views.drop", { name })}</Menu.Item>
    </>
  );
}
