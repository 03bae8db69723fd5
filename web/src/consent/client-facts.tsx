import { BadgeCheck, MonitorDot, ShieldQuestion, TriangleAlert } from "lucide-react";
import type { ConsentAsked } from "../../../shared/contracts/grants";
import { Logo } from "../shell/logo";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { consent as consentWords } from "../words/consent";

const say = consentWords;

/** Who asks, what of it is known to be true, and where the answer goes. */
export function ClientFacts({ client }: { client: ConsentAsked["client"] }) {
  const { name, domain, redirectHost, local } = client;
  return (
    <>
      <header className="flex flex-col items-center gap-3 text-center">
        <span aria-hidden className="flex items-center gap-3">
          <ForeignIcon name={name} className="size-12" />
          <span className="h-px w-8 border-t-2 border-dashed border-line-strong" />
          <Logo className="size-12" />
        </span>
        <h1 className="text-xl">
          <ForeignName>{plainLine(name, 100)}</ForeignName> {say.title}
        </h1>
      </header>
      <div className="flex flex-col gap-2.5 rounded-xl border border-line bg-canvas p-3.5 text-sm">
        {domain === null ? (
          <Fact
            icon={<ShieldQuestion aria-hidden className="mt-0.5 size-4.5 text-warning" />}
            title={say.notVerified}
          >
            {say.notVerifiedHint}
          </Fact>
        ) : (
          <Fact
            icon={<BadgeCheck aria-hidden className="mt-0.5 size-4.5 text-success" />}
            title={<bdi>{say.verified(plainLine(domain, 253))}</bdi>}
          >
            {say.verifiedHint}
          </Fact>
        )}
        {local ? (
          <Fact
            icon={<TriangleAlert aria-hidden className="mt-0.5 size-4.5 text-warning" />}
            title={
              <>
                {say.returnsTo} {say.local} (<bdi>{plainLine(redirectHost, 100)}</bdi>)
              </>
            }
          >
            {say.localHint}
          </Fact>
        ) : (
          <Fact
            icon={<MonitorDot aria-hidden className="mt-0.5 size-4.5 text-muted" />}
            title={
              <>
                {say.returnsTo} <bdi className="font-semibold">{plainLine(redirectHost, 253)}</bdi>
              </>
            }
          />
        )}
      </div>
    </>
  );
}

const Fact = ({
  icon,
  title,
  children,
}: {
  icon: React.ReactNode;
  title: React.ReactNode;
  children?: string;
}) => (
  <div className="flex items-start gap-2.5">
    <span className="shrink-0">{icon}</span>
    <div className="min-w-0">
      <p className="font-medium wrap-anywhere">{title}</p>
      {children ? <p className="text-[0.8125rem] text-muted">{children}</p> : null}
    </div>
  </div>
);
