"use client";

import { Button, Popover, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { t } from "@/components/ui/office-text";
import { signOutAction } from "@/lib/auth/actions";
import classes from "./person-menu.module.css";
import type { ShellViewer } from "./viewer";

const SCHEMES = ["light", "dark", "auto"] as const;

/** Light, dark, or as the system says. Kept by the browser. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("shell.scheme")}
      value={colorScheme}
      onChange={(value) => {
        const chosen = SCHEMES.find((scheme) => scheme === value);
        if (chosen !== undefined) setColorScheme(chosen);
      }}
      data={[
        { value: "light", label: t("shell.light") },
        { value: "dark", label: t("shell.dark") },
        { value: "auto", label: t("shell.auto") },
      ]}
    />
  );
}

/** Who is signed in, in which zone, the colour scheme, and the way out. `children` is the one button that opens it. */
export function PersonMenu({ viewer, children }: { viewer: ShellViewer; children: ReactNode }) {
  return (
    <Popover position="top-start" width={248} shadow="md" trapFocus keepMounted={false}>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} aria-label={viewer.name}>
        <div className={classes.who}>
          <b>{viewer.name}</b>
          <span>{viewer.email}</span>
          <span>
            {t("shell.zone", { zone: viewer.zone.replaceAll("_", " ") })}, {viewer.workspaceName}
          </span>
        </div>
        <div className={classes.scheme}>
          <SchemeSwitch />
        </div>
        <form action={signOutAction} className={classes.out}>
          <Button
            type="submit"
            variant="subtle"
            fullWidth
            justify="flex-start"
            leftSection={<IconLogout size={14} stroke={1.6} aria-hidden="true" />}
          >
            {t("shell.signOut")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
