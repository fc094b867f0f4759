"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./editor.module.css";
import { words } from "./words";

/** The three pages of a link. */
export function LinkTabs({ id }: { id: string }) {
  const path = usePathname();
  const pages = [
    [`/links/${id}`, "settings"],
    [`/links/${id}/share`, "share"],
    [`/links/${id}/statistics`, "statistics"],
  ] as const;
  return (
    <nav className={classes.pages} aria-label={words("head.parts")}>
      {pages.map(([href, name]) => (
        <Link key={name} href={href} aria-current={path === href ? "page" : undefined}>
          {words(`head.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
