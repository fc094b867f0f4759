"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { archiveVirtualRoomAction } from "@/lib/conferencing/actions";
import { Holding } from "./holding";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

/** Takes a virtual room out of use, or names what still needs it. */
export function ArchiveForm({ roomId, reader }: { roomId: string; reader: ScreenReader }) {
  const [answer, archive, pending] = useActionState(archiveVirtualRoomAction, { status: "idle" });
  const router = useRouter();
  useEffect(() => {
    if (answer.status === "done") router.replace("/virtual-rooms");
  }, [answer, router]);
  return (
    <form action={archive} className={classes.fields}>
      <input type="hidden" name="roomId" value={roomId} />
      <p className={classes.words}>{t("archive.words")}</p>
      <AnswerLine answer={answer} />
      <Holding answer={answer} reader={reader} />
      <div className={classes.acts}>
        <Button type="submit" loading={pending}>
          {t("archive.act")}
        </Button>
      </div>
    </form>
  );
}
