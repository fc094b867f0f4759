import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "@/components/ui/global.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { RAIL_COOKIE } from "@/components/shell/rail-state";
import { Shell } from "@/components/shell/shell";
import {
  holdsMeetings,
  managesMeetings,
  managesSales,
  sellsDeals,
} from "@/components/shell/viewer";
import { OfficeDocument } from "@/components/ui/office-document";
import { tokens } from "@/components/ui/tokens";
import { loadOwnLinks } from "@/lib/booking/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { instantOf } from "@/lib/time/instant";

export const metadata: Metadata = {
  title: { default: "Meridian", template: "%s · Meridian" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: tokens.light.bg },
    { media: "(prefers-color-scheme: dark)", color: tokens.dark.bg },
  ],
};

/** The office's document. Signed in, every page stands in the shell; signed out, a page stands alone. */
export default async function OfficeLayout({ children }: { children: ReactNode }) {
  const [from, kept, viewer] = await Promise.all([headers(), cookies(), loadViewer()]);
  const nonce = from.get("x-nonce") ?? undefined;
  return (
    <OfficeDocument nonce={nonce}>
      {viewer === undefined ? (
        children
      ) : (
        <Shell
          data={{
            viewer: {
              ...viewer,
              hosts: holdsMeetings(viewer),
              manages: managesMeetings(viewer),
              sells: sellsDeals(viewer),
              managesSales: managesSales(viewer),
              admin: viewer.groups.includes("admin"),
            },
            links: await loadOwnLinks(),
            now: instantOf(Date.now()),
          }}
          railCollapsed={kept.get(RAIL_COOKIE)?.value === "collapsed"}
        >
          {children}
        </Shell>
      )}
    </OfficeDocument>
  );
}
