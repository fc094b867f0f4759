"use client";

import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { payload } from "@/components/links/payload";
import { configureViewAction, preferViewAction } from "@/lib/dashboards/actions/views";
import type {
  DashboardViewAct,
  DashboardViewAnswer,
  PreferenceInput,
} from "@/lib/dashboards/core/view-input";
import { t } from "./shell-text";

export type ViewActs = {
  readonly configure: (act: DashboardViewAct) => Promise<DashboardViewAnswer>;
  readonly prefer: (preference: PreferenceInput) => Promise<DashboardViewAnswer>;
};

export const tell = (message: string, isTrouble = false): void =>
  void notifications.show({
    role: "status",
    color: isTrouble ? "danger" : "accent",
    message,
    autoClose: 4_000,
  });

async function sent(answer: Promise<DashboardViewAnswer>): Promise<DashboardViewAnswer> {
  try {
    return await answer;
  } catch {
    return { status: "refused", message: t("views.failed") };
  }
}

/** What is done with views, and the page's own views read anew afterwards. */
export function useViewActs(): ViewActs {
  const router = useRouter();
  const configure = useCallback(
    async (act: DashboardViewAct) => {
      const answer = await sent(configureViewAction(payload(act)));
      if (answer.status === "done") router.refresh();
      return answer;
    },
    [router],
  );
  const prefer = useCallback(
    async (preference: PreferenceInput) => {
      const answer = await sent(preferViewAction(payload(preference)));
      if (answer.status === "done" && preference.startViewId !== undefined) router.refresh();
      return answer;
    },
    [router],
  );
  return { configure, prefer };
}
