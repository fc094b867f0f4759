import type { ReactNode } from "react";
import { SETTINGS_PAGES } from "@/components/shell/routes";
import { t } from "@/components/ui/office-text";
import { SectionNav } from "@/components/ui/section-nav";
import { loadViewer } from "@/lib/people/loaders";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {(await loadViewer()) === undefined ? null : (
        <SectionNav label={t("settings.pages")} pages={SETTINGS_PAGES} />
      )}
      {children}
    </>
  );
}
