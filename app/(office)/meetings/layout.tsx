import "@mantine/dates/styles.layer.css";
import type { ReactNode } from "react";

/** Every page of meetings may ask for a day: the calendar's styles are theirs, in one place. */
export default function MeetingsLayout({ children }: { children: ReactNode }) {
  return children;
}
