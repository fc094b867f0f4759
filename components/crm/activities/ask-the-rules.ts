"use client";

import { notifications } from "@mantine/notifications";
import { payload } from "@/components/links/payload";
import { assignByRulesAction } from "@/lib/crm/actions/activities";
import { t } from "@/lib/crm/core/activity-text";
import { tellFailure } from "./activity-undo";

/** Has the rules give out these leads, and says whose it is now, or why it waits or stays, in the rules' own words. */
export async function askTheRules(ids: readonly string[], refresh: () => void): Promise<void> {
  try {
    const answer = await assignByRulesAction(payload({ ids }));
    if (answer.status === "refused") {
      tellFailure(answer.message);
      return;
    }
    const [only] = answer.given;
    const words =
      ids.length === 1
        ? (only?.reason ?? t("rules.none"))
        : t("rules.given", {
            given: answer.given.filter(({ ownerId }) => ownerId !== null).length,
            waiting: answer.given.filter(({ ownerId }) => ownerId === null).length,
            skipped: answer.skipped,
          });
    notifications.show({ role: "status", color: "accent", message: words, autoClose: 8_000 });
    refresh();
  } catch {
    tellFailure(t("page.failed"));
  }
}
