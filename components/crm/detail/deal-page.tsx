"use client";

import { IconArrowLeft } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
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
  beside,
}: {
  view: DealView;
  reader: ScreenReader;
  mergedFrom: string | undefined;
  beside?: ReactNode;
}) {
  const router = useRouter();
  return (
    <DealCard
      view={view}
      reader={reader}
      level={1}
      mergedFrom={mergedFrom}
      beside={beside}
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
