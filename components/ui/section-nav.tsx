"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./section-nav.module.css";

type Page = { readonly href: string; readonly label: string };

/** The page the address is at or below; of two that fit, the nearer one. */
const currentOf = (pages: readonly Page[], pathname: string): Page | undefined =>
  pages
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];

/** The pages of one place side by side, the current one marked; scrolls sideways on a phone. */
export function SectionNav({ label, pages }: { label: string; pages: readonly Page[] }) {
  const current = currentOf(pages, usePathname());
  return (
    <nav className={classes.nav} aria-label={label}>
      {pages.map((page) => (
        <Link key={page.href} href={page.href} aria-current={page === current ? "page" : undefined}>
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
