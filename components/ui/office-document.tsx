import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { ReactNode } from "react";
import { OfficeProvider } from "./office-provider";
import { tokensCss } from "./tokens";

/** The document of pages for people who sign in, or are about to: scheme, tokens, and the kit. */
export function OfficeDocument({
  nonce,
  children,
}: {
  nonce: string | undefined;
  children: ReactNode;
}) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      {/* biome-ignore lint/style/noHeadElement: the document of a root layout. */}
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
        <style
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own tokens, which hold no input.
          dangerouslySetInnerHTML={{ __html: tokensCss() }}
        />
      </head>
      <body>
        <OfficeProvider nonce={nonce}>{children}</OfficeProvider>
      </body>
    </html>
  );
}
