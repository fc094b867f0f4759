"use server";

import { payloadOf } from "@/lib/actions/payload";
import { withAction } from "@/lib/actions/with-action";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import { configureView } from "../commands/configure-view";
import { preferView } from "../commands/prefer-view";
import type { DashboardViewAnswer, DashboardViewRefusal } from "../core/view-input";
import { dashboardViewAct, MOST_VIEWS, preferenceInput } from "../core/view-input";

const WORDS: Readonly<Record<DashboardViewRefusal, string>> = {
  "name-taken": "You have a view of this name already.",
  "too-many": `You have ${MOST_VIEWS} views here already. Delete one first.`,
  "not-here": "This view is not there any more. Load the page again.",
  "changed-meanwhile": "Somebody changed this view meanwhile. Load the page again to see how.",
  "not-yours": "Only whose view it is can make it private.",
  "default-is-shared": "What everybody begins with has to be shared.",
};

const refused = (message: string): DashboardViewAnswer => ({ status: "refused", message });

/** Makes, changes, deletes or brings back a view of a dashboard, as the payload says. */
export async function configureViewAction(form: FormData): Promise<DashboardViewAnswer> {
  return withAction<DashboardViewAnswer>(
    "configure-dashboard-view",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(dashboardViewAct, form);
      if (!asked?.success) return refused("Give the view a name of at most 60 characters.");
      const done = await configureView({ actor, asked: asked.data }, runtime());
      return done.ok ? { status: "done", id: done.value.id } : refused(WORDS[done.refusal]);
    },
    refused,
  );
}

/** Keeps how its sender reads a dashboard. */
export async function preferViewAction(form: FormData): Promise<DashboardViewAnswer> {
  return withAction<DashboardViewAnswer>(
    "prefer-dashboard-view",
    async () => {
      const actor = await getMember();
      const asked = payloadOf(preferenceInput, form);
      if (!asked?.success) return refused("This was not understood. Load the page again.");
      const done = await preferView({ actor, asked: asked.data }, runtime());
      return done.ok ? { status: "done", id: asked.data.dashboard } : refused(WORDS["not-here"]);
    },
    refused,
  );
}
