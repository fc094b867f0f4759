"use client";

import { useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";

/** Copies the guest's private link, and says that it did. */
export function CopyLink({
  address,
  label,
  done,
}: {
  readonly address: string;
  readonly label: string;
  readonly done: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without a secure origin there is no clipboard; the link beside the button can be copied by hand.
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <>
      <button className={controls.iconButton} type="button" aria-label={label} onClick={copy}>
        <Icon name={copied ? "check" : "copy"} />
      </button>
      <span className="sr-only" role="status">
        {copied ? done : ""}
      </span>
    </>
  );
}
