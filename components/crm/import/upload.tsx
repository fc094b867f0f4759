"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import classes from "./import.module.css";
import { t } from "./import-text";

type Said = { readonly id: string } | { readonly message: string };

/** Sends a file as it lies on the disk, telling how far it is: `fetch` cannot tell that of what goes out. */
function send(file: File, onPercent: (percent: number) => void): Promise<Said> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/leads/import?name=${encodeURIComponent(file.name.slice(-200))}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(Math.floor((loaded / Math.max(total, 1)) * 100));
    request.onerror = () => resolve({ message: t("sendFailed") });
    request.onload = () => {
      const body = request.response as { id?: string; error?: { message?: string } } | null;
      if (request.status === 202 && body?.id !== undefined) resolve({ id: body.id });
      else resolve({ message: body?.error?.message ?? t("sendFailed") });
    };
    request.send(file);
  });
}

/** Chooses a file and sends it; then its mapping is asked for on a page of its own. */
export function Upload() {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<{ readonly name: string; readonly percent: number }>();
  const [trouble, setTrouble] = useState<string>();
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setTrouble(undefined);
    setBusy({ name: file.name, percent: 0 });
    const said = await send(file, (percent) => setBusy({ name: file.name, percent }));
    if ("id" in said) {
      router.push(`/leads/import/${said.id}`);
      return;
    }
    setBusy(undefined);
    setTrouble(said.message);
    if (field.current !== null) field.current.value = "";
  };
  return (
    <section className={classes.part} aria-label={t("file")}>
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
          {busy === undefined ? t("fileHelp") : t("sending", busy)}
        </p>
      </div>
      <p role="alert" className={classes.trouble}>
        {trouble}
      </p>
    </section>
  );
}
