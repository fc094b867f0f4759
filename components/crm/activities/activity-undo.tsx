"use client";

import { notifications } from "@mantine/notifications";
import undo from "@/components/crm/undo-toast.module.css";
import type { ActivityAnswer } from "@/lib/crm/core/activity-answer";
import { t } from "@/lib/crm/core/activity-text";

/** Says that something could not be done, as the server put it. */
export function tellFailure(message: string): void {
  notifications.show({ role: "alert", color: "danger", message, autoClose: 6_000 });
}

/** Says what was done, and for 8 seconds offers the way back. */
export function offerUndo(id: string, words: string, back: () => Promise<ActivityAnswer>): void {
  const toast = `activity-${id}`;
  const takeBack = async () => {
    notifications.hide(toast);
    try {
      const answer = await back();
      if (answer.status === "done")
        notifications.show({
          role: "status",
          color: "accent",
          message: t("page.undone"),
          autoClose: 4_000,
        });
      else tellFailure(answer.message);
    } catch {
      tellFailure(t("page.failed"));
    }
  };
  notifications.hide(toast);
  notifications.show({
    id: toast,
    role: "status",
    color: "accent",
    autoClose: 8_000,
    message: (
      <span className={undo.notice}>
        <span>{words}</span>
        <button type="button" onClick={() => void takeBack()}>
          {t("page.undo")}
        </button>
      </span>
    ),
  });
}
