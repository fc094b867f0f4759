import type { Icon } from "@tabler/icons-react";
import {
  IconCircleCheck,
  IconCircleMinus,
  IconClock,
  IconHourglass,
  IconLock,
  IconTool,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./door.module.css";
import type { DoorWords } from "./door-words";

const ICONS: Readonly<Record<DoorWords["kind"], Icon>> = {
  free: IconCircleCheck,
  soon: IconClock,
  "check-in": IconClock,
  "in-use": IconCircleMinus,
  awaiting: IconHourglass,
  preparing: IconHourglass,
  closed: IconLock,
  "out-of-service": IconTool,
};

/** One state of one room, in big words with an icon. `small` is the same face as a picture of it. */
export function DoorFace({
  name,
  words,
  small = false,
  children,
}: {
  name: string;
  words: DoorWords;
  small?: boolean;
  children?: ReactNode;
}) {
  const StateIcon = ICONS[words.kind];
  const Name = small ? "b" : "h1";
  return (
    <div className={classes.face} data-tone={words.tone} data-small={small || undefined}>
      <div className={classes.top}>
        <Name>{name}</Name>
        <span className="num">{words.clock}</span>
      </div>
      <div className={classes.body} {...(small ? {} : { role: "status" })}>
        <p className={classes.state}>
          <StateIcon stroke={1.8} aria-hidden="true" />
          <span>{words.big}</span>
        </p>
        <p className={classes.who}>{words.who}</p>
      </div>
      <div className={classes.foot}>
        <p className="num">{words.foot}</p>
        <div className={classes.acts}>{children}</div>
      </div>
    </div>
  );
}
