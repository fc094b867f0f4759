import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { BoardScreen } from "@/components/crm/board/board-screen";
import { t } from "@/components/crm/board/board-text";
import { FOLDED_COOKIE } from "@/components/crm/board/folded-cookie";
import { Blank } from "@/components/ui/blank";
import { boardAddressed, boardHref } from "@/lib/crm/core/board-address";
import { loadPipeline } from "@/lib/crm/loaders/board";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function PipelinePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params, jar] = await Promise.all([loadViewer(), searchParams, cookies()]);
  if (viewer === undefined) redirect(signInPath("/pipeline"));
  const address = boardAddressed(params);
  const { board, reasons, choices, views, now } = await loadPipeline(address);
  if (board === undefined) {
    return (
      <Blank heading title={t("blank.none")}>
        {t("blank.noneWhy")}
      </Blank>
    );
  }
  const { zone, locale, hourCycle } = viewer;
  return (
    <BoardScreen
      // Another question is another board; the same one asked again goes on where it was.
      key={boardHref(address)}
      board={board}
      address={address}
      reasons={reasons}
      choices={choices}
      views={views}
      folded={(jar.get(FOLDED_COOKIE)?.value ?? "").split(".").slice(0, 40)}
      reader={{ zone, locale, hourCycle }}
      now={now}
    />
  );
}
