import { Menu } from "@base-ui/react/menu";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, LogOut, ShieldCheck } from "lucide-react";
import { api, done } from "../client";
import { words } from "../words";
import type { PopupFace } from "./late-popup";
import { PopupButton, popupItem, PopupLine } from "./popup-button";

const said = words.team.person;

export function PersonMenu(face: PopupFace) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => done(api.auth["sign-out"].$post()),
    onSuccess: async () => {
      await navigate({ to: "/sign-in", search: { ended: true } });
      queries.clear();
    },
  });
  return (
    <PopupButton {...face} side="top">
      <Menu.Item className={popupItem()} onClick={() => void navigate({ to: "/account" })}>
        <CircleUser aria-hidden className="size-4" />
        {said.profile}
      </Menu.Item>
      <Menu.Item className={popupItem()} onClick={() => void navigate({ to: "/account/security" })}>
        <ShieldCheck aria-hidden className="size-4" />
        {said.security}
      </Menu.Item>
      <PopupLine />
      <Menu.Item
        className={popupItem()}
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        <LogOut aria-hidden className="size-4" />
        {said.signOut}
      </Menu.Item>
    </PopupButton>
  );
}
