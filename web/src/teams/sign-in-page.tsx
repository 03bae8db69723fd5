import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { answer, api } from "../client";
import { Logo } from "../shell/logo";
import { useTitle } from "../shell/title";
import { CodeBlock } from "../ui/code-block";
import { Panel } from "../ui/page";
import { ErrorDescription } from "../ui/states";
import { words } from "../words";
import { keepNext, takeNext } from "./next";

/** Where the link of `npm start` leads. The link is spent by this page's request, not by whoever looks at it first. */
export function SignInPage() {
  const { token, next, ended } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: (link: string) => answer(api.auth["sign-in"].$post({ json: { token: link } })),
    onSuccess: async () => {
      queries.clear();
      await navigate({ href: next ?? takeNext(), replace: true });
    },
  });
  const spent = useRef<string>(undefined);
  const { mutate } = signIn;
  useEffect(() => {
    if (token === undefined || spent.current === token) return;
    spent.current = token;
    // The secret leaves the address bar and the history before anything else.
    history.replaceState(history.state, "", "/sign-in");
    mutate(token);
  }, [token, mutate]);
  useEffect(() => {
    if (next !== undefined) keepNext(next);
  }, [next]);
  useTitle(words.signIn.title);
  if (signIn.isPending || signIn.isSuccess)
    return (
      <Card title={words.signIn.title}>
        <p role="status" className="flex items-center gap-2.5 text-muted">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {words.signIn.working} …
        </p>
      </Card>
    );
  return (
    <Card
      title={signIn.error ? words.signIn.failed : ended ? words.signIn.ended : words.signIn.title}
    >
      {signIn.error ? (
        <div role="alert">
          <ErrorDescription error={signIn.error} />
        </div>
      ) : (
        <p className="text-muted">{ended ? words.signIn.wayOn : words.signIn.noLink}</p>
      )}
      <CodeBlock code="npm start" label={words.signIn.command} />
      {signIn.error ? (
        <Link to="/" className="self-start text-sm font-medium text-accent underline">
          {words.signIn.open}
        </Link>
      ) : null}
    </Card>
  );
}

const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="grid min-h-dvh place-items-center p-4">
    <Panel className="flex w-full max-w-md flex-col gap-4 p-6 sm:p-8">
      <Logo className="size-10" />
      <h1 className="text-xl">{title}</h1>
      {children}
    </Panel>
  </main>
);
