"use client";

import { ActionIcon, Button, Menu, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconArchive,
  IconArchiveOff,
  IconCopyPlus,
  IconDots,
  IconExternalLink,
  IconRefresh,
} from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { archiveLinkAction, regenerateLinkAction, restoreLinkAction } from "@/lib/links/actions";
import type { ChangedAnswer } from "@/lib/links/core/action-answers";
import classes from "./dialog.module.css";
import { NewLinkDialog } from "./new-link";
import { payload } from "./payload";
import { words } from "./words";

type Asking = "regenerate" | "archive" | "duplicate";

const ICON = { size: 16, stroke: 1.6, "aria-hidden": true } as const;

/** What can be done with a link as a whole. */
export function LinkMenu({
  id,
  name,
  version,
  address,
  archived,
  onChanged,
}: {
  id: string;
  name: string;
  version: number;
  address: string;
  archived: boolean;
  /** The link has this version now, and this address where it is a new one. */
  onChanged: (version: number, token?: string) => void;
}) {
  const router = useRouter();
  const [asking, setAsking] = useState<Asking>();
  const [busy, start] = useTransition();
  const close = () => setAsking(undefined);

  const change = (action: (form: FormData) => Promise<ChangedAnswer>, said: string) =>
    start(async () => {
      const answer = await action(payload({ linkId: id, version }));
      close();
      if (answer.status === "failed") {
        notifications.show({ color: "danger", message: answer.message });
        return;
      }
      onChanged(answer.version, answer.token);
      notifications.show({ color: "accent", message: said });
      router.refresh();
    });
  return (
    <>
      <Menu keepMounted={false}>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={words("head.more")} loading={busy}>
            <IconDots {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={address}
            target="_blank"
            leftSection={<IconExternalLink {...ICON} />}
          >
            {words("head.open")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopyPlus {...ICON} />}
            onClick={() => setAsking("duplicate")}
          >
            {words("head.duplicate")}
          </Menu.Item>
          <Menu.Divider />
          {archived ? (
            <Menu.Item
              leftSection={<IconArchiveOff {...ICON} />}
              onClick={() => change(restoreLinkAction, words("archive.restored", { name }))}
            >
              {words("head.restore")}
            </Menu.Item>
          ) : (
            <>
              <Menu.Item
                leftSection={<IconRefresh {...ICON} />}
                onClick={() => setAsking("regenerate")}
              >
                {words("head.regenerate")}
              </Menu.Item>
              <Menu.Item
                color="danger"
                leftSection={<IconArchive {...ICON} />}
                onClick={() => setAsking("archive")}
              >
                {words("head.archive")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === "duplicate" ? <NewLinkDialog from={{ id, name }} opened onClose={close} /> : null}
      <Modal
        opened={asking === "regenerate"}
        onClose={close}
        title={words("regenerate.title", { name })}
      >
        <div className={classes.form}>
          <p>{words("regenerate.words", { address })}</p>
          <div className={classes.actions}>
            <Button variant="subtle" onClick={close}>
              {words("new.cancel")}
            </Button>
            <Button
              variant="filled"
              color="danger"
              loading={busy}
              onClick={() => change(regenerateLinkAction, words("regenerate.done"))}
            >
              {words("regenerate.submit")}
            </Button>
          </div>
        </div>
      </Modal>
      <Modal opened={asking === "archive"} onClose={close} title={words("archive.title", { name })}>
        <div className={classes.form}>
          <p>{words("archive.words")}</p>
          <div className={classes.actions}>
            <Button variant="subtle" onClick={close}>
              {words("new.cancel")}
            </Button>
            <Button
              variant="filled"
              color="danger"
              loading={busy}
              onClick={() => change(archiveLinkAction, words("archive.done", { name }))}
            >
              {words("archive.submit")}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
