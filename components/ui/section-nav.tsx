"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./section-nav.module.css";

/** The pages of one place side by side, the current one marked; scrolls sideways on a phone. */
export function SectionNav({
  label,
  pages,
}: {
  label: string;
  pages: readonly { readonly href: string; readonly label: string }[];
}) {
  const pathname = usePathname();
  return (
    <nav className={classes.nav} aria-label={label}>
      {pages.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={pathname === page.href ? "page" : undefined}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
