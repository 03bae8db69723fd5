import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, done } from "../client";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { consent as consentWords } from "../words/consent";

const say = consentWords;

/** In whose name access is given; somebody else signs in and comes back here. */
export function SignedInAs({
  person: { name, email },
  next,
}: {
  person: { name: string; email: string | null };
  next: string;
}) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => done(api.auth["sign-out"].$post()),
    onSuccess: async () => {
      await navigate({ to: "/sign-in", search: { next }, replace: true });
      queries.clear();
    },
  });
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      <p className="text-center text-[0.8125rem] text-muted">
        {say.signedInAs}{" "}
        <bdi className="font-medium text-ink wrap-anywhere">
          {plainLine(email === null ? name : `${name} (${email})`, 200)}
        </bdi>
        .{" "}
        <button
          type="button"
          className="min-h-6 font-medium text-accent underline"
          aria-busy={signOut.isPending || undefined}
          onClick={() => {
            if (!signOut.isPending) signOut.mutate();
          }}
        >
          {say.notYou}
        </button>
      </p>
      {signOut.error ? <ErrorNote error={signOut.error} /> : null}
    </div>
  );
}
