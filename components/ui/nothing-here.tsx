import { BrandMark } from "@/components/shell/brand-mark";
import { Blank } from "./blank";
import { ButtonLink } from "./button-link";
import { t } from "./office-text";

/** Absent, gone, or somebody else's: all three look alike. */
export function NothingHere() {
  return (
    <div style={{ paddingTop: "10dvh" }}>
      <Blank
        heading
        icon={<BrandMark />}
        title={t("notFound.title")}
        action={<ButtonLink href="/">{t("notFound.home")}</ButtonLink>}
      >
        {t("notFound.words")}
      </Blank>
    </div>
  );
}
