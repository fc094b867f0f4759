"use client";

import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { t } from "@/components/ui/office-text";
import classes from "./availability.module.css";
import { words } from "./words";

/** The way a click leads, if it leads away from this page within this tab. */
function wayOut(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || (link.target !== "" && link.target !== "_self"))
    return undefined;
  const url = new URL(link.href, window.location.href);
  if (url.origin !== window.location.origin) return undefined;
  const here = window.location.pathname + window.location.search;
  return url.pathname + url.search === here ? undefined : url.pathname + url.search;
}

/** While something is not saved: the browser asks before it leaves, and links of ours ask in a dialog. */
export function LeaveGuard({ active, name }: { active: boolean; name: string }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState<string>();
  useEffect(() => {
    if (!active) return undefined;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const to = wayOut(event);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setLeaving(to);
    };
    window.addEventListener("beforeunload", onUnload);
    // Before the framework's own links hear of it.
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [active]);
  return (
    <Modal
      opened={leaving !== undefined}
      onClose={() => setLeaving(undefined)}
      title={words("editor.leave")}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      <p>{words("editor.leaveWords", { name })}</p>
      <div className={classes.acts}>
        <Button variant="filled" data-autofocus onClick={() => setLeaving(undefined)}>
          {words("editor.leaveStay")}
        </Button>
        <Button
          color="danger"
          onClick={() => {
            const to = leaving;
            setLeaving(undefined);
            if (to !== undefined) router.push(to);
          }}
        >
          {words("editor.leaveGo")}
        </Button>
      </div>
    </Modal>
  );
}
