import Link from "next/link";
import type { ReactNode } from "react";
import type { LinkState } from "@/lib/links/core/link-view";
import { CopyAddress } from "./copy-button";
import classes from "./editor.module.css";
import { LinkTabs } from "./link-tabs";
import { StateTag } from "./state-tag";
import { words } from "./words";

export type LinkNumbers = {
  readonly bookings: number;
  readonly views: number;
  /** "1 Nov": the first day they count from. */
  readonly since: string;
};

/** A link's name, address and numbers, and to the right what can be done. */
export function LinkHead({
  id,
  name,
  token,
  appUrl,
  state,
  numbers,
  children,
}: {
  id: string;
  name: string;
  token: string;
  appUrl: string;
  state: LinkState;
  numbers: LinkNumbers;
  children?: ReactNode;
}) {
  const address = `${appUrl}/book/${token}`;
  const { bookings, views, since } = numbers;
  return (
    <>
      <header className={classes.head}>
        <div className={classes.headWords}>
          <h1>{name}</h1>
          <div className={classes.context}>
            <span className={classes.url}>
              <a href={address} target="_blank" rel="noreferrer" className="clip">
                {address.replace(/^https?:\/\//, "")}
              </a>
              <CopyAddress address={address} name={name} />
            </span>
            <Link href={`/links/${id}/statistics`} className={classes.numbers}>
              {words("head.context", { bookings, views, date: since })}
            </Link>
            {state === "active" ? null : <StateTag state={state} />}
          </div>
        </div>
        {children === undefined ? null : <div className={classes.headActions}>{children}</div>}
      </header>
      <LinkTabs id={id} />
    </>
  );
}
