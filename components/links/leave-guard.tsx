"use client";

import { Button, Modal } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import classes from "./dialog.module.css";
import { words } from "./words";

/** The address a click leads to within the office; undefined when it stays here or opens elsewhere. */
function leavingTo(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(anchor instanceof HTMLAnchorElement) || anchor.target === "_blank") return undefined;
  const to = new URL(anchor.href, window.location.href);
  if (anchor.hasAttribute("download") || to.origin !== window.location.origin) return undefined;
  return to.pathname === window.location.pathname ? undefined : `${to.pathname}${to.search}`;
}

/** Asks before a page with unsaved changes is left by a link, a reload or closing the tab. */
export function LeaveGuard({ unsaved }: { unsaved: number }) {
  const router = useRouter();
  const [to, setTo] = useState<string>();
  useEffect(() => {
    if (unsaved === 0) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const address = leavingTo(event);
      if (address === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(address);
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [unsaved]);
  return (
    <Modal opened={to !== undefined} onClose={() => setTo(undefined)} title={words("leave.title")}>
      <div className={classes.form}>
        <p>{words("leave.words", { count: unsaved })}</p>
        <div className={classes.actions}>
          <Button data-autofocus onClick={() => setTo(undefined)}>
            {words("leave.stay")}
          </Button>
          <Button
            variant="filled"
            color="danger"
            onClick={() => {
              setTo(undefined);
              if (to !== undefined) router.push(to);
            }}
          >
            {words("leave.go")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
