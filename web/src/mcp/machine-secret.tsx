import type { MachineClientSecret } from "../../../shared/contracts/grants";
import { ShownOnce } from "../keys/shown-once";
import { CodeBlock } from "../ui/code-block";
import { words } from "../words";

const { machines: say } = words.keys;

/** All a program needs to sign in; the secret comes this one time. */
export function MachineSecret({
  made: { id, clientSecret },
  onClose,
}: {
  made: MachineClientSecret;
  onClose: () => void;
}) {
  return (
    <ShownOnce
      title={say.shownTitle}
      warning={say.shownOnce}
      label={say.secret}
      secret={clientSecret}
      onClose={onClose}
    >
      <Labelled label={say.tokenUrl} code={`${location.origin}/oauth/token`} />
      <Labelled label={say.id} code={id} />
      <p aria-hidden className="-mb-2.5 text-sm font-medium">
        {say.secret}
      </p>
    </ShownOnce>
  );
}

const Labelled = ({ label, code }: { label: string; code: string }) => (
  <div className="flex flex-col gap-1.5">
    <p aria-hidden className="text-sm font-medium">
      {label}
    </p>
    <CodeBlock code={code} label={label} />
  </div>
);
