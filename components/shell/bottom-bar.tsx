"use client";

import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { t } from "@/components/ui/office-text";
import { signOutAction } from "@/lib/auth/actions";
import classes from "./bottom-bar.module.css";
import { Clock } from "./clock";
import { SchemeSwitch } from "./person-menu";
import type { Place } from "./routes";
import { barFor, isAt } from "./routes";
import type { ShellData, ShellViewer } from "./viewer";

function BarPlace({
  place,
  viewer,
  current,
  onClick,
}: {
  place: Place;
  viewer: ShellViewer;
  current: boolean;
  onClick?: () => void;
}) {
  const Icon = place.icon;
  const count = place.count?.(viewer);
  return (
    <Link
      href={place.href}
      aria-current={current ? "page" : undefined}
      {...(onClick === undefined ? {} : { onClick })}
    >
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      {place.label}
      {count?.hot && count.value > 0 ? (
        <span className={classes.pip}>
          <span aria-hidden="true">{count.value}</span>
          <span className="sr-only">, {count.words}</span>
        </span>
      ) : null}
    </Link>
  );
}

/** The phone's places, and a sheet for the rest: who is signed in, the colour scheme, the way out. */
export function BottomBar({ viewer, now }: ShellData) {
  const pathname = usePathname();
  const [opened, sheet] = useDisclosure(false);
  const { bar, sheet: rest } = barFor(viewer);
  return (
    <>
      <nav className={classes.bar} aria-label={t("shell.places")}>
        {bar.map((place) => (
          <BarPlace
            key={place.href}
            place={place}
            viewer={viewer}
            current={isAt(place, pathname)}
          />
        ))}
        <button type="button" aria-haspopup="dialog" onClick={sheet.open}>
          <IconMenu2 size={20} stroke={1.6} aria-hidden="true" />
          {t("shell.more")}
        </button>
      </nav>
      <Drawer
        opened={opened}
        onClose={sheet.close}
        position="bottom"
        size="auto"
        title={viewer.name}
        closeButtonProps={{ "aria-label": t("shell.close") }}
        radius="lg"
      >
        <div className={classes.sheet}>
          <p>
            {viewer.email}
            <br />
            <Clock now={now} reader={viewer} />, {viewer.workspaceName}
          </p>
          {rest.map((place) => (
            <BarPlace
              key={place.href}
              place={place}
              viewer={viewer}
              current={isAt(place, pathname)}
              onClick={sheet.close}
            />
          ))}
          <SchemeSwitch />
          <form action={signOutAction}>
            <Button type="submit" size="lg" fullWidth>
              {t("shell.signOut")}
            </Button>
          </form>
        </div>
      </Drawer>
    </>
  );
}
