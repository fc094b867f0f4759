"use client";

import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCalendarPlus, IconLink, IconPlus, IconUserPlus } from "@tabler/icons-react";
import Link from "next/link";
import { t } from "@/components/ui/office-text";
import classes from "./top-bar.module.css";
import type { ShellLink } from "./viewer";

/** Puts a booking link's address on the clipboard and says so; shows the address where copying is not allowed. */
export async function copyLink(link: ShellLink) {
  const address = new URL(link.path, window.location.origin).href;
  try {
    await navigator.clipboard.writeText(address);
    notifications.show({ color: "accent", message: t("shell.copied", { name: link.name }) });
  } catch {
    // No clipboard without permission or over plain HTTP: the address itself is the way out.
    notifications.show({ color: "accent", message: address, autoClose: false });
  }
}

/** What can be made new: a meeting, for whoever holds meetings, a deal for whoever sells; the viewer's booking links are copied from here. */
export function NewMenu({
  links,
  hosts,
  sells,
}: {
  links: readonly ShellLink[];
  hosts: boolean;
  sells: boolean;
}) {
  return (
    <Menu keepMounted={false}>
      <Menu.Target>
        <button type="button" className={classes.new}>
          <IconPlus size={14} stroke={1.6} aria-hidden="true" />
          <span>{t("shell.new")}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {hosts ? (
          <Menu.Item
            component={Link}
            href="/meetings/new"
            leftSection={<IconCalendarPlus size={14} stroke={1.6} aria-hidden="true" />}
          >
            {t("shell.newMeeting")}
          </Menu.Item>
        ) : null}
        {sells ? (
          <Menu.Item
            component={Link}
            href="/leads/new"
            leftSection={<IconUserPlus size={14} stroke={1.6} aria-hidden="true" />}
          >
            {t("shell.newDeal")}
          </Menu.Item>
        ) : null}
        <Menu.Label>{t("shell.copyLink")}</Menu.Label>
        {links.length === 0 ? <Menu.Item disabled>{t("shell.noLinks")}</Menu.Item> : null}
        {links.map((link) => (
          <Menu.Item
            key={link.path}
            leftSection={<IconLink size={14} stroke={1.6} aria-hidden="true" />}
            onClick={() => void copyLink(link)}
          >
            {link.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
