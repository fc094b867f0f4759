"use client";

import { ActionIcon, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy } from "@tabler/icons-react";
import { words } from "./words";

/** Puts a text on the clipboard; false where copying is not allowed. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

async function copyAndSay(text: string, said: string): Promise<void> {
  // No clipboard without permission or over plain HTTP: the text itself is the way out.
  const copied = await copyText(text);
  notifications.show({
    color: "accent",
    message: copied ? said : text,
    autoClose: copied ? 8_000 : false,
  });
}

/** Copies a link's address. */
export function CopyAddress({ address, name }: { address: string; name: string }) {
  return (
    <ActionIcon
      size={24}
      aria-label={words("copy.address", { name })}
      onClick={() => void copyAndSay(address, words("copy.done", { name }))}
    >
      <IconCopy size={14} stroke={1.6} aria-hidden="true" />
    </ActionIcon>
  );
}

/** Copies whatever stands beside it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <Button
      size="xs"
      leftSection={<IconCopy size={14} stroke={1.6} aria-hidden="true" />}
      aria-label={`${words("copy.text")}: ${label}`}
      onClick={() => void copyAndSay(text, words("copy.textDone"))}
    >
      {words("copy.text")}
    </Button>
  );
}
