"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import Link from "next/link";
import { askTheRules } from "@/components/crm/activities/ask-the-rules";
import { t as activity } from "@/lib/crm/core/activity-text";
import type { DealView } from "@/lib/crm/core/deal-view";
import type { Asked } from "./act-dialogs";
import { t } from "./deal-text";
import type { DealActs } from "./use-deal-acts";

const ITEMS = ["lose", "junk", "park", "assign", "rules", "reopen", "merge", "delete"] as const;
type Item = (typeof ITEMS)[number];

/** What this reader may do with it as it stands. */
function itemsFor({ lead, permitted }: DealView): readonly Item[] {
  if (lead.deletedAt !== null) return [];
  const open = lead.status === "open";
  const changes = permitted.includes("lead.change");
  const fits: Readonly<Record<Item, boolean>> = {
    lose: open && changes,
    junk: open && changes && lead.kind === "lead",
    park: open && changes,
    assign: permitted.includes("lead.assign"),
    // What is nobody's may be given out by whoever sees it; the rest by who gives deals to others.
    rules: open && (lead.ownerId === null || permitted.includes("lead.assign")),
    reopen: !open && changes,
    merge: permitted.includes("lead.merge"),
    delete: permitted.includes("lead.delete"),
  };
  return ITEMS.filter((item) => fits[item]);
}

/** Everything that is not done daily; nothing where nothing is permitted. */
export function DealMenu({
  view,
  acts,
  onAsk,
}: {
  view: DealView;
  acts: DealActs;
  onAsk: (what: Asked) => void;
}) {
  const items = itemsFor(view);
  if (items.length === 0) return null;
  const press = (item: Exclude<Item, "merge">) => {
    if (item === "rules") void askTheRules([view.lead.id], acts.refresh);
    else if (item === "reopen" || item === "delete") void acts.press({ kind: item });
    else onAsk(item);
  };
  return (
    <Menu keepMounted={false} position="bottom-end">
      <Menu.Target>
        <ActionIcon size={28} variant="subtle" aria-label={t("deal.more")}>
          <IconDots size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) =>
          item === "merge" ? (
            <Menu.Item key={item} component={Link} href={`/leads/${view.lead.id}/merge`}>
              {t("more.merge")}
            </Menu.Item>
          ) : (
            <Menu.Item
              key={item}
              {...(item === "delete" ? { color: "danger" } : {})}
              onClick={() => press(item)}
            >
              {item === "rules" ? activity("rules.ask") : t(`more.${item}`)}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
