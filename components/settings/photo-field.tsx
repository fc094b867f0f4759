"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useActionState, useRef, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "@/components/people/people-text";
import { Avatar } from "@/components/ui/avatar";
import { removePhotoAction } from "@/lib/people/actions/settings";
import classes from "./settings.module.css";

type Said = { readonly status: "idle" | "done" | "refused"; readonly message?: string };

/** The server's limit, so that nobody waits for a picture that is refused at the end. */
const MOST_BYTES = 5 * 1024 * 1024;

async function send(file: File): Promise<Said> {
  if (file.size > MOST_BYTES) return { status: "refused", message: t("photo.tooLarge") };
  const answer = await fetch("/api/v1/photo", { method: "PUT", body: file });
  if (answer.ok) return { status: "done", message: t("photo.saved") };
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { message?: string } }
    | undefined;
  return { status: "refused", message: body?.error?.message ?? t("photo.failed") };
}

/** The reader's photo: chosen, shown, removed. What is stored is our own encoding of it. */
export function PhotoField({ name, photoId }: { name: string; photoId: string | null }) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<Said>({ status: "idle" });
  const [sending, setSending] = useState(false);
  const [removed, remove, removing] = useActionState(removePhotoAction, { status: "idle" });
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setSending(true);
    setSaid(
      await send(file).catch(() => ({ status: "refused" as const, message: t("photo.failed") })),
    );
    setSending(false);
    if (field.current !== null) field.current.value = "";
    router.refresh();
  };
  return (
    <div className={classes.photo}>
      <Avatar name={name} photoId={photoId} size={72} />
      <div className={classes.photoWords}>
        <div className={classes.acts}>
          <input
            ref={field}
            id="photo"
            type="file"
            accept="image/jpeg,image/png,image/webp,image/gif"
            className="sr-only"
            tabIndex={-1}
            aria-label={t("photo.label")}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          <Button loading={sending} onClick={() => field.current?.click()}>
            {photoId === null ? t("photo.choose") : t("photo.change")}
          </Button>
          {photoId === null ? null : (
            <form action={remove} onSubmit={() => setSaid({ status: "idle" })}>
              <Button type="submit" variant="subtle" loading={removing}>
                {t("photo.remove")}
              </Button>
            </form>
          )}
        </div>
        <p>{t("photo.help")}</p>
        <AnswerLine answer={said.status === "idle" ? removed : said} />
      </div>
    </div>
  );
}
