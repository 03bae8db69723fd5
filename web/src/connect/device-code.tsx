import { ExternalLink, LoaderCircle } from "lucide-react";
import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import { ButtonAnchor } from "../ui/button";
import { CopyTextButton } from "../ui/copy-button";
import { plainLine } from "../ui/foreign";
import { connect as connectWords } from "../words/connect";
import { browsable } from "./popup";

const say = connectWords.signIn.device;

/** A short code that is entered at the vendor, on this device or another. */
export function DeviceCode({
  device: { userCode, verificationUri },
}: {
  device: NonNullable<ConnectFlow["device"]>;
}) {
  const url = browsable(verificationUri);
  const code = plainLine(userCode, 40);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3 rounded-xl bg-raised p-4">
        <span className="sr-only">{say.code}</span>
        <code className="text-2xl font-semibold tracking-widest wrap-anywhere select-all">
          {code}
        </code>
        <CopyTextButton text={code} label={say.copy} />
      </div>
      {url ? (
        <div>
          <ButtonAnchor
            href={url.href}
            target="_blank"
            rel="noopener noreferrer"
            look="primary"
            icon={<ExternalLink aria-hidden className="size-4" />}
          >
            {say.open(url.host)}
          </ButtonAnchor>
        </div>
      ) : (
        <p className="wrap-anywhere">
          {say.at} <bdi>{plainLine(verificationUri, 300)}</bdi>
        </p>
      )}
      <p role="status" className="flex items-center gap-2 text-sm text-muted">
        <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
        {say.waiting}
      </p>
    </div>
  );
}
