import type { ScreenReader } from "@/components/shell/viewer";
import type { LinkDetail, OneOff } from "@/lib/links/core/link-view";
import { CopyText } from "./copy-button";
import editor from "./editor.module.css";
import type { LinkNumbers } from "./link-head";
import { LinkHead } from "./link-head";
import { OneOffs } from "./one-offs";
import { QrCode } from "./qr-code";
import { Section } from "./section";
import classes from "./share.module.css";
import { EmbedBuilder, PrefillBuilder } from "./share-tools";
import { words } from "./words";

/** Every way to hand a link out. */
export function ShareScreen({
  link,
  oneOffs,
  appUrl,
  numbers,
  reader,
}: {
  link: LinkDetail;
  oneOffs: readonly OneOff[];
  appUrl: string;
  numbers: LinkNumbers;
  reader: ScreenReader;
}) {
  const { draft } = link;
  const address = `${appUrl}/book/${draft.token}`;
  return (
    <div className={editor.page}>
      <LinkHead
        id={link.id}
        name={draft.name}
        token={draft.token}
        appUrl={appUrl}
        state={link.state}
        numbers={numbers}
      />
      {link.state === "archived" ? (
        <p className={editor.notice}>{words("share.closed")}</p>
      ) : (
        <div className={classes.columns}>
          <div>
            <Section
              id="address"
              title={words("share.address")}
              words={words("share.addressWords")}
            >
              <div className={classes.result}>
                <output aria-label={words("share.address")}>{address}</output>
                <CopyText text={address} label={words("share.address")} />
              </div>
            </Section>
            <Section
              id="prefill"
              title={words("share.prefill")}
              words={words("share.prefillWords")}
            >
              <PrefillBuilder address={address} questions={draft.questions} />
            </Section>
            <Section id="embed" title={words("share.embed")} words={words("share.embedWords")}>
              <EmbedBuilder appUrl={appUrl} token={draft.token} />
            </Section>
            {link.parent === null ? (
              <Section
                id="one-off"
                title={words("share.oneOff")}
                words={words("share.oneOffWords")}
              >
                <OneOffs linkId={link.id} oneOffs={oneOffs} appUrl={appUrl} reader={reader} />
              </Section>
            ) : null}
          </div>
          <Section id="qr" title={words("share.qr")} words={words("share.qrWords")}>
            <QrCode address={address} name={draft.token.slice(0, 40)} />
          </Section>
        </div>
      )}
    </div>
  );
}
