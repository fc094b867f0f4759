"use client";

import { IconArrowLeft } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import type { DealView } from "@/lib/crm/core/deal-view";
import { DealCard } from "./deal-card";
import { t } from "./deal-text";

/** A deal's own page. */
export function DealPage({
  view,
  reader,
  mergedFrom,
}: {
  view: DealView;
  reader: ScreenReader;
  mergedFrom: string | undefined;
}) {
  const router = useRouter();
  return (
    <DealCard
      view={view}
      reader={reader}
      level={1}
      mergedFrom={mergedFrom}
      onChanged={router.refresh}
      tools={
        <ButtonLink
          href="/leads"
          size="xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} stroke={1.6} aria-hidden="true" />}
        >
          {t("deal.back")}
        </ButtonLink>
      }
    />
  );
}
