"use client";

import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconClockEdit,
  IconCopy,
  IconDots,
  IconLock,
  IconMailForward,
  IconUserOff,
} from "@tabler/icons-react";
import Link from "next/link";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { words } from "./editor/words";
import classes from "./meeting-actions.module.css";

export type QuickAct = "reopen" | "done" | "no-show" | "send-all";

const icon = { size: 16, stroke: 1.6, "aria-hidden": true } as const;

/** What somebody who may only read is told in the place of what they may not do. */
function Denied({ verb }: { verb: "verbEdit" | "verbCancel" | "verbReschedule" }) {
  return (
    <Menu.Item disabled leftSection={<IconLock {...icon} />} className={classes.denied}>
      {words("actions.denied", { verb: words(`actions.${verb}`) })}
    </Menu.Item>
  );
}

/** Everything else that can be done with a meeting; what this reader may not do says who may. */
export function MeetingMore({
  meeting,
  onAct,
}: {
  meeting: MeetingDetail;
  onAct: (act: QuickAct) => void;
}) {
  const may = (act: MeetingDetail["permitted"][number]) => meeting.permitted.includes(act);
  const open = ["pending", "draft", "confirmed"].includes(meeting.status);
  const closes = may("meeting.close");
  return (
    <Menu width={280}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={words("actions.more")}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may("meeting.edit") ? (
          <Menu.Item
            component={Link}
            href={`/meetings/${meeting.id}/edit#when-title`}
            leftSection={<IconClockEdit {...icon} />}
          >
            {words("actions.move")}
          </Menu.Item>
        ) : null}
        <Menu.Item
          component={Link}
          href={`/meetings/new?like=${meeting.id}`}
          leftSection={<IconCopy {...icon} />}
        >
          {words("actions.duplicate")}
        </Menu.Item>
        {closes && meeting.status !== "done" ? (
          <Menu.Item leftSection={<IconCircleCheck {...icon} />} onClick={() => onAct("done")}>
            {words("actions.done")}
          </Menu.Item>
        ) : null}
        {closes && meeting.status !== "no-show" ? (
          <Menu.Item leftSection={<IconUserOff {...icon} />} onClick={() => onAct("no-show")}>
            {words("actions.noShow")}
          </Menu.Item>
        ) : null}
        {may("meeting.reopen") ? (
          <Menu.Item leftSection={<IconArrowBackUp {...icon} />} onClick={() => onAct("reopen")}>
            {words("actions.toDraft")}
          </Menu.Item>
        ) : null}
        {may("meeting.resend") && meeting.mails.length > 0 ? (
          <Menu.Item leftSection={<IconMailForward {...icon} />} onClick={() => onAct("send-all")}>
            {words("actions.sendAll")}
          </Menu.Item>
        ) : null}
        {open && !may("meeting.edit") ? (
          <>
            <Denied verb="verbEdit" />
            <Denied verb="verbReschedule" />
            <Denied verb="verbCancel" />
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
