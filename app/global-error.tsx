"use client";

import { tokensCss } from "@/components/ui/tokens";
import { Trouble } from "@/components/ui/trouble";
import "@/components/ui/global.css";

/** The last resort: even the document failed, so this is one of its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Meridian</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own tokens, which hold no input. */}
        <style dangerouslySetInnerHTML={{ __html: tokensCss() }} />
      </head>
      <body>
        <Trouble error={error} retry={retry} />
      </body>
    </html>
  );
}
