"use client";

import { ActionIcon, Button, Checkbox, Modal } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Layout } from "@/lib/dashboards/core/page";
import { laidOut, USUAL_LAYOUT } from "@/lib/dashboards/core/page";
import classes from "./shell.module.css";
import { t } from "./shell-text";

type Named = { readonly name: string; readonly title: string };

function swapped(order: readonly string[], at: number, by: 1 | -1): readonly string[] {
  const next = [...order];
  const [one, other] = [next[at], next[at + by]];
  if (one === undefined || other === undefined) return order;
  next[at] = other;
  next[at + by] = one;
  return next;
}

/** Which blocks are shown, in which order; seen at once behind the dialog, and kept when the view is saved. */
export function LayoutDialog({
  blocks,
  layout,
  viewName,
  onChange,
  onClose,
}: {
  blocks: readonly Named[];
  layout: Layout;
  viewName: string | undefined;
  onChange: (layout: Layout) => void;
  onClose: () => void;
}) {
  const names = blocks.map(({ name }) => name);
  const order = laidOut(names, { ...layout, hidden: [] });
  const titleOf = (name: string) => blocks.find((block) => block.name === name)?.title ?? name;
  const toggle = (name: string, shown: boolean) =>
    onChange({
      ...layout,
      hidden: shown ? layout.hidden.filter((one) => one !== name) : [...layout.hidden, name],
    });
  return (
    <Modal opened onClose={onClose} title={t("layout.title")} size="md">
      {order.map((name, at) => (
        <div key={name} className={classes.layoutRow}>
          <Checkbox
            size="xs"
            label={titleOf(name)}
            aria-label={t("layout.show", { name: titleOf(name) })}
            checked={!layout.hidden.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t("layout.up", { name: titleOf(name) })}
            disabled={at === 0}
            onClick={() => onChange({ ...layout, order: swapped(order, at, -1) })}
          >
            <IconArrowUp size={14} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            aria-label={t("layout.down", { name: titleOf(name) })}
            disabled={at === order.length - 1}
            onClick={() => onChange({ ...layout, order: swapped(order, at, 1) })}
          >
            <IconArrowDown size={14} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <p className={classes.quiet}>
        {viewName === undefined ? t("layout.hintUnsaved") : t("layout.hint", { name: viewName })}
      </p>
      <div className={classes.row}>
        <Button variant="subtle" onClick={() => onChange(USUAL_LAYOUT)}>
          {t("layout.usual")}
        </Button>
        <Button onClick={onClose}>{t("layout.done")}</Button>
      </div>
    </Modal>
  );
}
