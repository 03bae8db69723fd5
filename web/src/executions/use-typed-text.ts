import { useEffect, useRef, useState } from "react";

const restMs = 250;

/** Text that is told on once the typing rests; what is set from elsewhere replaces it. */
export function useTypedText(
  value: string,
  tell: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const telling = useRef(tell);
  useEffect(() => {
    telling.current = tell;
  });
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      telling.current(text);
    }, restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}
