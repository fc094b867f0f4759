"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { payload } from "@/components/links/payload";
import { removePartyAction } from "@/lib/crm/actions/parties";
import type { PartyRecord } from "@/lib/crm/core/party";
import { t } from "./party-text";

/** Deletes a company or a contact, with the way back in the notice; of a deleted one, brings it back. */
export function RemoveButton({
  record,
  id,
  name,
  removed,
}: {
  record: PartyRecord;
  id: string;
  name: string;
  /** How it is now. */
  removed: boolean;
}) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const set = (to: boolean) =>
    start(async () => {
      const answer = await removePartyAction(payload({ record, id, removed: to }));
      if (answer.status === "refused") {
        notifications.show({ role: "alert", color: "danger", message: answer.message });
        return;
      }
      router.refresh();
      const notice = `removed-${id}`;
      notifications.show({
        id: notice,
        role: "status",
        color: "accent",
        message: to ? (
          <span>
            {t("party.deletedDone", { name })}{" "}
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                notifications.hide(notice);
                set(false);
              }}
            >
              {t("party.undo")}
            </Button>
          </span>
        ) : (
          t("party.restoredDone", { name })
        ),
      });
    });
  return (
    <Button {...(removed ? {} : { color: "danger" })} loading={busy} onClick={() => set(!removed)}>
      {t(removed ? "party.restore" : "party.delete")}
    </Button>
  );
}
