"use client";

import { Button, Menu } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import Link from "next/link";
import { t } from "@/components/ui/office-text";

/** A second zone's hours beside the reader's own: the zones of this week's guests, or none. */
export function ZoneBeside({
  own,
  beside,
  noneHref,
  zones,
}: {
  own: string;
  beside: string | undefined;
  noneHref: string;
  zones: readonly { zone: string; label: string; abbreviation: string; href: string }[];
}) {
  return (
    <Menu keepMounted={false}>
      <Menu.Target>
        <Button size="xs" leftSection={<IconWorld size={14} stroke={1.6} aria-hidden="true" />}>
          {beside === undefined ? own : `${own} + ${beside}`}
          <span className="sr-only">
            {beside === undefined ? t("week.zoneOne") : t("week.zoneTwo")}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("week.beside")}</Menu.Label>
        {zones.map(({ zone, label, abbreviation, href }) => (
          <Menu.Item key={zone} component={Link} href={href} rightSection={abbreviation}>
            {label}
          </Menu.Item>
        ))}
        {beside === undefined ? null : (
          <>
            <Menu.Divider />
            <Menu.Item component={Link} href={noneHref}>
              {t("week.noneBeside")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
