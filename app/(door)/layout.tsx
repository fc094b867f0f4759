import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@/components/ui/global.css";
import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { OfficeDocument } from "@/components/ui/office-document";

export const metadata: Metadata = {
  title: { default: "Meridian", template: "%s · Meridian" },
  robots: { index: false, follow: false },
  // Some of these addresses carry a link's token.
  referrer: "no-referrer",
};

/** The document of pages on the way in: they stand alone, whoever is signed in. */
export default async function DoorLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return <OfficeDocument nonce={nonce}>{children}</OfficeDocument>;
}
