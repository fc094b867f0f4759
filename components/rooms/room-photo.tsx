"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

type Said = { readonly status: "idle" | "done" | "refused"; readonly message?: string };

/** The server's limit, so that nobody waits for a picture that is refused at the end. */
const MOST_BYTES = 5 * 1024 * 1024;

const refused = (message: string): Said => ({ status: "refused", message });

async function send(roomId: string, file: File): Promise<Said> {
  if (file.size > MOST_BYTES) return refused(t("room.photoTooLarge"));
  const answer = await fetch(`/api/v1/rooms/${roomId}/photo`, { method: "PUT", body: file });
  if (answer.ok) return { status: "done", message: t("room.photoSaved") };
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { message?: string } }
    | undefined;
  return refused(body?.error?.message ?? t("room.photoFailed"));
}

async function remove(roomId: string): Promise<Said> {
  const answer = await fetch(`/api/v1/rooms/${roomId}/photo`, { method: "DELETE" });
  return answer.ok
    ? { status: "done", message: t("room.photoRemoved") }
    : refused(t("room.photoFailed"));
}

/** A room's photo: chosen, shown, removed. It is saved at once; what is stored is our own encoding of it. */
export function RoomPhoto({ roomId, photoId }: { roomId: string; photoId: string | null }) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<Said>({ status: "idle" });
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<Said>) => {
    setBusy(true);
    const answer = await work().catch(() => refused(t("room.photoFailed")));
    setSaid(answer);
    setBusy(false);
    if (field.current !== null) field.current.value = "";
    router.refresh();
  };
  return (
    <section className={classes.part} aria-label={t("room.photo")}>
      <h2>{t("room.photo")}</h2>
      <div className={classes.photo}>
        {photoId === null ? (
          <p className={classes.help}>{t("room.photoNone")}</p>
        ) : (
          // biome-ignore lint/performance/noImgElement: re-encoded by us in its final size, and immutable.
          <img src={`/api/v1/images/${photoId}`} alt={t("room.photo")} width={240} height={135} />
        )}
      </div>
      <div className={classes.acts}>
        <input
          ref={field}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/gif"
          className="sr-only"
          tabIndex={-1}
          aria-label={t("room.photo")}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void run(() => send(roomId, file));
          }}
        />
        <Button loading={busy} onClick={() => field.current?.click()}>
          {t(photoId === null ? "room.photoChoose" : "room.photoChange")}
        </Button>
        {photoId === null ? null : (
          <Button variant="subtle" disabled={busy} onClick={() => void run(() => remove(roomId))}>
            {t("room.photoRemove")}
          </Button>
        )}
      </div>
      <p className={classes.help}>{t("room.photoHelp")}</p>
      <AnswerLine answer={said} />
    </section>
  );
}
