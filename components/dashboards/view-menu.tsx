"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import type { DashboardPageData, Layout, SavedView } from "@/lib/dashboards/core/page";
import { USUAL_VIEW } from "@/lib/dashboards/core/page";
import type { DashboardViewAct } from "@/lib/dashboards/core/view-input";
import { usualState } from "@/lib/dashboards/core/view-state";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import type { ViewActs } from "./use-view-acts";
import { tell } from "./use-view-acts";
import type { ShownView } from "./use-view-state";
import { ViewDialog } from "./view-dialogs";

const UNDO_MS = 8_000;

type Change = Omit<Extract<DashboardViewAct, { act: "change" }>, "act" | "id" | "version">;

function offerUndo(view: SavedView, acts: ViewActs): void {
  const id = `view-${view.id}`;
  const undo = async () => {
    notifications.hide(id);
    const answer = await acts.configure({ act: "restore", id: view.id });
    if (answer.status === "done") tell(t("views.restored", { name: view.name }));
    else tell(answer.message, true);
  };
  notifications.show({
    id,
    role: "status",
    color: "accent",
    autoClose: UNDO_MS,
    message: (
      <span className={classes.row}>
        {t("views.deleted", { name: view.name })}
        <Button size="xs" variant="subtle" onClick={undo}>
          {t("views.undo")}
        </Button>
      </span>
    ),
  });
}

/** What is done with the view that is shown: those who configure change it, everybody chooses where to begin. */
function NamedViewMenu({
  page,
  view,
  shown,
  acts,
}: {
  page: DashboardPageData;
  view: SavedView;
  shown: ShownView;
  acts: ViewActs;
}) {
  const [renaming, setRenaming] = useState(false);
  const { dashboard, rights } = page;
  const { id, version, name } = view;
  const change = async (what: Change): Promise<string | undefined> => {
    const answer = await acts.configure({ act: "change", id, version, ...what });
    if (answer.status !== "done") return answer.message;
    tell(t("views.updated", { name: what.name ?? name }));
    return undefined;
  };
  const changeOrTell = async (what: Change) => {
    const wrong = await change(what);
    if (wrong !== undefined) tell(wrong, true);
  };
  const begin = async (startViewId: string | null) => {
    const answer = await acts.prefer({ dashboard, startViewId });
    if (answer.status !== "done") tell(answer.message, true);
  };
  const drop = async () => {
    const answer = await acts.configure({ act: "delete", id, version });
    if (answer.status !== "done") return tell(answer.message, true);
    shown.show(usualState(dashboard), USUAL_VIEW);
    offerUndo(view, acts);
  };
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button
            variant="subtle"
            size="xs"
            px={6}
            aria-label={t("views.options", { name })}
            title={t("views.options", { name })}
          >
            <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => begin(view.isStart ? null : id)}>
            {t(view.isStart ? "views.noStart" : "views.makeStart")}
          </Menu.Item>
          {rights.configure ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => setRenaming(true)}>{t("views.rename")}</Menu.Item>
              {view.visibility === "private" ? (
                <Menu.Item onClick={() => changeOrTell({ visibility: "shared" })}>
                  {t("views.share")}
                </Menu.Item>
              ) : (
                <>
                  {view.own ? (
                    <Menu.Item onClick={() => changeOrTell({ visibility: "private" })}>
                      {t("views.unshare")}
                    </Menu.Item>
                  ) : null}
                  <Menu.Item onClick={() => changeOrTell({ isDefault: !view.isDefault })}>
                    {t(view.isDefault ? "views.noDefault" : "views.makeDefault")}
                  </Menu.Item>
                </>
              )}
              <Menu.Item color="danger" onClick={drop}>
                {t("views.delete")}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {renaming ? (
        <ViewDialog
          title={t("views.rename")}
          initial={view}
          withVisibility={false}
          onSave={(named) => change({ name: named.name })}
          onClose={() => setRenaming(false)}
        />
      ) : null}
    </>
  );
}

/** The right end of the tabs: keep what is shown, in the view it came from or in a new one. */
export function ViewMenu({
  page,
  shown,
  layout,
  layoutChanged,
  acts,
}: {
  page: DashboardPageData;
  shown: ShownView;
  /** How the blocks are arranged now, kept or not. */
  layout: Layout;
  layoutChanged: boolean;
  acts: ViewActs;
}) {
  const [saving, setSaving] = useState(false);
  const { dashboard, rights } = page;
  const { view, query, state, changed } = shown;
  const update = async (named: SavedView) => {
    const { id, version, name } = named;
    const answer = await acts.configure({ act: "change", id, version, query, layout });
    if (answer.status === "done") tell(t("views.updated", { name }));
    else tell(answer.message, true);
  };
  return (
    <>
      {rights.configure && view !== undefined && (changed || layoutChanged) ? (
        <Button variant="subtle" size="xs" onClick={() => update(view)}>
          {t("views.update", { name: view.name })}
        </Button>
      ) : null}
      {rights.configure ? (
        <Button variant="subtle" size="xs" onClick={() => setSaving(true)}>
          {t("views.save")}
        </Button>
      ) : null}
      {view === undefined ? null : (
        <NamedViewMenu key={view.id} page={page} view={view} shown={shown} acts={acts} />
      )}
      {saving ? (
        <ViewDialog
          title={t("views.save")}
          initial={{ name: "", visibility: "private" }}
          withVisibility
          onSave={async (named) => {
            const answer = await acts.configure({
              act: "make",
              dashboard,
              query,
              layout,
              ...named,
            });
            if (answer.status !== "done") return answer.message;
            shown.show(state, answer.id);
            tell(t("views.saved", { name: named.name }));
            return undefined;
          }}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </>
  );
}
