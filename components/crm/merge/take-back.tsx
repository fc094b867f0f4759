"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import { payload } from "@/components/links/payload";
import { undoMergeAction } from "@/lib/crm/actions/merge";
import { undoPartyMergeAction } from "@/lib/crm/actions/merge-parties";
import type { PlainAnswer } from "@/lib/crm/core/deal-answer";
import { t } from "./merge-text";

/** What was merged: companies and contacts are parted by another way than leads. */
export type Merged = { readonly mergeId: string; readonly record: "lead" | "company" | "contact" };

async function asked({ mergeId, record }: Merged): Promise<PlainAnswer> {
  try {
    const undo = record === "lead" ? undoMergeAction : undoPartyMergeAction;
    return await undo(payload({ mergeId }));
  } catch {
    return { status: "refused", message: t("unreachable") };
  }
}

async function takeBack(merged: Merged, onChanged: () => void): Promise<void> {
  const answer = await asked(merged);
  const done = answer.status === "done";
  notifications.show({
    role: done ? "status" : "alert",
    color: done ? "accent" : "danger",
    message: done ? t("undone") : answer.message,
  });
  onChanged();
}

/** Takes a merge back, and says whether it could be. */
export function TakeBackButton({
  onChanged,
  ...merged
}: Merged & { readonly onChanged: () => void }) {
  const [busy, start] = useTransition();
  return (
    <Button size="xs" loading={busy} onClick={() => start(() => takeBack(merged, onChanged))}>
      {t("takeBack")}
    </Button>
  );
}

/** Says that it is merged, with the way back in the notice. */
export function showMerged(name: string, merged: Merged, onChanged: () => void): void {
  const id = `merge-${merged.mergeId}`;
  notifications.show({
    id,
    role: "status",
    color: "accent",
    message: (
      <span>
        {t("done", { name })}{" "}
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            void takeBack(merged, onChanged);
          }}
        >
          {t("undo")}
        </Button>
      </span>
    ),
  });
}
