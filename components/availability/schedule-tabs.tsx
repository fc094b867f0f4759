"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Tag } from "@/components/ui/tag";
import { setDefaultScheduleAction } from "@/lib/availability/actions";
import type { Schedule } from "@/lib/availability/core/schedule";
import { availabilityAddress } from "./address";
import classes from "./availability.module.css";
import type { Asked, Done } from "./schedule-dialogs";
import { ScheduleDialog } from "./schedule-dialogs";
import { send } from "./send";
import { words } from "./words";

/** A person's schedules as tabs with addresses, and what can be done with the open one. */
export function ScheduleTabs({
  schedules,
  open,
  personId,
  person,
}: {
  schedules: readonly Schedule[];
  open: Schedule;
  personId: string;
  /** In the address: whose hours are looked at, where they are somebody else's. */
  person: string | undefined;
}) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>();
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const done = ({ message, open: made }: Done) => {
    const removed = asked?.what === "delete";
    setAsked(undefined);
    setProblem(undefined);
    setSaid(message);
    if (made !== undefined || removed)
      router.push(availabilityAddress({ person, schedule: made }), { scroll: false });
  };
  const makeDefault = async () => {
    const answer = await send(setDefaultScheduleAction, {
      scheduleId: open.id,
      version: open.version,
    });
    setProblem(answer.status === "refused" ? answer.message : undefined);
    setSaid(
      answer.status === "done" ? words("schedules.defaulted", { name: open.name }) : undefined,
    );
  };
  const ask = (what: "duplicate" | "rename" | "delete") => () => setAsked({ what, schedule: open });
  const links = open.links.map(({ name }) => name).join(", ");
  return (
    <>
      <div className={classes.tabsRow}>
        <nav className={classes.tabs} aria-label={words("schedules.label")}>
          {schedules.map((schedule) => (
            <Link
              key={schedule.id}
              href={availabilityAddress({ person, schedule: schedule.id })}
              scroll={false}
              aria-current={schedule.id === open.id ? "page" : undefined}
            >
              {schedule.name}
              {schedule.isDefault ? <Tag>{words("schedules.default")}</Tag> : null}
            </Link>
          ))}
        </nav>
        <Menu keepMounted={false}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={words("schedules.menu", { name: open.name })}>
              <IconDots size={16} stroke={1.6} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={ask("rename")}>{words("schedules.rename")}</Menu.Item>
            <Menu.Item onClick={ask("duplicate")}>{words("schedules.duplicate")}</Menu.Item>
            {open.isDefault ? null : (
              <Menu.Item
                onClick={() => {
                  makeDefault().catch(() => undefined);
                }}
              >
                {words("schedules.makeDefault")}
              </Menu.Item>
            )}
            <Menu.Item color="danger" onClick={ask("delete")}>
              {words("schedules.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => setAsked({ what: "new" })}
        >
          {words("schedules.new")}
        </Button>
      </div>
      <p className={classes.lead}>
        {links === "" ? words("schedules.unused") : words("schedules.usedBy", { links })}
        {open.isDefault ? ` · ${words("schedules.isDefault")}` : ""}
      </p>
      <div role="status">{said === undefined ? null : <p className={classes.ok}>{said}</p>}</div>
      <div role="alert">
        {problem === undefined ? null : <p className={classes.problem}>{problem}</p>}
      </div>
      <ScheduleDialog
        asked={asked}
        personId={personId}
        onDone={done}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}
