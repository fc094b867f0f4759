"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import classes from "./import.module.css";
import { t } from "./import-text";

type Said = { readonly id: string } | { readonly message: string };

async function send(file: File): Promise<Said> {
  const name = encodeURIComponent(file.name.slice(-200));
  const answer = await fetch(`/api/v1/leads/import?name=${name}`, { method: "POST", body: file });
  const body = (await answer.json().catch(() => undefined)) as
    | { id?: string; error?: { message?: string } }
    | undefined;
  if (answer.status === 202 && body?.id !== undefined) return { id: body.id };
  return { message: body?.error?.message ?? t("sendFailed") };
}

/** Chooses a file and sends it; then its mapping is asked for on a page of its own. */
export function Upload() {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setTrouble(undefined);
    setBusy(file.name);
    const said = await send(file).catch(() => ({ message: t("sendFailed") }));
    if ("id" in said) {
      router.push(`/leads/import/${said.id}`);
      return;
    }
    setBusy(undefined);
    setTrouble(said.message);
    if (field.current !== null) field.current.value = "";
  };
  return (
    <div className={classes.part}>
      <div className={classes.upload}>
        <input
          ref={field}
          type="file"
          hidden
          aria-label={t("file")}
          accept=".csv,.tsv,.txt,.xlsx,.xlsm"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
        <Button
          variant="filled"
          loading={busy !== undefined}
          onClick={() => field.current?.click()}
        >
          {t("choose")}
        </Button>
        <p className={classes.help} aria-live="polite">
          {busy === undefined ? t("fileHelp") : t("sending", { name: busy })}
        </p>
      </div>
      <p role="alert" className={classes.trouble}>
        {trouble}
      </p>
    </div>
  );
}
