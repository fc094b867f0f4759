import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@/components/ui/global.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { OfficeDocument } from "@/components/ui/office-document";

export const metadata: Metadata = {
  title: { default: "Meridian", template: "%s · Meridian" },
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

/** A tablet is touched, not pinched. */
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** The document of tablets at doors: they stand alone, and nobody is signed in at them. */
export default async function DisplayLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return <OfficeDocument nonce={nonce}>{children}</OfficeDocument>;
}
