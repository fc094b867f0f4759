import { t } from "./account-text";
import classes from "./sign-in.module.css";

/** Out of a door, by a whole page load: the sign-in page has a document of its own. */
export function BackLink({
  href = "/",
  label = t("door.back"),
}: {
  href?: string;
  label?: string;
}) {
  return (
    <p className={classes.back}>
      <a className="link" href={href}>
        {label}
      </a>
    </p>
  );
}
