"use client";

import type { ButtonProps } from "@mantine/core";
import { Button } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

type Props = ButtonProps & {
  readonly href: string;
  readonly children: ReactNode;
  /** For addresses outside the office (a conference, a download): a plain anchor in a new tab. */
  readonly external?: boolean;
  /** Stay where the reader has scrolled to. */
  readonly keepScroll?: boolean;
  readonly "aria-label"?: string;
  readonly "aria-current"?: "true" | "page";
};

/** A link that looks like a button. Inside the office it navigates without a reload. */
export function ButtonLink({ href, external = false, keepScroll = false, ...rest }: Props) {
  return external ? (
    <Button component="a" href={href} target="_blank" rel="noreferrer" {...rest} />
  ) : (
    <Button component={Link} href={href} scroll={!keepScroll} {...rest} />
  );
}
